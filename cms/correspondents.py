"""Who writes about which district: a correspondent writes there only, and a moderator approves."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import PagePermissionTester

from storefront.accounts.models import User
from storefront.accounts.roles import Role
from storefront.atlas.models import District


class Correspondent(models.Model):
    """A district that somebody writes about; who writes about two has two rows."""

    user = models.ForeignKey(
        User,
        models.CASCADE,
        related_name="+",
        limit_choices_to={"groups__name": Role.CORRESPONDENT.value},
        verbose_name=_("correspondent"),
    )
    district = models.ForeignKey(
        District, models.CASCADE, related_name="+", verbose_name=_("district")
    )

    class Meta:
        verbose_name = _("correspondent")
        verbose_name_plural = _("correspondents")
        constraints = (
            models.UniqueConstraint(fields=("user", "district"), name="cms_district_once_a_person"),
        )

    def __str__(self) -> str:
        return f"{self.user} ({self.district})"


def districts_of(user: User) -> models.QuerySet[District]:
    """Return the districts a correspondent writes about."""
    own = Correspondent.objects.filter(user=user).values("district")
    return District.objects.filter(pk__in=own)


def give_district(user: User, district: District) -> None:
    """Let a correspondent write about a district; it is added to those they have."""
    Correspondent.objects.get_or_create(user=user, district=district)


class StoryPermissions(PagePermissionTester):
    """What somebody may do with a story: who may not publish it is bound to the own districts."""

    permissions: set[str]

    def __init__(self, user: User, page: Any) -> None:
        super().__init__(user, page)
        if _is_bound(self) and not districts_of(user).filter(pk=page.district_id).exists():
            self.permissions = set()


class StoryListPermissions(PagePermissionTester):
    """What somebody may do with the list of stories: who publishes none may only add to it."""

    permissions: set[str]

    def __init__(self, user: User, page: Any) -> None:
        super().__init__(user, page)
        if _is_bound(self):
            self.permissions &= {"add"}


def _is_bound(rights: PagePermissionTester) -> bool:
    user = rights.user
    return bool(user.is_active and not user.is_superuser and "publish" not in rights.permissions)
