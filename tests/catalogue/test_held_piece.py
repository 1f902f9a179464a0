"""A piece somebody is buying, or has bought: what everybody else is told of it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from cms.planting import plant_site
from storefront.basket import services as baskets
from storefront.catalogue.models import Product
from storefront.core.clock import now
from storefront.stock.models import Hold
from storefront.stock.services import Pieces, end_overdue, take
from tests.catalogue.pages import linked_data
from tests.factories.catalogue import make_artisan, make_craft, make_product, stock_record
from tests.factories.pages import make_story
from tests.factories.purchase import make_basket

pytestmark = pytest.mark.django_db
# In a century, so that it is never over; 14:05 in India.
UNTIL = datetime(2126, 1, 1, 8, 35, tzinfo=UTC)


@pytest.fixture
def vase() -> Product:
    """A piece of which there is one, held until 14:05."""
    plant_site()
    made = make_product(is_one_of_a_kind=True, stock=1)
    baskets.hold(make_basket(made), now=UNTIL - timedelta(minutes=10))
    return made


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "In someone&#x27;s basket until 14:05"), ("hi", "14:05 बजे तक किसी की टोकरी में")],
)
def test_its_page_says_until_when_in_place_of_the_button(
    client: Client, vase: Product, language: str, text: str
) -> None:
    page = client.get(f"/{language}/shop/{vase.slug}-{vase.pk}/")

    html = page.content.decode()
    assert f'<p class="stock stock--held">{text}</p>' in html
    assert f"/{language}/basket/add/" not in html
    assert linked_data(page)["offers"]["availability"] == "https://schema.org/OutOfStock"
    assert page["Cache-Control"].startswith("public")
    assert page.cookies == {}
    assert "Cookie" not in page.get("Vary", "")


def test_its_card_says_so_too(client: Client, vase: Product) -> None:
    html = client.get(reverse("shop")).content.decode()

    assert '<p class="stock stock--held">In someone&#x27;s basket until 14:05</p>' in html


def test_its_card_in_a_story_says_so_and_has_no_button(client: Client, vase: Product) -> None:
    make_story([vase], slug="of-a-vase")

    html = client.get("/en/stories/of-a-vase/").content.decode()

    assert '<p class="stock stock--held">In someone&#x27;s basket until 14:05</p>' in html
    assert reverse("basket-add") not in html


def test_the_api_says_so_in_the_list_and_of_the_product(client: Client, vase: Product) -> None:
    told = {
        "state": "held",
        "text": "In someone's basket until 14:05",
        "free": 0,
        "held_until": "2126-01-01T08:35:00Z",
    }

    assert client.get("/api/v1/products").json()["items"][0]["stock"] == told
    assert client.get(f"/api/v1/products/{vase.pk}").json()["stock"] == told


def test_when_its_time_is_over_it_can_be_bought_even_before_the_clock_comes_by(
    client: Client,
) -> None:
    plant_site()
    vase = make_product(is_one_of_a_kind=True, stock=1)
    baskets.hold(make_basket(vase), now=now() - timedelta(minutes=11))

    html = client.get(vase.get_absolute_url()).content.decode()

    assert Hold.objects.count() == 1
    assert '<p class="stock stock--low">One of a kind</p>' in html
    assert reverse("basket-add") in html
    line = baskets.add(make_basket(), product_id=vase.pk, quantity=1)
    assert line.quantity == 1
    assert end_overdue(now=now()) == 1


def test_of_several_pieces_the_last_in_baskets_are_held_and_the_others_free(
    client: Client,
) -> None:
    plant_site()
    lota = make_product(stock=2)
    baskets.hold(make_basket(lota), now=UNTIL)
    assert "Only 1 left" in client.get(lota.get_absolute_url()).content.decode()

    baskets.hold(make_basket(lota), now=UNTIL - timedelta(minutes=10))

    html = client.get(lota.get_absolute_url()).content.decode()
    assert "In someone&#x27;s basket until 14:05" in html


def test_a_sold_piece_leads_to_what_is_like_it_and_can_be_bought(client: Client) -> None:
    plant_site()
    maker, textile = make_artisan(), make_craft("Chikankari", "चिकनकारी", "textile")
    vase = make_product(is_one_of_a_kind=True, stock=1, artisan=maker)
    same_maker = make_product(title_en="Bowl", artisan=maker)
    same_craft = make_product(title_en="Lamp")
    same_district = make_product(title_en="Stole", craft=textile)
    gone = make_product(title_en="Tray", stock=0)
    take([Pieces(stock_record(vase).pk, 1)], reference="ZK-1")

    page = client.get(vase.get_absolute_url())

    html = page.content.decode()
    assert page.status_code == 200
    assert '<p class="stock stock--sold_out">Sold</p>' in html
    assert reverse("basket-add") not in html
    rows = [(row["title"], [card.id for card in row["cards"]]) for row in page.context["others"]]
    assert rows == [
        ("More by Shabana Parveen", [same_maker.pk]),
        ("More in Brassware", [same_craft.pk]),
        ("More from Moradabad", [same_district.pk]),
    ]
    assert gone.get_absolute_url() not in html
