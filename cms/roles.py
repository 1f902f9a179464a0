"""What those who write may do: which group has which permission on pages, pictures and the rest."""

from collections.abc import Iterator

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from cms.pages.stories import StoryIndexPage
from cms.planting import plant_site
from storefront.accounts.roles import Role

EDITOR, CORRESPONDENT, MODERATOR = Role.EDITOR, Role.CORRESPONDENT, Role.MODERATOR
ACCESS, TRANSLATE = "wagtailadmin.access_admin", "wagtail_localize.submit_translation"

ANYWHERE = {EDITOR: ("add", "change"), MODERATOR: ("add", "change", "publish", "lock", "unlock")}
# A correspondent is bound to the own districts besides: cms/correspondents.py.
ON_STORIES = {EDITOR: ("publish",), CORRESPONDENT: ("add", "change")}
# Pictures, and sound and film.
IN_LIBRARY = {
    EDITOR: ("add", "change", "choose"),
    CORRESPONDENT: ("add", "choose"),
    MODERATOR: ("add", "change", "choose"),
}
ON_SEARCH = (
    *(f"search.{action}_synonyms" for action in ("view", "add", "change", "delete")),
    "search.view_miss",
    "search.delete_miss",
)
ON_FACETS = tuple(
    f"catalogue.{action}_{model}"
    for model in ("colour", "material", "giright")
    for action in ("view", "add", "change", "delete")
)
ON_UNSERVED = tuple(f"atlas.{act}_unservedpin" for act in ("view", "add", "change", "delete"))
ON_FESTIVALS = tuple(f"cms.{action}_festival" for action in ("view", "add", "change", "delete"))
MENUS = "cms.change_navigation"
ON_TAGS = tuple(f"cms.{action}_tag" for action in ("view", "add", "change", "delete"))
# A correspondent chooses people for a story; who agreed, and the papers, is nothing to them.
ON_CONSENTS = (
    "consent.view_agreement",
    "consent.add_agreement",
    "consent.add_person",
    "consent.add_withdrawal",
    "consent.view_paper",
)
BESIDES = {
    EDITOR: (ACCESS, TRANSLATE, MENUS, *ON_SEARCH, *ON_FESTIVALS, *ON_CONSENTS),
    CORRESPONDENT: (ACCESS,),
    MODERATOR: (
        ACCESS,
        TRANSLATE,
        MENUS,
        *ON_SEARCH,
        *ON_FACETS,
        *ON_UNSERVED,
        *ON_FESTIVALS,
        *ON_TAGS,
        *ON_CONSENTS,
        *(f"cms.{action}_correspondent" for action in ("view", "add", "change", "delete")),
    ),
}


@transaction.atomic
def grant_page_permissions() -> None:
    """
    Give editors, correspondents and moderators what they may do, and nothing else.

    Pages must be there before anybody can have permissions on them: a bare tree is planted.
    """
    plant_site()
    for role, besides in BESIDES.items():
        group, _ = Group.objects.get_or_create(name=role.value)
        group.permissions.set(_permission(name) for name in besides)
        _set_pages(group, dict(_on_pages(role)))
        _set_library(
            group,
            [
                name
                for action in IN_LIBRARY[role]
                for name in (f"wagtailimages.{action}_image", f"wagtaildocs.{action}_document")
            ],
        )


def _on_pages(role: Role) -> Iterator[tuple[int, list[str]]]:
    """Return the numbers of pages, each with the names of what the role may do from there down."""
    places = {Page.get_first_root_node(): ANYWHERE}
    places |= dict.fromkeys(StoryIndexPage.objects.all(), ON_STORIES)
    for page, allowed in places.items():
        yield page.pk, [f"wagtailcore.{action}_page" for action in allowed.get(role, ())]


def _set_pages(group: Group, wanted: dict[int, list[str]]) -> None:
    kept = [
        GroupPagePermission.objects.get_or_create(
            group=group, page_id=page, permission=_permission(name)
        )[0].pk
        for page, names in wanted.items()
        for name in names
    ]
    GroupPagePermission.objects.filter(group=group).exclude(pk__in=kept).delete()


def _set_library(group: Group, wanted: list[str]) -> None:
    library = Collection.get_first_root_node()
    kept = [
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=library, permission=_permission(name)
        )[0].pk
        for name in wanted
    ]
    GroupCollectionPermission.objects.filter(group=group).exclude(pk__in=kept).delete()


def _permission(name: str) -> Permission:
    app, _, codename = name.partition(".")
    return Permission.objects.get(content_type__app_label=app, codename=codename)
