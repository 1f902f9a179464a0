"""What all pages have in common: a cover, an address in each language, few queries."""

from typing import Any, Self

from django import forms
from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q
from django.db.models.functions import JSONObject
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.blocks import StreamValue
from wagtail.coreutils import find_available_slug
from wagtail.models import Page, PageManager, PageViewRestriction
from wagtail.query import PageQuerySet
from wagtail_localize.fields import SynchronizedField

from cms.blocks.shelf import pictures_in
from cms.guard import AskingForm, GuardedPage
from cms.panels import ConsentPanel
from cms.people import gaps
from cms.pictures import shown, what_is_missing
from cms.previews import Previews
from storefront.core.slugs import readable_slug
from storefront.core.text import is_visible
from storefront.media.models import Picture
from storefront.media.queries import PictureView
from storefront.media.rules import Use

# What the words of a page may hold besides paragraphs.
PROSE = ["h2", "h3", "bold", "italic", "link", "ol", "ul"]

# The fields that say in a sentence or two what a page is about; each kind has one.
ABOUT = ("lead", "intro", "hero_text")


def restricted() -> Exists:
    """Say which pages need a password or login; Wagtail's `public` asks a query each time."""
    above = PageViewRestriction.objects.annotate(
        path=ExpressionWrapper(OuterRef("path"), output_field=models.CharField())
    )
    return Exists(above.filter(path__startswith=F("page__path")))


class PagesQuerySet(PageQuerySet):
    """Pages that can be read, and all their languages at once."""

    def own_words(self) -> Self:
        """Return live pages written for their language, not copies that wait for translation."""
        pages: Self = self.live().filter(alias_of=None)
        return pages

    def readable(self, language: str | None = None) -> Self:
        """Return what everybody may read in a language; left out, the language of the moment."""
        code = language or translation.get_language()
        pages: Self = self.own_words().exclude(restricted()).filter(locale__language_code=code)
        return pages

    def with_languages(self) -> Self:
        """Bring along in which languages everybody may read each page, as `languages`."""
        same = Page.objects.filter(
            translation_key=OuterRef("translation_key"), live=True, alias_of=None
        ).exclude(restricted())
        pairs = same.order_by("locale_id").values(
            json=JSONObject(code=F("locale__language_code"), slug=F("slug"))
        )
        pages: Self = self.annotate(languages=ArraySubquery(pairs))
        return pages


PagesManager = PageManager.from_queryset(PagesQuerySet)


class PageForm(AskingForm):
    """The editor's form; a slug left empty is made from the title, whatever its script."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean_slug(self) -> str:
        """Return the slug; Wagtail itself makes none from a Hindi title."""
        slug: str = self.cleaned_data["slug"]
        if slug:
            return slug
        wanted = readable_slug(self.cleaned_data.get("title") or "")
        free: str = find_available_slug(self.parent_page, wanted, ignore_page_id=self.instance.pk)
        return free

    def clean(self) -> dict[str, Any]:
        """Ask for words that show, and before it goes live for pictures with papers in order."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name in ("title", *ABOUT):
            if cleaned.get(name) and not is_visible(cleaned[name]):
                self.add_error(name, _("Nobody can see these letters: write some that show."))
        if not self.is_deferred_validation:
            cover, body = cleaned.get("cover"), cleaned.get("body")
            self._name("cover", what_is_missing([cover] if cover else [], with_words=True))
            if isinstance(body, StreamValue):
                # What it shows, the story itself says beside each of them.
                self._name("body", what_is_missing(pictures_in(body), with_words=False))
        return cleaned

    def _name(self, field: str, problems: list[str]) -> None:
        if problems:
            self.add_error(field, problems)


class BasePage(Previews, GuardedPage):
    """A page of the shop."""

    cover = models.ForeignKey(
        Picture,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("cover picture"),
    )

    content_panels = (ConsentPanel(), *Page.content_panels)

    objects = PagesManager()

    base_form_class = PageForm
    # A page has the same slug in all languages.
    override_translatable_fields: tuple[SynchronizedField, ...] = (
        SynchronizedField("slug", overridable=False),
    )
    # The name of the kind's address in cms/urls.py; detail pages take their slug as argument.
    address_name = ""
    address_has_slug = True
    # Where its picture is kept.
    picture_field = "cover"
    # What a page of the kind always shows of its foreign keys.
    reads: tuple[str, ...] = ()

    class Meta:
        abstract = True

    @classmethod
    def address_of(cls, *, language: str, slug: str) -> str:
        """Return the address of a page of this kind."""
        with translation.override(language):
            return reverse(cls.address_name, args=[slug] if cls.address_has_slug else [])

    @property
    def address(self) -> str:
        """Return the page's address in its own language."""
        return self.address_of(language=self.locale.language_code, slug=self.slug)

    def translations(self) -> list[dict[str, str]]:
        """Return the languages this page can really be read in, with addresses."""
        found = getattr(self, "languages", None)
        if found is None:  # a preview, or a page that came by Wagtail's own way
            same = type(self).objects.with_languages().filter(pk=self.pk).first()
            found = same.languages if same else []
        return [
            {
                "code": each["code"],
                "url": self.address_of(language=each["code"], slug=each["slug"]),
            }
            for each in found
        ]

    def get_view_restrictions(self) -> models.QuerySet[PageViewRestriction]:
        """Return Wagtail's answer in one query instead of two."""
        step = self.steplen
        branch = [self.path[:end] for end in range(step, len(self.path) + 1, step)]
        restrictions: models.QuerySet[PageViewRestriction] = PageViewRestriction.objects.filter(
            Q(page__path__in=branch) | Q(page__aliases__path__in=branch)
        )
        return restrictions.distinct()

    def serve_password_required_response(
        self, request: HttpRequest, form: forms.Form, action_url: str
    ) -> HttpResponse:
        """Ask for the password, and tell nothing of the page."""
        return render(request, "pages/closed.html", {"form": form, "action_url": action_url})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what every page's template shows; `shown` adds the kind's own."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context |= {"translations": self.translations(), "breadcrumbs": self.breadcrumbs()}
        # `shown` brings the renditions of the page's picture along.
        context |= self.shown(request)
        # An editor's preview; whoever reads a draft by its link is told nothing of this.
        if getattr(request, "is_preview", False) and not hasattr(request, "is_shared_draft"):
            context["gaps"] = gaps(self)
        return context | {
            "share": {"text": self.told(), "picture": self.face()},
            "linked_data": self.linked_data(),
        }

    def linked_data(self) -> list[dict[str, Any]]:
        """Return what search engines are told of the page, as schema.org has it."""
        return []

    def told(self) -> str:
        """Return what the page is about, in a sentence or two."""
        first = (getattr(self, name, "") for name in ("search_description", *ABOUT))
        return next(filter(None, first), "")

    def face(self) -> PictureView | None:
        """Return the picture that stands for the page elsewhere."""
        return shown(self.cover, Use.COVER)

    def words(self) -> str:
        """Return the page's words as HTML, if it has any."""
        return getattr(self, "body", "")

    def breadcrumbs(self) -> list[dict[str, str]]:
        """Return the way back up, this page last."""
        return [{"title": self.title}]

    def shown(self, request: HttpRequest) -> dict[str, Any]:
        """Return what the template of this kind of page shows."""
        return {}


class IndexPage(BasePage):
    """The list of all pages of one kind."""

    intro = models.TextField(_("introduction"), blank=True)

    content_panels = (*BasePage.content_panels, FieldPanel("intro"), FieldPanel("cover"))

    address_has_slug = False
    shows_products = False

    class Meta:
        abstract = True

    def head(self) -> dict[str, str]:
        """Return the list's heading."""
        return {"title": self.title, "intro": self.intro}


class SubjectPage(BasePage):
    """The words about one thing the shop knows, in one language: a district, a craft, a maker."""

    # The name of the foreign key to the thing; its slug is the page's slug.
    subject = ""

    class Meta:
        abstract = True

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """Take the slug from the thing, so that the shop's links lead here."""
        thing = getattr(self, self.subject, None)
        if thing is not None:
            self.slug = thing.slug
        super().full_clean(*args, **kwargs)

    def clean(self) -> None:
        """Refuse a second page about the same thing in the same language."""
        super().clean()
        same = {f"{self.subject}_id": getattr(self, f"{self.subject}_id"), "locale": self.locale}
        if type(self).objects.filter(**same).exclude(pk=self.pk).exists():
            raise ValidationError(
                {self.subject: _("There is a page about this in this language already.")}
            )


def paragraphs(text: str) -> SafeString:
    """Return plain text as paragraphs, one for each line."""
    return format_html_join(
        "", "<p>{}</p>", ((line,) for line in text.splitlines() if line.strip())
    )
