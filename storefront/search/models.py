"""What the search box knows: products by their words, terms, synonyms, misses."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from storefront.catalogue.models import Product
from storefront.search.rules.folding import words_of
from storefront.search.rules.privacy import LONGEST
from storefront.search.rules.vocabulary import Kind

MOST_PHRASES, LONGEST_PHRASE = 30, 4


class Entry(models.Model):
    """A live product's words, in both languages; only `index_products` writes it."""

    product = models.OneToOneField(Product, models.CASCADE, primary_key=True, related_name="+")
    name = SearchVectorField()
    words = SearchVectorField()

    class Meta:
        # A list of words that wait for the index would be read by every search.
        indexes = tuple(
            GinIndex(fields=(field,), name=f"search_entry_{field}", fastupdate=False)
            for field in ("name", "words")
        )

    def __str__(self) -> str:
        return str(self.pk)


class Term(models.Model):
    """A word of what is on show, or the name of something that has a page; the clock writes it."""

    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in Kind])
    text_en = models.CharField(max_length=255)
    text_hi = models.CharField(max_length=255, blank=True)
    others = models.CharField(max_length=200, blank=True)
    slug = models.CharField(max_length=255, blank=True)
    number = models.BigIntegerField(default=0)
    # Those met most come first: words by how often, places by their products.
    place = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "slug", "number", "text_en"), name="search_term_once"
            ),
        )

    def __str__(self) -> str:
        return self.text_en


class Synonyms(models.Model):
    """Words that mean the same to somebody who searches."""

    words = models.TextField(
        _("words that mean the same"),
        max_length=500,
        help_text=_(
            "With commas between, in both languages: jaggery, gur, गुड़. Spellings of one word"
            " in either script are found anyway."
        ),
    )

    class Meta:
        verbose_name = _("synonyms")
        verbose_name_plural = _("synonyms")

    def __str__(self) -> str:
        return self.words

    def clean(self) -> None:
        """Refuse what says nothing: one phrase alone, whole sentences, a list without end."""
        phrases = [words_of(phrase) for phrase in self.words.split(",")]
        told = [phrase for phrase in phrases if phrase]
        if len(told) < 2:
            raise ValidationError({"words": _("Write at least two words, with a comma between.")})
        if len(told) > MOST_PHRASES or any(len(phrase) > LONGEST_PHRASE for phrase in told):
            raise ValidationError(
                {"words": _("At most thirty words, and each of them four words long.")}
            )


class Miss(models.Model):
    """What people searched for and did not find; nothing that could say who they are."""

    words = models.CharField(_("words"), max_length=LONGEST, unique=True)
    times = models.PositiveIntegerField(_("how often"), default=1)
    last_at = models.DateTimeField(_("last time"))

    class Meta:
        verbose_name = _("search without a result")
        verbose_name_plural = _("searches without a result")
        default_permissions = ("view", "delete")

    def __str__(self) -> str:
        return self.words
