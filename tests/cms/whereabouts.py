"""Every place of the shop that could speak of a maker, and what it says."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from cms.pages.stories import StoryPage
from storefront.catalogue.models import Artisan, Product
from storefront.consent.models import Person
from storefront.consent.rules import Use
from storefront.consent.services import withdraw
from storefront.core.clock import now
from storefront.media.services import make_renditions
from storefront.search.services import collect_terms
from tests.factories.catalogue import make_artisan, make_gi_right, make_picture, make_product
from tests.factories.consent import make_recorder
from tests.factories.pages import make_artisan_page, make_craft_page, make_district_page, make_story

STORY = "sand-fire-and-a-small-chisel"
NAMES = ("Shabana Parveen", "शबाना परवीन", "shabana-parveen")


def take_back(person: Person, *uses: Use) -> None:
    rows = person.agreements.filter(use__in=uses or list(Use))
    numbers = list(rows.values_list("pk", flat=True))
    withdraw(person, numbers, reason="Asked by phone.", by=make_recorder(), now=now())


def everything_told(client: Client, lota: Product) -> dict[str, HttpResponse]:
    """Return what every place of the shop answers that could speak of the maker."""
    return {address: client.get(address) for address in (*_places(lota), *_for_programs(lota))}


def _places(lota: Product) -> Iterator[str]:
    for language in ("en", "hi"):
        with override(language):
            yield from (reverse(name) for name in ("home", "makers", "stories", "shop", "crafts"))
            yield from (reverse("districts"), reverse("district", args=["moradabad"]))
            yield from (reverse("craft", args=["brassware"]), lota.get_absolute_url())
            yield f"{reverse('shop')}?district=moradabad"
            for word in ("Shabana", "शबाना", "lota", "लोटा"):
                yield f"{reverse('search')}?q={word}"
            yield reverse("maker", args=["shabana-parveen"])
            yield reverse("story", args=[STORY])


def _for_programs(lota: Product) -> Iterator[str]:
    for language in ("en", "hi"):
        with override(language):
            yield f"{reverse('suggest')}?q=shab"
            yield from (reverse("story-feed"), reverse("story-feed-atom"))
            for page in (
                reverse("maker", args=["shabana-parveen"]),
                reverse("story", args=[STORY]),
            ):
                yield f"/api/v1/pages?path={page}"
        for rest in ("products", f"products/{lota.pk}", "stories", f"stories/{STORY}", "districts"):
            yield f"/api/v1/{rest}?lang={language}"
        yield f"/api/v1/search/suggestions?q=shab&lang={language}"
    yield from (f"/sitemap.xml?section={kind}" for kind in ("artisanpage", "storypage", "products"))
    yield reverse("llms")


def naming(told: dict[str, HttpResponse], *more: str) -> set[str]:
    """Return the places that name the maker, or show one of these files; a missing page may."""
    return {
        address
        for address, answer in told.items()
        if answer.status_code == 200
        and any(name in answer.content.decode() for name in (*NAMES, *more))
    }


def make_known_maker() -> Artisan:
    """Make a maker with portrait, pages, products and stories in both languages."""
    photo = make_picture("Shabana Parveen", "शबाना परवीन")
    made = make_artisan(portrait=photo, bio_en="Turns lotas.", bio_hi="लोटे बनाती हैं।")
    make_renditions(photo)
    for language in ("en", "hi"):
        make_artisan_page(made, language=language)
        make_district_page(language=language)
        make_craft_page(language=language)
        make_story(language=language)
    lota = make_product(artisan=made, gi_right=make_gi_right())
    make_product(title_en="Brass lamp", artisan=made)
    tell_of(made.person, StoryPage.objects.all(), lota)
    collect_terms()
    return Artisan.objects.get(pk=made.pk)


def tell_of(person: Person, stories: Any, product: Product) -> None:
    for story in stories:
        story.people.create(person=person)
        story.lead = f"{getattr(person, f'name_{story.locale.language_code}')}: {product.title}"
        story.search_description, story.cover = story.lead, person.artisan.portrait
        story.body.append(("made_by", {"artisan": person.artisan_id, "look": "plain"}))
        story.save_revision().publish()
