"""A product's life: written, offered, checked, on sale, taken back."""

from decimal import Decimal

import pytest
from django.utils import translation

from storefront.catalogue import services
from storefront.catalogue.models import Product, ProductImage
from storefront.catalogue.rules import ProductState
from storefront.catalogue.services import NeedsPhotographs, NotReady, SkuTaken
from storefront.core.machine import IllegalMove
from storefront.media.models import Picture
from tests.factories.catalogue import (
    make_artisan,
    make_district,
    make_draft,
    make_picture,
    make_product,
    make_seller,
)

pytestmark = pytest.mark.django_db


def test_a_new_product_is_a_draft_nobody_sees():
    product = make_draft(title_en="Silver bowl", title_hi="चाँदी का कटोरा")

    product.refresh_from_db()
    assert (product.state, product.is_public) == (ProductState.DRAFT, False)
    assert product.slug == "silver-bowl"
    assert list(Product.objects.live()) == []


def test_both_languages_are_kept_whatever_language_it_is_added_in():
    with translation.override("hi"):
        product = make_draft(title_en="Silver bowl", title_hi="चाँदी का कटोरा")

    product.refresh_from_db()
    assert (product.title_en, product.title_hi) == ("Silver bowl", "चाँदी का कटोरा")
    assert product.slug == "silver-bowl"


def test_pictures_keep_their_order():
    first, second = make_picture(), make_picture()

    product = make_draft(pictures=[second, first])

    shown = ProductImage.objects.filter(product=product).order_by("display_order")
    assert [image.image for image in shown] == [second, first]


def test_the_same_number_is_not_given_twice():
    make_draft(sku="BR-1")

    with pytest.raises(SkuTaken):
        make_draft(sku="BR-1", title_en="Another")

    assert Product.objects.count() == 1


def test_a_checked_product_is_on_sale():
    product = make_product(is_live=False)

    services.submit(product)
    services.approve(product)

    product.refresh_from_db()
    assert (product.state, product.is_public) == (ProductState.LIVE, True)


def test_a_product_without_a_price_cannot_be_submitted():
    product = make_draft()

    with pytest.raises(NotReady) as refusal:
        services.submit(product)

    assert refusal.value.missing == ["price"]
    product.refresh_from_db()
    assert product.state == ProductState.DRAFT


def test_what_is_missing_is_named():
    product = make_product(is_live=False, title_hi="", hsn="")

    with pytest.raises(NotReady) as refusal:
        services.submit(product)

    assert refusal.value.missing == ["title_hi", "hsn"]


def test_a_draft_cannot_go_on_sale_unchecked():
    product = make_product(is_live=False)

    with pytest.raises(IllegalMove):
        services.approve(product)

    product.refresh_from_db()
    assert (product.state, product.is_public) == (ProductState.DRAFT, False)


def test_a_withdrawn_product_can_come_back():
    product = make_product()

    services.withdraw(product)
    product.refresh_from_db()
    assert (product.state, product.is_public) == (ProductState.WITHDRAWN, False)

    services.approve(product)
    product.refresh_from_db()
    assert (product.state, product.is_public) == (ProductState.LIVE, True)


def test_what_was_sent_back_can_be_submitted_again():
    product = services.submit(make_product(is_live=False))

    services.send_back(product)
    services.submit(product)

    product.refresh_from_db()
    assert product.state == ProductState.SUBMITTED


def test_a_stale_object_does_not_undo_a_move():
    product = make_product()
    stale = Product.objects.get(pk=product.pk)
    services.withdraw(product)

    with pytest.raises(IllegalMove):
        services.withdraw(stale)


def test_two_makers_of_one_name_have_two_addresses():
    first = make_artisan("Ram Prasad", "राम प्रसाद")
    second = make_artisan("Ram Prasad", "राम प्रसाद")

    assert (first.slug, second.slug) == ("ram-prasad", "ram-prasad-2")


def test_sizes_are_kept_to_the_millimetre():
    product = make_draft(length_cm=Decimal("14.25"), district=make_district())

    product.refresh_from_db()
    assert product.length_cm == Decimal("14.3")


@pytest.mark.parametrize(("is_demonstration", "goes_live"), [(False, False), (True, True)])
def test_only_a_demonstration_may_show_drawn_pictures(
    *, is_demonstration: bool, goes_live: bool
) -> None:
    drawn = make_picture()
    Picture.objects.update(is_computer_drawn=True)
    seller = make_seller(is_demonstration=is_demonstration)
    product = make_product(is_live=False, pictures=[drawn, make_picture()], seller=seller)
    services.submit(product)

    if goes_live:
        services.approve(product)
    else:
        with pytest.raises(NeedsPhotographs):
            services.approve(product)

    product.refresh_from_db()
    assert product.is_public == goes_live
