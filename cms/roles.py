"""What those who write may do: which group has which permission on which pages."""

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from cms.pages.stories import StoryIndexPage
from cms.planting import plant_site

EDITORS = "Editors"
CORRESPONDENTS = "District correspondents"
MODERATORS = "Moderators"

ANYWHERE = {EDITORS: ("add", "change"), MODERATORS: ("add", "change", "publish", "lock", "unlock")}
ON_STORIES = {EDITORS: ("publish",), CORRESPONDENTS: ("add", "change")}
ON_PICTURES = {
    EDITORS: ("add", "change", "choose"),
    CORRESPONDENTS: ("add", "choose"),
    MODERATORS: ("add", "change", "choose"),
}


def grant_page_permissions() -> None:
    """
    Give editors, correspondents and moderators what they may do; twice changes nothing.

    Pages must be there before anybody can have permissions on them: a bare tree is planted.
    """
    plant_site()
    root = Page.get_first_root_node()
    for name, actions in ANYWHERE.items():
        _let(name, root, actions)
    for stories in StoryIndexPage.objects.all():
        for name, actions in ON_STORIES.items():
            _let(name, stories, actions)
    for name, actions in ON_PICTURES.items():
        _let_use_pictures(name, actions)
    _let_into_the_back_office()


def _let(group: str, page: Page, actions: tuple[str, ...]) -> None:
    codenames = [f"{action}_page" for action in actions]
    allowed = Permission.objects.filter(
        content_type__app_label="wagtailcore",
        content_type__model="page",
        codename__in=codenames,
    )
    for permission in allowed:
        GroupPagePermission.objects.get_or_create(
            group=_group(group), page_id=page.pk, permission=permission
        )


def _let_use_pictures(group: str, actions: tuple[str, ...]) -> None:
    codenames = [f"{action}_image" for action in actions]
    allowed = Permission.objects.filter(
        content_type__app_label="wagtailimages", codename__in=codenames
    )
    library = Collection.get_first_root_node()
    for permission in allowed:
        GroupCollectionPermission.objects.get_or_create(
            group=_group(group), collection=library, permission=permission
        )


def _let_into_the_back_office() -> None:
    access = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    for name in (EDITORS, CORRESPONDENTS, MODERATORS):
        _group(name).permissions.add(access)


def _group(name: str) -> Group:
    return Group.objects.get_or_create(name=name)[0]
