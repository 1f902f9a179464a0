"""What Oscar's offers take off a basket: every kind of condition and benefit, in whole paise."""

from datetime import timedelta
from decimal import Decimal

import pytest
from oscar.apps.offer.models import Benefit, Condition, ConditionalOffer

from storefront.basket.models import Basket
from storefront.basket.queries import basket_view
from storefront.basket.rules import ProblemCode
from storefront.checkout.queries import summary
from storefront.core.clock import now
from storefront.core.clock import today as india_today
from storefront.gst.rules import GstRule
from tests.factories.catalogue import make_product, make_seller
from tests.factories.offers import make_offer, make_range, make_voucher
from tests.factories.purchase import make_basket, make_post

pytestmark = pytest.mark.django_db
KURTA = GstRule(rate=Decimal(5), rate_above=Decimal(18))


@pytest.fixture
def lota():
    return make_product(price="1000.00")


@pytest.fixture
def lamp():
    return make_product(price="300.00")


def paid(basket):
    return [str(line.line_price) for line in basket_view(basket).lines]


def charges(basket):
    make_post()
    told = summary(basket_view(basket), buyer_state="09", today=india_today())
    return [str(each.charge) for each in told.deliveries], str(told.total)


@pytest.mark.parametrize(
    ("condition", "is_met"),
    [
        ((Condition.COUNT, 3), True),
        ((Condition.COUNT, 4), False),
        ((Condition.VALUE, 2300), True),
        ((Condition.VALUE, 2301), False),
        ((Condition.COVERAGE, 2), True),
        ((Condition.COVERAGE, 3), False),
    ],
)
def test_an_offer_applies_when_its_condition_is_met(lota, lamp, condition, is_met):
    make_offer(Benefit.PERCENTAGE, 10, condition=condition)
    basket = make_basket(lota, quantity=2)
    make_basket_more(basket, lamp)

    assert paid(basket) == (["1800.00", "270.00"] if is_met else ["2000.00", "300.00"])


def make_basket_more(basket, product):
    from storefront.basket import services

    services.add(basket, product_id=product.pk, quantity=1)


@pytest.mark.parametrize(
    ("benefit", "value", "condition", "prices"),
    [
        (Benefit.PERCENTAGE, 10, (Condition.COUNT, 1), ["900.00", "270.00"]),
        (Benefit.PERCENTAGE, 100, (Condition.COUNT, 1), ["0.00", "0.00"]),
        (Benefit.FIXED, 100, (Condition.COUNT, 2), ["923.07", "276.93"]),
        (Benefit.FIXED_UNIT, 50, (Condition.COUNT, 1), ["950.00", "250.00"]),
        (Benefit.MULTIBUY, None, (Condition.COUNT, 2), ["1000.00", "0.00"]),
        (Benefit.FIXED_PRICE, 1100, (Condition.COUNT, 2), ["846.15", "253.85"]),
    ],
)
def test_each_kind_of_benefit_takes_off_what_it_says(lota, lamp, benefit, value, condition, prices):
    make_offer(benefit, value, condition=condition, max_basket_applications=1)

    assert paid(make_basket(lota, lamp)) == prices


@pytest.mark.parametrize(
    ("benefit", "value", "rest"),
    [
        (Benefit.SHIPPING_ABSOLUTE, 50, (["35.00", "35.00"], "1370.00")),
        (Benefit.SHIPPING_ABSOLUTE, 500, (["0.00", "0.00"], "1300.00")),
        (Benefit.SHIPPING_FIXED_PRICE, 0, (["0.00", "0.00"], "1300.00")),
        (Benefit.SHIPPING_FIXED_PRICE, 99, (["49.50", "49.50"], "1399.00")),
        (Benefit.SHIPPING_PERCENTAGE, 33, (["40.20", "40.20"], "1380.40")),
    ],
)
def test_delivery_gets_cheaper_for_all_sellers_together(lota, lamp, benefit, value, rest):
    make_offer(benefit, value)

    assert charges(make_basket(lota, lamp)) == rest


def test_a_percentage_with_fractions_of_a_paisa_adds_up():
    make_offer(Benefit.PERCENTAGE, Decimal("3.33"))
    products = [make_product(price="333.33") for _ in range(3)]

    view = basket_view(make_basket(*products))

    assert [str(line.line_price) for line in view.lines] == ["322.23", "322.23", "322.24"]
    assert [str(each.amount) for each in view.discounts] == ["33.29"]
    assert str(view.total) == "966.70"


def test_offers_that_combine_never_take_more_than_there_is(lota):
    for _ in range(3):
        make_offer(Benefit.PERCENTAGE, 40)

    view = basket_view(make_basket(lota))

    assert str(view.total) == "0.00"
    assert [str(each.amount) for each in view.discounts] == ["400.00", "400.00", "200.00"]


def test_of_two_exclusive_offers_the_more_important_one_applies(lota):
    make_offer(Benefit.PERCENTAGE, 10, exclusive=True, priority=1)
    make_offer(Benefit.PERCENTAGE, 50, exclusive=True, priority=9)

    assert paid(make_basket(lota)) == ["500.00"]


def test_an_offer_that_combines_only_with_named_ones_keeps_to_that(lota):
    first, second, third = (make_offer(Benefit.PERCENTAGE, value) for value in (10, 20, 40))
    first.combinations.add(second)

    assert paid(make_basket(lota)) == ["700.00"]
    assert third.combinations.count() == 0


def test_an_offer_touches_only_its_range_and_what_may_be_discounted(lota, lamp):
    make_offer(on=make_range(lota))
    saree = make_product(price="500.00")
    saree.is_discountable = False
    saree.save()
    make_offer(Benefit.PERCENTAGE, 50, on=make_range(saree))

    assert paid(make_basket(lota, lamp, saree)) == ["900.00", "300.00", "500.00"]


@pytest.mark.parametrize(
    "facts",
    [
        {"status": ConditionalOffer.SUSPENDED},
        {"start_datetime": now() + timedelta(days=1)},
        {"end_datetime": now() - timedelta(days=1)},
        {"max_global_applications": 3, "num_applications": 3},
        {"max_discount": 100, "total_discount": 100},
        {"offer_type": ConditionalOffer.USER},
    ],
)
def test_an_offer_that_is_over_or_not_for_everybody_takes_nothing_off(lota, facts):
    make_offer(**facts)

    assert paid(make_basket(lota)) == ["1000.00"]


def test_an_empty_basket_asks_nothing_of_offers(django_assert_num_queries):
    make_offer()
    basket = Basket.objects.create()

    with django_assert_num_queries(1):
        assert basket_view(basket).discounts == ()


@pytest.mark.parametrize(
    ("percent", "price", "problem"),
    [
        (10, "3200.00", ProblemCode.TAX_GAP),  # 2,880: in tests/gst/vectors.json
        (5, "3200.00", None),  # 3,040: 18 %
        (20, "3200.00", None),  # 2,560: 5 %
        (Decimal("7.81"), "3200.00", None),  # 2,950.08
        (Decimal("7.82"), "3200.00", ProblemCode.TAX_GAP),  # 2,949.76
    ],
)
def test_a_discount_into_the_gap_of_gst_is_a_problem_with_a_way_out(percent, price, problem):
    kurta = make_product(price=price, gst=KURTA, hsn="6211")
    make_offer(Benefit.PERCENTAGE, percent)

    [line] = basket_view(make_basket(kurta)).lines

    assert line.problem == problem
    assert line.problem_text == (
        "At this price the law has no GST rate for this. "
        "Please remove it and write to us: the mistake is ours."
        if problem
        else ""
    )


def test_a_voucher_into_the_gap_says_which_to_remove():
    kurta = make_product(price="3200.00", gst=KURTA, hsn="6211")
    basket = make_basket(kurta)
    basket.vouchers.add(make_voucher("DIWALI10"))

    [line] = basket_view(basket).lines

    assert str(line.line_price) == "2880.00"
    assert line.problem_text == (
        "At the discounted price the law has no GST rate for this. "
        "Please remove the voucher DIWALI10, or this piece."
    )


def test_offers_do_not_depend_on_who_sells(lota):
    make_offer(Benefit.FIXED, 100, condition=(Condition.VALUE, 1500))
    other = make_product(price="1000.00", seller=make_seller("Other"))

    view = basket_view(make_basket(lota, other))

    assert [str(group.items_total) for group in view.groups] == ["950.00", "950.00"]
