"""The shop: lists, filters, counts, pages, and what is typed into the address."""

import pytest
from django.test import Client

from storefront.catalogue import services
from storefront.catalogue.models import Product
from storefront.catalogue.queries.shop import MAKERS_SHOWN, PAGE_SIZE
from tests.catalogue.pages import notices, options, titles
from tests.factories.catalogue import (
    make_artisan,
    make_product,
    make_seller,
)

pytestmark = pytest.mark.django_db


def test_the_shop_shows_everything_that_is_live(client: Client, bazaar: dict[str, Product]):
    services.withdraw(bazaar["toy"])
    make_product(title_en="Draft", is_live=False)

    response = client.get("/en/shop/")

    assert sorted(titles(response)) == ["Lamp", "Lota", "Saree"]
    assert '<p role="status">3 products</p>' in response.content.decode()


def test_filters_join_names_of_a_group_and_narrow_between_groups(
    client: Client, bazaar: dict[str, Product]
):
    either = client.get("/en/shop/?craft=weaving&craft=toys&sort=price")
    both = client.get("/en/shop/?craft=weaving&craft=toys&district=varanasi&maker=ram-prasad")

    assert titles(either) == ["Toy", "Saree"]
    assert titles(both) == ["Saree"]


def test_prices_and_stock_are_those_of_the_same_offer(client: Client, bazaar: dict[str, Product]):
    make_product(title_en="Made for you", price=250, lead_days=9)
    priced = client.get("/en/shop/?price_from=200&price_to=300&sort=price")
    sold = client.get("/en/shop/?price_from=200&price_to=300&in_stock=1&sort=price")
    ready = client.get("/en/shop/?price_from=200&price_to=300&ready=1")

    assert titles(priced) == ["Toy", "Made for you", "Lamp"]
    assert titles(sold) == ["Toy", "Made for you"]
    assert titles(ready) == ["Toy"]


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("new", ["Toy", "Saree", "Lamp", "Lota"]),
        ("price", ["Toy", "Lamp", "Lota", "Saree"]),
        ("-price", ["Saree", "Lota", "Lamp", "Toy"]),
        ("featured", ["Lamp", "Toy", "Saree", "Lota"]),
    ],
)
def test_lists_can_be_sorted(
    client: Client, bazaar: dict[str, Product], sort: str, order: list[str]
):
    Product.objects.filter(pk=bazaar["lamp"].pk).update(priority=5)

    assert titles(client.get(f"/en/shop/?sort={sort}")) == order


def test_counts_are_what_each_name_would_give_within_the_other_filters(
    client: Client, bazaar: dict[str, Product]
):
    response = client.get("/en/shop/?district=varanasi&price_to=5000")

    # Within the craft filter's own group nothing is chosen; the district's is left out of itself.
    assert options(response, "craft") == {"Toys": 1}
    assert options(response, "district") == {"Moradabad": 2, "Varanasi": 1}
    assert options(response, "maker") == {}


def test_a_chosen_name_stays_in_the_form_even_if_it_gives_nothing(
    client: Client, bazaar: dict[str, Product]
):
    response = client.get("/en/shop/?craft=weaving&maker=shabana-parveen")

    assert titles(response) == []
    assert options(response, "craft") == {"Brassware": 2, "Weaving": 0}
    assert options(response, "maker") == {"Ram Prasad": 1, "Shabana Parveen": 0}
    assert "Nothing fits all of this" in response.content.decode()


def test_only_the_busiest_makers_are_offered_and_the_chosen_one_always(client: Client):
    seller = make_seller()
    makers = [make_artisan(f"Maker {number:02d}", "कारीगर") for number in range(MAKERS_SHOWN + 2)]
    for maker in makers[1:]:
        make_product(artisan=maker, seller=seller, stock=0)
        make_product(artisan=maker, seller=seller, stock=0)
    make_product(artisan=makers[0], seller=seller, stock=0)

    everybody = options(client.get("/en/shop/"), "maker")
    chosen = options(client.get("/en/shop/?maker=maker-00"), "maker")

    assert len(everybody) == len(chosen) == MAKERS_SHOWN
    assert "Maker 00" not in everybody
    assert chosen["Maker 00"] == 1


def test_each_chip_takes_its_own_filter_away(client: Client, bazaar: dict[str, Product]):
    response = client.get("/en/shop/?craft=weaving&price_to=9999&ready=1&sort=price")

    assert response.context["chips"] == [
        {"label": "Weaving", "remove_url": "/en/shop/?price_to=9999&ready=1&sort=price"},
        {"label": "Up to ₹9,999", "remove_url": "/en/shop/?craft=weaving&ready=1&sort=price"},
        {
            "label": "Ready to ship",
            "remove_url": "/en/shop/?craft=weaving&price_to=9999&sort=price",
        },
    ]


def test_pages_are_linked_with_their_filters(client: Client):
    seller = make_seller()
    for _ in range(PAGE_SIZE + 1):
        make_product(seller=seller, stock=0)

    first = client.get("/en/shop/?craft=brassware")
    second = client.get("/en/shop/?craft=brassware&page=2")

    assert len(titles(first)) == PAGE_SIZE
    assert len(titles(second)) == 1
    assert first.context["page"] == {
        "number": 1,
        "pages": 2,
        "prev_url": "",
        "next_url": "/en/shop/?craft=brassware&page=2",
    }
    assert second.context["page"]["prev_url"] == "/en/shop/?craft=brassware"
    shown = {card.id for response in (first, second) for card in response.context["cards"]}
    assert len(shown) == PAGE_SIZE + 1


def test_a_page_beyond_the_end_is_the_last_one(client: Client, bazaar: dict[str, Product]):
    response = client.get("/en/shop/?page=999999")

    assert response.status_code == 200
    assert len(titles(response)) == 4
    assert notices(response) == ["There are fewer pages: this is the last one."]


def test_search_engines_are_sent_to_the_whole_list(client: Client, bazaar: dict[str, Product]):
    whole = client.get("/en/shop/").content.decode()
    filtered = client.get("/en/shop/?district=varanasi").content.decode()

    assert '<link rel="canonical" href="http://testserver/en/shop/">' in whole
    assert 'hreflang="hi" href="http://testserver/hi/shop/"' in whole
    assert "noindex" not in whole
    assert '<link rel="canonical" href="http://testserver/en/shop/">' in filtered
    assert '<meta name="robots" content="noindex, follow">' in filtered


def test_the_shop_speaks_hindi(client: Client, bazaar: dict[str, Product]):
    response = client.get("/hi/shop/?district=varanasi&sort=price")

    assert options(response, "district") == {"मुरादाबाद": 2, "वाराणसी": 2}
    assert options(response, "maker") == {"राम प्रसाद": 1}
    assert response.context["chips"][0]["label"] == "वाराणसी"
    assert all(card.url.startswith("/hi/shop/") for card in response.context["cards"])
