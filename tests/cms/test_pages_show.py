"""Each kind of page shows what it should, in both languages."""

import pytest
from django.test import Client

from cms.pages.stories import StoryPage
from cms.publish import show_on_home
from storefront.catalogue import services as catalogue
from storefront.catalogue.models import Product
from tests.factories.catalogue import (
    make_artisan,
    make_craft,
    make_district,
    make_picture,
    make_product,
    make_seller,
)
from tests.factories.pages import (
    make_artisan_page,
    make_craft_page,
    make_district_page,
    make_story,
)


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    return response.content.decode()


def test_home_shows_the_map_the_products_the_stories_and_the_makers(client: Client) -> None:
    artisan = make_artisan()
    product = make_product(artisan=artisan)
    make_artisan_page(artisan)
    make_story([product])

    shown = page(client, "/en/")

    assert "Every district has its craft" in shown
    assert '<a href="/en/districts/moradabad/">Moradabad<span>1</span></a>' in shown
    assert "₹1,450" in shown
    assert 'href="/en/stories/sand-fire-and-a-small-chisel/"' in shown
    assert f'href="/en/makers/{artisan.slug}/"' in shown


def test_home_opens_with_its_own_picture_if_it_has_one(client: Client) -> None:
    make_product(pictures=[make_picture("A lota")])
    before = page(client, "/en/")

    show_on_home(make_picture("Brass, blue glaze and silk"))

    after = page(client, "/en/")
    assert 'alt="Brass, blue glaze and silk"' not in before
    assert 'alt="Brass, blue glaze and silk"' in after
    assert 'class="hero__pictures' in before
    assert 'class="hero__pictures' not in after


def test_home_shows_what_editors_picked_before_the_shops_own_order(client: Client) -> None:
    from cms.publish import feature_products

    picked = make_product(title_en="Engraved lota")
    make_product(title_en="Plain plate")
    feature_products([picked.pk])

    shown = page(client, "/en/")

    assert "Engraved lota" in shown
    assert "Plain plate" not in shown


def test_a_district_shows_its_words_crafts_products_makers_and_stories(client: Client) -> None:
    artisan = make_artisan()
    make_product(artisan=artisan)
    make_product(title_en="Lock of Aligarh", district=make_district("Aligarh", "अलीगढ़"))
    make_district_page()
    make_artisan_page(artisan)
    make_story()

    shown = page(client, "/en/districts/moradabad/")

    assert "<p>Lathes turn from dawn.</p>" in shown
    assert 'href="/en/crafts/brassware/"' in shown
    assert "Brass lota" in shown
    assert "Lock of Aligarh" not in shown
    assert "Shabana Parveen" in shown
    assert "Sand, fire and a small chisel" in shown
    assert 'href="/en/shop/?district=moradabad"' in shown


def test_a_district_page_in_hindi_is_hindi_to_the_product(client: Client) -> None:
    make_product()
    make_district_page(language="hi")

    shown = page(client, "/hi/districts/moradabad/")

    assert '<html lang="hi">' in shown
    assert "<h1>मुरादाबाद</h1>" in shown
    assert "पीतल का लोटा" in shown
    assert "Brass lota" not in shown


def test_a_craft_names_the_districts_it_is_made_in(client: Client) -> None:
    make_product()
    make_craft_page()

    shown = page(client, "/en/crafts/brassware/")

    assert '<a href="/en/districts/moradabad/">Moradabad</a>' in shown
    assert "Brass lota" in shown


def test_a_maker_without_own_words_is_shown_with_the_short_text(client: Client) -> None:
    artisan = make_artisan(bio_en="She turns lotas.", bio_hi="वे लोटे खरादती हैं।")
    make_product(artisan=artisan)
    make_artisan_page(artisan)

    shown = page(client, f"/en/makers/{artisan.slug}/")

    assert "<p>She turns lotas.</p>" in shown
    assert "Brass lota" in shown


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/en/districts/", 'href="/en/districts/moradabad/"'),
        ("/hi/districts/", "मुरादाबाद"),
        ("/en/crafts/", 'href="/en/crafts/brassware/"'),
        ("/en/makers/", "Shabana Parveen"),
        ("/en/stories/", "Sand, fire and a small chisel"),
        ("/en/help/", "Several makers, one order"),
        ("/hi/help/", "कई कारीगर, एक ऑर्डर"),
    ],
)
def test_the_lists_name_what_there_is(client: Client, address: str, expected: str) -> None:
    make_product()
    make_craft_page()
    make_artisan_page()
    make_story()

    assert expected in page(client, address)


def test_a_long_list_of_stories_has_pages(client: Client) -> None:
    for number in range(13):
        make_story(slug=f"story-{number}", title=f"Story number {number}")

    first, second = page(client, "/en/stories/"), page(client, "/en/stories/?page=2")

    assert "Story number 12<" in first
    assert "Story number 0<" not in first
    assert "Story number 0<" in second


def test_the_map_counts_what_the_shop_shows(client: Client) -> None:
    from cms.atlas_map import tiles
    from storefront.catalogue.queries.filters import Wish
    from storefront.catalogue.queries.shop import shop_page

    aligarh = make_district("Aligarh", "अलीगढ़")
    make_product()
    make_product(stock=0)
    make_product(is_live=False)
    make_product(district=aligarh)

    counted = {tile.slug: tile.count for tile in tiles()}

    assert counted == {"moradabad": 2, "aligarh": 1}
    assert counted == {
        slug: shop_page(Wish(districts=(slug,))).total for slug in ("moradabad", "aligarh")
    }


def test_a_story_sells_at_the_price_and_stock_of_the_moment(client: Client) -> None:
    from storefront.partner.models import StockRecord

    product = make_product(stock=2)
    make_story([product])
    StockRecord.objects.filter(product=product).update(price="1600.00", num_in_stock=1)

    shown = page(client, "/en/stories/sand-fire-and-a-small-chisel/")

    assert "₹1,600" in shown
    assert "Only 1 left" in shown
    assert '<form method="post" action="/en/basket/add/">' in shown
    assert f'<input type="hidden" name="product_id" value="{product.pk}">' in shown
    assert "csrfmiddlewaretoken" not in shown


def test_a_story_can_put_its_product_into_the_basket(browser_client: Client) -> None:
    product = make_product()
    make_story([product])

    answer = browser_client.post("/en/basket/add/", {"product_id": product.pk, "quantity": 1})

    assert answer.status_code == 302
    assert browser_client.get("/en/me/").json()["basket_count"] == 1


def test_withdrawn_and_deleted_products_leave_the_story_but_not_the_reader(client: Client) -> None:
    kept, withdrawn, deleted = (
        make_product(title_en=title) for title in ("Kept lota", "Withdrawn lota", "Deleted lota")
    )
    make_story([kept, withdrawn, deleted])
    catalogue.withdraw(withdrawn)
    Product.objects.filter(pk=deleted.pk).delete()

    shown = page(client, "/en/stories/sand-fire-and-a-small-chisel/")

    assert "Kept lota" in shown
    assert "Withdrawn lota" not in shown
    assert "Deleted lota" not in shown
    assert "no longer on sale" not in shown


def test_a_draft_does_not_leak_anywhere(client: Client) -> None:
    product = make_product()
    story = make_story([product])
    story.title = "Unsaid so far"
    story.save_revision()
    make_story(slug="hidden", title="Hidden story").unpublish()

    from cms.queries import search_stories, stories_of_product

    everything = [
        page(client, "/en/stories/"),
        page(client, "/en/"),
        page(client, "/en/stories/sand-fire-and-a-small-chisel/"),
        client.get("/sitemap.xml").content.decode(),
    ]

    assert client.get("/en/stories/hidden/").status_code == 404
    assert not [
        text
        for text in everything
        if "Unsaid so far" in text or "Hidden" in text or "/hidden" in text
    ]
    assert [card.title for card in stories_of_product(product)] == ["Sand, fire and a small chisel"]
    assert search_stories("Hidden") == []


def test_a_story_not_translated_leads_to_the_language_it_is_written_in(client: Client) -> None:
    make_story()

    answer = client.get("/hi/stories/sand-fire-and-a-small-chisel/")

    assert answer.status_code == 302
    assert answer["Location"] == "/en/stories/sand-fire-and-a-small-chisel/"


def test_hreflang_names_only_languages_with_words_of_their_own(client: Client) -> None:
    story = make_story()
    alone = page(client, "/en/stories/sand-fire-and-a-small-chisel/")
    make_story(language="hi")
    both = page(client, "/en/stories/sand-fire-and-a-small-chisel/")

    assert 'hreflang="hi" href="http' not in alone
    address = "http://testserver/hi/stories/sand-fire-and-a-small-chisel/"
    assert f'<link rel="alternate" hreflang="hi" href="{address}">' in both
    assert StoryPage.objects.get(pk=story.pk).get_translations().count() == 1


def test_a_page_copied_but_not_translated_is_no_translation(client: Client) -> None:
    from wagtail.models import Locale

    story = make_story()
    story.copy_for_translation(Locale.objects.get(language_code="hi"), alias=True)

    shown = page(client, "/en/stories/sand-fire-and-a-small-chisel/")

    assert 'hreflang="hi" href="http' not in shown
    assert client.get("/hi/stories/sand-fire-and-a-small-chisel/").status_code == 302


def test_a_page_behind_a_password_is_in_no_list(client: Client) -> None:
    from wagtail.models import PageViewRestriction

    story = make_story()
    PageViewRestriction.objects.create(page=story, restriction_type="password", password="secret")

    assert story.title not in page(client, "/en/stories/")
    answer = client.get("/en/stories/sand-fire-and-a-small-chisel/")
    assert "Sand, fire" not in answer.content.decode()


def test_two_sellers_and_crafts_do_not_mix(client: Client) -> None:
    make_product(title_en="Brass plate", seller=make_seller())
    locks = make_craft("Locks", "ताले")
    make_product(title_en="Padlock", craft=locks)
    make_craft_page(locks)

    shown = page(client, "/en/crafts/locks/")

    assert "Padlock" in shown
    assert "Brass plate" not in shown
