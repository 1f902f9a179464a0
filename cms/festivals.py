"""Festivals: from their first day to their last the shop wears a skin, and its home page tells."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_lazy

from cms.pictures import shown
from storefront.core.clock import INDIA, now, today
from storefront.core.words import in_language
from storefront.media.models import Picture
from storefront.media.queries import PictureView
from storefront.media.rules import Use

_ = gettext_lazy
# Every page asks; another web worker that keeps its own copy hears of a change this late.
KEPT, KEPT_SECONDS = "festivals", 60
DAY = timedelta(days=1)


def skin_choices() -> list[tuple[str, str]]:
    """Return the skins among the themes."""
    return [(skin, gettext(skin.title())) for skin in settings.SKINS]


class Festival(models.Model):
    """A festival of one year; no two can be on the same day (the database keeps that, too)."""

    name_en = models.CharField(_("name, English"), max_length=60)
    name_hi = models.CharField(_("name, Hindi"), max_length=60)
    text_en = models.CharField(_("a sentence, English"), max_length=160, blank=True)
    text_hi = models.CharField(_("a sentence, Hindi"), max_length=160, blank=True)
    skin = models.CharField(_("skin"), max_length=40, choices=skin_choices)
    first_day = models.DateField(
        _("first day"), help_text=_("From midnight on, as it is in India.")
    )
    last_day = models.DateField(_("last day"), help_text=_("Till midnight, as it is in India."))
    picture = models.ForeignKey(
        Picture,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("large picture"),
    )
    words = models.CharField(
        _("what to search for"),
        max_length=60,
        blank=True,
        help_text=_("Where the home page leads, such as: diya. Left empty, to the whole shop."),
    )

    class Meta:
        verbose_name = _("festival")
        verbose_name_plural = _("festivals")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day")),
                name="cms_festival_ends_after_it_begins",
            ),
        )

    def __str__(self) -> str:
        return in_language(self.name_en, self.name_hi)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write it; pages made from now on know."""
        super().save(*args, **kwargs)
        cache.delete(KEPT)

    def clean(self) -> None:
        """Refuse days in the wrong order, and days that another festival has."""
        if None in (self.first_day, self.last_day):
            return  # the form says so already
        if self.last_day < self.first_day:
            raise ValidationError({"last_day": _("The last day is before the first.")})
        others = Festival.objects.exclude(pk=self.pk).order_by("first_day")
        other = others.filter(first_day__lte=self.last_day, last_day__gte=self.first_day).first()
        if other:
            words = gettext(
                "%(name)s has some of these days: it is from %(first)s to %(last)s."
            ) % {
                "name": other,
                "first": date_format(other.first_day, "j F Y"),
                "last": date_format(other.last_day, "j F Y"),
            }
            raise ValidationError({"first_day": words})

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Remove it; pages made from now on know."""
        removed = super().delete(*args, **kwargs)
        cache.delete(KEPT)
        return removed


@dataclass(frozen=True, slots=True)
class Season:
    """Which festival it is at a moment, and until when that is so."""

    festival: Festival | None = None
    until: datetime | None = None

    @property
    def skin(self) -> str:
        """Return what the shop wears; mostly nothing."""
        return self.festival.skin if self.festival else ""

    def seconds_left(self, *, now: datetime) -> int | None:
        """Return how long a page that is made now stays true; None is for ever."""
        return max(0, int((self.until - now).total_seconds())) if self.until else None


@dataclass(frozen=True, slots=True)
class FestivalView:
    """What the home page says of a festival."""

    name: str
    text: str
    url: str
    picture: PictureView | None


def season_at(moment: datetime, festivals: Iterable[Festival]) -> Season:
    """Return the season of a moment; the festivals stand in the order of their days."""
    day = moment.astimezone(INDIA).date()
    for festival in festivals:
        if day < festival.first_day:
            return Season(until=_midnight(festival.first_day))
        if day <= festival.last_day:
            return Season(festival, _midnight(festival.last_day + DAY))
    return Season()


def season(request: HttpRequest) -> Season:
    """Return the season as it was when the request first asked; at most one query a minute."""
    known: Season | None = getattr(request, "season", None)
    if known is None:
        known = season_at(now(), cache.get_or_set(KEPT, _coming, KEPT_SECONDS) or ())
        request.season = known  # all of a page agrees, at midnight too
    return known


def festival_view(festival: Festival) -> FestivalView:
    """Return a festival for the home page, its picture's renditions being there."""
    search = f"{reverse('search')}?{urlencode({'q': festival.words})}"
    return FestivalView(
        name=in_language(festival.name_en, festival.name_hi),
        text=in_language(festival.text_en, festival.text_hi),
        url=search if festival.words else reverse("shop"),
        picture=shown(festival.picture, Use.COVER),
    )


def _coming() -> list[Festival]:
    found = Festival.objects.filter(last_day__gte=today()).select_related("picture")
    return list(found.order_by("first_day"))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), INDIA)
