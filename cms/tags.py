"""Tags: what stories have in common besides place and craft; one tag, two names."""

from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from storefront.core.slugs import readable_slug
from storefront.core.words import in_language, told


class Tag(models.Model):
    """A subject that moderators keep and editors choose; its address is made once and stays."""

    name_en = models.CharField(_("name, English"), max_length=40, unique=True)
    name_hi = models.CharField(_("name, Hindi"), max_length=40, unique=True)
    text_en = models.CharField(_("a sentence, English"), max_length=160, blank=True)
    text_hi = models.CharField(_("a sentence, Hindi"), max_length=160, blank=True)
    slug = models.SlugField(max_length=50, unique=True, editable=False)

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write it; a new one gets its address from its English name."""
        self.slug = self.slug or readable_slug(self.name_en)
        super().save(*args, **kwargs)

    @property
    def name(self) -> str:
        """Return the name in the language of the moment."""
        return in_language(self.name_en, self.name_hi)

    @property
    def text(self) -> str:
        """Return what the stories have in common, in a sentence, or nothing."""
        return in_language(self.text_en, self.text_hi)

    @property
    def address(self) -> str:
        """Return where its stories are listed, in the language of the moment."""
        return reverse("story-tag", args=[self.slug])

    def clean(self) -> None:
        """Refuse a name that would get the address of another tag."""
        slug = self.slug or readable_slug(self.name_en)
        if Tag.objects.filter(slug=slug).exclude(pk=self.pk).exists():
            raise ValidationError({"name_en": _("There is a tag with nearly this name already.")})


def tags_by_name() -> "models.QuerySet[Tag]":
    """Return all tags by their names in the language of the moment."""
    return Tag.objects.order_by(told("name"), "pk")


def tags_in(stories: "models.QuerySet[Any]") -> "models.QuerySet[Tag]":
    """Return the tags of these stories, those of most stories first; each knows their `number`."""
    found = Tag.objects.filter(stories__in=stories).annotate(number=models.Count("stories"))
    return found.order_by("-number", told("name"), "pk")


def tag_rows() -> ArraySubquery:
    """Return, for a query of stories, what a story says of its tags: slug and both names."""
    tags = Tag.objects.filter(stories=OuterRef("pk")).order_by("slug")
    names = {name: F(name) for name in ("slug", "name_en", "name_hi")}
    return ArraySubquery(tags.values(json=JSONObject(**names)))


def tag_links(tags: Iterable[Tag], *, here: Tag | None = None) -> list[dict[str, Any]]:
    """Return tags as the links of a page; `here` is the tag whose list the page is."""
    return [{"name": tag.name, "url": tag.address, "is_here": tag == here} for tag in tags]
