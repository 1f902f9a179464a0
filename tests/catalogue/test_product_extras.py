"""What stands around a product: stories, reviews, data for search engines, and its cost."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from storefront.catalogue.models import Product
from tests.catalogue.pages import linked_data
from tests.factories.catalogue import (
    make_artisan,
    make_picture,
    make_product,
)

pytestmark = pytest.mark.django_db

Budget = Callable[[int], Any]


def no_stories(product: Product) -> list[Any]:
    """Stand in the plug of whoever keeps stories."""
    return []


def one_story(product: Product) -> list[Any]:
    """Stand in the plug of whoever keeps stories."""
    return [{"title": f"How the {product.title} is made", "url": "/en/stories/x/", "summary": "…"}]


@pytest.fixture(autouse=True)
def _no_stories(settings: Any) -> None:
    settings.STORIES_OF_PRODUCT = f"{__name__}.no_stories"


def review(product: Product, user: Any, **facts: Any) -> None:
    """Let a buyer say something about a product, approved unless told otherwise."""
    product.reviews.create(user=user, **({"status": 1, "body": "It rings."} | facts))


def test_no_text_can_end_the_script_element(client: Client):
    evil = "</script><script>alert('1')</script> & <b>"
    product = make_product(title_en=evil, description_en=evil)

    response = client.get(product.get_absolute_url())

    assert "<script>alert" not in response.content.decode()
    assert linked_data(response)["name"] == evil


def test_search_engines_are_told_price_stock_seller_and_pictures(client: Client):
    product = make_product(sku="BR-7", pictures=[make_picture()])
    page = f"http://testserver/en/shop/brass-lota-{product.pk}/"

    found = linked_data(client.get(product.get_absolute_url()))

    image = found.pop("image")
    assert len(image) == 1
    assert image[0].startswith("http://testserver/media/")
    assert found["offers"].pop("hasMerchantReturnPolicy")
    assert found == {
        "@type": "Product",
        "name": "Brass lota",
        "description": "Cast in one piece and turned by hand.",
        "sku": "BR-7",
        "url": page,
        "countryOfOrigin": "IN",
        "material": "Brass",
        "offers": {
            "@type": "Offer",
            "url": page,
            "price": "1450.00",
            "priceCurrency": "INR",
            "availability": "https://schema.org/InStock",
            "itemCondition": "https://schema.org/NewCondition",
            "shippingDetails": [],  # nobody has loaded what sending costs
            "seller": {"@type": "Organization", "name": "Moradabad Brass Workshop"},
        },
    }


def test_only_approved_reviews_are_shown_and_counted(client: Client, django_user_model: Any):
    product = make_product()
    asha, ravi, spam = (
        django_user_model.objects.create_user(f"{name}@example.com", "pw", first_name=name)
        for name in ("Asha", "Ravi", "Spam")
    )
    review(product, asha, score=5, title="Heavier than I thought")
    review(product, ravi, score=4, title="<i>Good</i>")
    review(product, spam, score=1, title="Buy pills", status=0)

    response = client.get(product.get_absolute_url())

    html = response.content.decode()
    assert "4.5 of 5, from 2 reviews" in html
    assert "<b>Heavier than I thought</b>" in html
    assert "&lt;i&gt;Good&lt;/i&gt;" in html
    assert "Buy pills" not in html
    assert linked_data(response)["aggregateRating"]["ratingValue"] == 4.5
    assert linked_data(response)["aggregateRating"]["reviewCount"] == 2


def test_only_a_reviewers_first_name_is_told(client: Client, django_user_model: Any):
    product = make_product()
    user = django_user_model.objects.create_user(
        "asha@example.com", "pw", first_name="Asha", last_name="Verma"
    )
    review(product, user, score=5, title="Fine")

    html = client.get(product.get_absolute_url()).content.decode()

    assert "Asha, " in html
    assert "Verma" not in html
    assert "asha@example.com" not in html


def test_stories_that_sell_it_are_linked(client: Client, settings: Any):
    settings.STORIES_OF_PRODUCT = f"{__name__}.one_story"

    html = client.get(make_product().get_absolute_url()).content.decode()

    assert '<a href="/en/stories/x/">How the Brass lota is made</a>' in html


def test_a_product_without_a_picture_still_has_a_page(client: Client):
    response = client.get(make_product().get_absolute_url())

    assert response.status_code == 200
    assert "image" not in linked_data(response)


@pytest.mark.usefixtures("season_is_known")
@pytest.mark.parametrize("number", [1, 3])
def test_a_page_costs_seven_queries_beside_its_stories(
    client: Client, django_assert_num_queries: Budget, django_user_model: Any, number: int
):
    maker = make_artisan(portrait=make_picture())
    product = make_product(artisan=maker, pictures=[make_picture() for _ in range(number)])
    for index in range(number):
        make_product(artisan=maker, pictures=[make_picture()])
        make_product(pictures=[make_picture()])
        user = django_user_model.objects.create_user(f"b{index}@example.com", "pw")
        review(product, user, score=5, title="Fine")

    # The seventh asks what sending costs; in a running shop that answer is kept.
    with django_assert_num_queries(7):
        response = client.get(product.get_absolute_url())

    assert len(response.context["reviews"]) == number


def test_the_budget_holds_with_the_real_stories(
    client: Client, django_assert_max_num_queries: Budget, settings: Any
):
    settings.STORIES_OF_PRODUCT = "cms.queries.stories_of_product"
    maker = make_artisan(portrait=make_picture())
    product = make_product(artisan=maker, pictures=[make_picture()])
    make_product(artisan=maker, pictures=[make_picture()])

    with django_assert_max_num_queries(15):
        assert client.get(product.get_absolute_url()).status_code == 200
