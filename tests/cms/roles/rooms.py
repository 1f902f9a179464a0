"""The lists of the editors' office, and what is sent to add to them or change something there."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group
from django.db.models import Model
from django.urls import NoReverseMatch, reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, Locale, Site, Workflow

from cms.correspondents import Correspondent
from cms.festivals import Festival
from cms.tags import Tag
from storefront.accounts.models import User
from storefront.accounts.roles import Role
from storefront.atlas.models import UnservedPin
from storefront.catalogue.models import Colour, GiRight, Material
from storefront.consent.models import Agreement
from storefront.consent.rules import Use
from storefront.core.clock import now, today
from storefront.search.models import Miss, Synonyms
from tests.cms.roles.people import UNSEEN, Visitor, undone
from tests.factories.catalogue import make_colour, make_district, make_gi_right, make_material
from tests.factories.consent import make_agreement, make_person

Sent = dict[str, Any]
WORD = {"name_en": "Madder", "name_hi": "मजीठ", "slug": "madder"}


@dataclass(frozen=True, slots=True)
class Room:
    """
    A list, by the namespace of its addresses.

    `make` gives its first entry; `sent` is a form that is right, whether it adds or changes.
    Without one only the doors are tried.
    """

    space: str
    model: type[Model]
    make: Callable[[], Model]
    sent: Callable[[], Sent] | None = None

    def outcome(self, who: Visitor, entry: Model) -> str:
        """Return what somebody may do there, in words, or that they do not see it."""
        found = ["view"] if self._opens(who, "index") else []
        for name, tried in (
            ("add", lambda: self._does(who, "add")),
            ("change", lambda: self._does(who, "edit", entry.pk)),
            ("delete", lambda: self._deletes(who, entry)),
        ):
            with undone():
                found += [name] if tried() else []
        return ", ".join(found) or UNSEEN

    def _opens(self, who: Visitor, name: str, *args: object) -> bool:
        try:
            address = reverse(f"{self.space}:{name}", args=args)
        except NoReverseMatch:
            return False
        return who.client.get(address).status_code == 200

    def _does(self, who: Visitor, name: str, *args: object) -> bool:
        is_open = self._opens(who, name, *args)
        if self.sent is None:
            return is_open
        before = self._told()
        who.client.post(reverse(f"{self.space}:{name}", args=args), self.sent())
        return self._told() != before

    def _deletes(self, who: Visitor, entry: Model) -> bool:
        before = self._told()
        try:
            who.client.post(reverse(f"{self.space}:delete", args=[entry.pk]))
        except NoReverseMatch:
            return False
        return self._told() != before

    def _told(self) -> list[Any]:
        return list(self.model._default_manager.order_by("pk").values())


def _person(name: str) -> User:
    user: User = User.objects.create_user(f"{name}@example.org", "a long enough one")
    user.groups.add(Group.objects.get(name=Role.CORRESPONDENT))
    return user


def _days() -> Sent:
    return {"first_day": today(), "last_day": today()}


ROOMS = {
    "correspondents": Room(
        "correspondents",
        Correspondent,
        lambda: Correspondent.objects.create(user=_person("first"), district=make_district()),
        lambda: {"user": _person("other").pk, "district": make_district().pk},
    ),
    "festivals": Room(
        "festivals",
        Festival,
        lambda: Festival.objects.create(
            name_en="Holi", skin="holi", first_day="2020-03-01", last_day="2020-03-02"
        ),
        lambda: {"name_en": "Eid", "name_hi": "ईद", "skin": "eid"} | _days(),
    ),
    "tags": Room(
        "tags",
        Tag,
        lambda: Tag.objects.create(name_en="Monsoon", name_hi="बरसात"),
        lambda: {"name_en": "Winter", "name_hi": "जाड़ा", "text_en": "", "text_hi": ""},
    ),
    "consents": Room(
        "consents",
        Agreement,
        lambda: make_agreement(make_person(district=make_district()), Use.NAME)[0],
    ),
    "synonyms": Room(
        "synonyms",
        Synonyms,
        lambda: Synonyms.objects.create(words="pot, vessel"),
        lambda: {"words": "attar, ittar"},
    ),
    "what nobody found": Room(
        "misses",
        Miss,
        lambda: Miss.objects.create(words="xyzzy", last_at=now()),
        lambda: {"words": "plugh"},
    ),
    "colours": Room("colours", Colour, make_colour, lambda: WORD),
    "materials": Room("materials", Material, make_material, lambda: WORD),
    "GI names": Room(
        "gi-rights",
        GiRight,
        make_gi_right,
        lambda: {
            "name_en": "Banaras Brocade",
            "name_hi": "बनारस ब्रोकेड",
            "holder": "Somebody",
            "number": "99",
            "checked_on": today(),
        },
    ),
    "PIN codes not served": Room(
        "unserved-pins",
        UnservedPin,
        lambda: UnservedPin.objects.create(
            prefix="244", reason_en="Flood", reason_hi="बाढ़", first_day=today()
        ),
        lambda: {"prefix": "245", "reason_en": "Flood", "reason_hi": "बाढ़"} | _days(),
    ),
    "redirects": Room(
        "wagtailredirects",
        Redirect,
        lambda: Redirect.add_redirect("/old", "/en/"),
        lambda: {
            "old_path": "/older",
            "redirect_link": "https://zila.example/en/",
            "is_permanent": "on",
            "site": "",
        },
    ),
    "collections of pictures": Room(
        "wagtailadmin_collections",
        Collection,
        lambda: Collection.get_first_root_node().add_child(name="Brass"),
        lambda: {"name": "Clay", "parent": Collection.get_first_root_node().pk},
    ),
    "people": Room("wagtailusers_users", User, lambda: _person("third")),
    "groups": Room("wagtailusers_groups", Group, lambda: Group.objects.create(name="Guests")),
    "sites": Room(
        "wagtailsites",
        Site,
        lambda: Site.objects.create(
            hostname="other.example", root_page=Site.objects.get(is_default_site=True).root_page
        ),
    ),
    "languages": Room("wagtaillocales", Locale, lambda: Locale.objects.get(language_code="hi")),
    "workflows": Room("wagtailadmin_workflows", Workflow, Workflow.objects.first),
}
