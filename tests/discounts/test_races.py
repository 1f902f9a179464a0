"""The last use of an offer or voucher, wanted by two at once: real threads, fifty rounds."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial

import pytest
from oscar.apps.offer.models import ConditionalOffer
from oscar.apps.voucher.models import Voucher, VoucherApplication

from storefront.basket.models import Basket
from storefront.catalogue.models import Product
from storefront.checkout.services import Placed, place_order
from storefront.core.clock import now
from storefront.discounts.models import Use
from storefront.discounts.services import return_usage
from storefront.order.models import Order
from tests.factories.catalogue import make_product
from tests.factories.offers import make_offer, make_voucher
from tests.factories.purchase import make_basket, make_buyer, make_post
from tests.rounds import ROUNDS, Race, racing

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.races]
BUYERS = 2


def make_shelf() -> None:
    make_post()
    for _ in range(BUYERS):
        make_product(price="1000.00", stock=1000)


@pytest.fixture
def race() -> Iterator[Race]:
    with racing(BUYERS) as race:
        yield race


def buying(basket: Basket, email: str) -> Callable[[], Placed]:
    """Return an act: order at the price with the discount, or be refused."""
    return partial(
        place_order, basket, buyer=make_buyer(email=email), expected_total=Decimal(960), now=now()
    )


def buyers(*, emails: list[str], voucher: Voucher | None = None) -> list[Callable[[], Placed]]:
    """Return acts of buyers of other products: only the offer makes them wait for each other."""
    baskets = [make_basket(product) for product in Product.objects.order_by("pk")[: len(emails)]]
    if voucher:
        for basket in baskets:
            basket.vouchers.add(voucher)
    return [buying(basket, email) for basket, email in zip(baskets, emails, strict=True)]


def totals(results: list[object]) -> list[str]:
    """Return what was paid, or that the total changed."""
    return sorted(
        str(each.order.total_incl_tax) if isinstance(each, Placed) else type(each).__name__
        for each in results
    )


def strangers() -> list[str]:
    return [f"buyer{number}@example.org" for number in range(BUYERS)]


ONE_WINS = ["960.00", *["TotalChanged"] * (BUYERS - 1)]


def test_the_last_use_of_an_offer_goes_to_one_of_two(race: Race) -> None:
    make_shelf()
    for _ in range(ROUNDS):
        ConditionalOffer.objects.all().delete()
        offer = make_offer(max_global_applications=4, num_applications=3)

        assert totals(race(*buyers(emails=strangers()))) == ONE_WINS

        offer.refresh_from_db()
        assert (offer.num_applications, offer.num_orders) == (4, 1)
        assert (str(offer.total_discount), offer.status) == ("100.00", "Consumed")
    assert Order.objects.count() == ROUNDS


def test_the_last_of_an_offers_money_goes_to_one_of_two(race: Race) -> None:
    make_shelf()
    for _ in range(ROUNDS):
        ConditionalOffer.objects.all().delete()
        offer = make_offer(max_discount=500, total_discount=499)

        assert totals(race(*buyers(emails=strangers()))) == ONE_WINS

        offer.refresh_from_db()
        assert (str(offer.total_discount), offer.status) == ("599.00", "Consumed")


def test_one_person_ordering_twice_at_once_uses_an_offer_once(race: Race) -> None:
    make_shelf()
    for number in range(ROUNDS):
        ConditionalOffer.objects.all().delete()
        offer = make_offer(max_user_applications=1)

        assert totals(race(*buyers(emails=[f"asha{number}@example.org"] * BUYERS))) == ONE_WINS

        offer.refresh_from_db()
        assert offer.num_orders == 1


@pytest.mark.parametrize("usage", [Voucher.SINGLE_USE, Voucher.ONCE_PER_CUSTOMER])
def test_a_voucher_for_once_is_used_once_by_two_at_once(race: Race, usage: str) -> None:
    make_shelf()
    for number in range(ROUNDS):
        voucher = make_voucher(f"V{number}", usage=usage)
        same = [f"asha{number}@example.org"] * BUYERS
        emails = strangers() if usage == Voucher.SINGLE_USE else same

        assert totals(race(*buyers(voucher=voucher, emails=emails))) == ONE_WINS

        voucher.refresh_from_db()
        assert (voucher.num_orders, str(voucher.total_discount)) == (1, "100.00")
        assert VoucherApplication.objects.filter(voucher=voucher).count() == 1


def test_uses_of_a_voucher_for_many_are_all_counted(race: Race) -> None:
    make_shelf()
    offer = make_offer(offer_type=ConditionalOffer.VOUCHER)
    voucher = make_voucher("MANY", offer)

    for _ in range(ROUNDS):
        assert totals(race(*buyers(voucher=voucher, emails=strangers()))) == ["960.00"] * BUYERS

    offer.refresh_from_db()
    voucher.refresh_from_db()
    assert (voucher.num_orders, offer.num_orders) == (ROUNDS * BUYERS, ROUNDS * BUYERS)
    assert offer.num_applications == ROUNDS * BUYERS
    assert str(offer.total_discount) == "10000.00"


def test_a_use_given_back_twice_at_once_is_given_back_once(race: Race) -> None:
    make_shelf()
    offer = make_offer()
    voucher = make_voucher("MANY", make_offer(offer_type=ConditionalOffer.VOUCHER))
    lota = Product.objects.order_by("pk")[0]
    kept = make_basket(lota)
    kept.vouchers.add(voucher)
    place_order(kept, buyer=make_buyer(), expected_total=None, now=now())
    for _ in range(ROUNDS):
        basket = make_basket(lota)
        basket.vouchers.add(voucher)
        placed = place_order(basket, buyer=make_buyer(), expected_total=None, now=now()).order

        race(*[partial(return_usage, placed)] * 2)

        assert Use.objects.filter(is_counted=True).count() == 2
    for row in (offer, voucher):
        row.refresh_from_db()
        assert (row.num_orders, str(row.total_discount)) == (1, "100.00")
