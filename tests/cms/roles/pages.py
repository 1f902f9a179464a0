"""What somebody may do with each kind of page."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from tests.cms.kinds.kinds import PUBLISH, Kind
from tests.cms.roles.people import UNSEEN, Visitor, undone


def row_of(kind: Kind) -> str:
    """Return a kind's name, as editors read it."""
    return str(kind.model._meta.verbose_name)


def may_with(who: Visitor, kind: Kind) -> str:
    """Return what somebody may do with a kind of page, in words."""
    page = kind.of("en")
    edit, unpublish, delete = (
        reverse(f"wagtailadmin_pages:{name}", args=[page.pk])
        for name in ("edit", "unpublish", "delete")
    )
    sent = kind.form("Changed", slug=page.slug)

    def number() -> int:
        return kind.model.objects.count()

    def newest() -> Any:
        return kind.model.objects.get(pk=page.pk).get_latest_revision_as_object().title

    def live() -> Any:
        return kind.model.objects.get(pk=page.pk).live

    deeds: dict[str, tuple[str, Any, Callable[[], Any], bool]] = {
        "add": (kind.adding(), kind.form("New", slug="new"), number, False),
        "change": (edit, sent, newest, False),
        "publish": (edit, sent | PUBLISH, live, False),
        "take back": (unpublish, {}, live, True),
        "delete": (delete, {}, number, True),
    }
    found = []
    for name, (address, form, trace, is_live) in deeds.items():
        with undone():
            kind.model.objects.filter(pk=page.pk).update(live=is_live)
            if name == "add" and not kind.is_one:  # of most things there is one page
                page.delete()
            before = trace()
            who.client.post(address, form)
            found += [name] if trace() != before else []
    return ", ".join(found) or UNSEEN
