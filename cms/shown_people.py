"""Whom a story tells of, as its editors say, and whom a page that is live really shows."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable, Page

from storefront.consent.models import USES, Person
from storefront.consent.rules import Use
from storefront.media.models import Picture


class StoryPerson(Orderable):
    """Somebody a story tells of; who is chosen twice is told of once."""

    story = ParentalKey("cms.StoryPage", on_delete=models.CASCADE, related_name="people")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("person"))

    panels = (FieldPanel("person"),)

    def __str__(self) -> str:
        return f"{self.story_id} tells of {self.person_id}"


class ShownPerson(models.Model):
    """What a live page shows of somebody; written whenever the page is, and only then."""

    page = models.ForeignKey(Page, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="shown")
    use = models.CharField(max_length=8, choices=[(use.value, USES[use]) for use in Use])
    photo = models.ForeignKey(Picture, models.CASCADE, null=True, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("page", "person", "use", "photo"),
                nulls_distinct=False,
                name="cms_shown_once_a_page",
            ),
        )

    def __str__(self) -> str:
        return f"{self.page_id} shows {self.person_id}: {self.use}"
