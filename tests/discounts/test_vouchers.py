"""Vouchers in a basket: who may use them when, and the words for why not."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import translation
from oscar.apps.offer.models import Benefit, ConditionalOffer
from oscar.apps.voucher.models import Voucher

from storefront.accounts.models import User
from storefront.basket import services as baskets
from storefront.basket.models import Basket
from storefront.basket.queries import basket_view
from storefront.core.clock import now
from storefront.discounts.rules import VoucherProblem
from tests.factories.catalogue import make_product
from tests.factories.offers import make_offer, make_range, make_voucher
from tests.factories.orders import make_order
from tests.factories.purchase import make_basket

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def basket():
    return make_basket(make_product(price="1000.00"))


def refusal(basket, code):
    version = Basket.objects.get(pk=basket.pk).version
    with pytest.raises(baskets.VoucherRefused) as caught:
        baskets.add_voucher(basket, code=code)

    assert not basket.vouchers.filter(code=code).exists()
    assert Basket.objects.get(pk=basket.pk).version == version
    return caught.value.problem, str(caught.value)


def test_a_voucher_is_found_however_it_is_written_and_added_once(basket):
    make_voucher("DIWALI10")

    assert baskets.add_voucher(basket, code=" diwali 10") == "DIWALI10"
    assert baskets.add_voucher(basket, code="DIWALI10") == "DIWALI10"

    view = basket_view(Basket.objects.get(pk=basket.pk))
    assert [(each.code, str(each.amount)) for each in view.discounts] == [("DIWALI10", "100.00")]
    assert [(each.code, each.problem) for each in view.vouchers] == [("DIWALI10", None)]
    assert (view.version, str(view.total)) == (3, "900.00")
    assert Voucher.objects.get().num_basket_additions == 1


def test_a_removed_voucher_takes_nothing_off_and_may_be_removed_again(basket):
    make_voucher("DIWALI10")
    baskets.add_voucher(basket, code="DIWALI10")

    baskets.remove_voucher(basket, code="DIWALI10")
    baskets.remove_voucher(basket, code="DIWALI10")

    view = basket_view(Basket.objects.get(pk=basket.pk))
    assert (view.discounts, view.vouchers, view.version) == ((), (), 4)


def test_a_code_nobody_knows_is_refused(basket):
    assert refusal(basket, "NOSUCH") == (
        VoucherProblem.UNKNOWN,
        "We do not know this code. Please check how it is written.",
    )


def test_a_voucher_of_tomorrow_and_one_of_yesterday_are_refused_with_the_day(basket):
    make_voucher("SOON", start_datetime=now() + HOUR)
    make_voucher("GONE", end_datetime=now() - HOUR)

    assert refusal(basket, "SOON")[0] == VoucherProblem.NOT_YET
    assert refusal(basket, "GONE")[0] == VoucherProblem.EXPIRED
    assert refusal(basket, "GONE")[1].startswith("This voucher ended on ")
    assert refusal(basket, "SOON")[1].startswith("This voucher can be used from ")


def test_a_single_voucher_that_somebody_used_is_used_up(basket):
    voucher = make_voucher("ONCE", usage=Voucher.SINGLE_USE)
    make_order_with(voucher)

    assert refusal(basket, "ONCE") == (
        VoucherProblem.USED_UP,
        "This voucher has been used up.",
    )


def make_order_with(voucher, **buyer):
    from storefront.checkout.services import place_order
    from tests.factories.purchase import make_buyer, make_post

    make_post()
    basket = make_basket(make_product(price="1000.00"))
    basket.vouchers.add(voucher)
    return place_order(basket, buyer=make_buyer(**buyer), expected_total=None, now=now()).order


def test_a_voucher_whose_offer_is_at_its_limit_is_used_up(basket):
    offer = make_offer(
        offer_type=ConditionalOffer.VOUCHER, max_global_applications=1, num_applications=1
    )
    make_voucher("FIRST", offer)

    assert refusal(basket, "FIRST")[0] == VoucherProblem.USED_UP


def test_a_person_who_used_a_voucher_once_is_told_so():
    voucher = make_voucher("WELCOME", usage=Voucher.ONCE_PER_CUSTOMER)
    user = User.objects.create_user("asha@example.org", "a long pass phrase")
    make_order_with(voucher, user=user)
    mine = baskets.ensure_basket(user=user, token="")
    baskets.add(mine, product_id=make_product().pk, quantity=1)

    assert refusal(mine, "WELCOME") == (
        VoucherProblem.USED_BY_YOU,
        "You have used this voucher before.",
    )


def test_a_guest_who_used_a_voucher_once_is_known_by_their_email(basket):
    voucher = make_voucher("WELCOME", usage=Voucher.ONCE_PER_CUSTOMER)
    make_order_with(voucher, email="Asha@Example.org")
    baskets.add_voucher(basket, code="WELCOME")

    unknown = basket_view(basket)
    known = basket_view(basket, email="asha@example.org")

    assert str(unknown.total) == "900.00"
    assert str(known.total) == "1000.00"
    assert [each.problem for each in known.vouchers] == [VoucherProblem.USED_BY_YOU]


def test_a_voucher_for_something_else_is_refused(basket):
    offer = make_offer(offer_type=ConditionalOffer.VOUCHER, on=make_range(make_product()))
    make_voucher("SAREE", offer)

    assert refusal(basket, "SAREE") == (
        VoucherProblem.NOT_FOR_THIS,
        "This voucher takes nothing off what is in your basket now.",
    )
    assert refusal(Basket.objects.create(), "SAREE")[0] == VoucherProblem.NOT_FOR_THIS


def test_a_voucher_that_does_not_combine_is_refused(basket):
    make_offer(Benefit.PERCENTAGE, 5, exclusive=True, priority=9)
    offer = make_offer(offer_type=ConditionalOffer.VOUCHER, exclusive=True)
    make_voucher("ALONE", offer)

    assert refusal(basket, "ALONE") == (
        VoucherProblem.NOT_COMBINABLE,
        "This voucher cannot be combined with the discounts that your basket has already.",
    )


def test_a_sixth_voucher_is_refused(basket):
    for number in range(5):
        make_voucher(f"V{number}")
        baskets.add_voucher(basket, code=f"V{number}")
    make_voucher("V5")

    assert refusal(basket, "V5")[0] == VoucherProblem.NOT_COMBINABLE


def test_a_voucher_stays_when_the_basket_no_longer_fits_and_says_why(basket):
    lamp = make_product(price="300.00")
    baskets.add(basket, product_id=lamp.pk, quantity=1)
    make_voucher("LAMP", make_offer(offer_type=ConditionalOffer.VOUCHER, on=make_range(lamp)))
    baskets.add_voucher(basket, code="LAMP")

    baskets.set_quantity(basket, line_id=basket.lines.get(product=lamp).pk, quantity=0)

    view = basket_view(basket)
    assert [each.problem for each in view.vouchers] == [VoucherProblem.NOT_FOR_THIS]
    assert (view.discounts, view.problems) == ((), ())


def test_a_voucher_for_delivery_is_no_idle_one(basket):
    free = make_offer(Benefit.SHIPPING_FIXED_PRICE, 0, offer_type=ConditionalOffer.VOUCHER)
    make_voucher("FREE", free)

    baskets.add_voucher(basket, code="FREE")

    assert [each.problem for each in basket_view(basket).vouchers] == [None]


def test_a_guests_vouchers_come_along_when_they_sign_in(basket):
    make_voucher("DIWALI10")
    baskets.add_voucher(basket, code="DIWALI10")
    user = User.objects.create_user("asha@example.org", "a long pass phrase")
    mine = baskets.ensure_basket(user=user, token="")

    baskets.claim(user=user, token=basket.token)

    assert [each.code for each in basket_view(mine).vouchers] == ["DIWALI10"]


def test_a_basket_that_was_ordered_takes_no_voucher(basket):
    make_voucher("DIWALI10")
    Basket.objects.filter(pk=basket.pk).update(status=Basket.FROZEN)

    with pytest.raises(baskets.BasketIsClosed):
        baskets.add_voucher(basket, code="DIWALI10")
    with pytest.raises(baskets.BasketIsClosed):
        baskets.remove_voucher(basket, code="DIWALI10")


@pytest.mark.parametrize("language", ["en", "hi"])
def test_every_refusal_has_words_in_the_buyers_language(basket, language):
    make_voucher("GONE", end_datetime=now() - HOUR)
    with translation.override(language):
        said = {refusal(basket, "NOSUCH")[1], refusal(basket, "GONE")[1]}

    assert all(text.isascii() is (language == "en") for text in said)


# The page.


def page(client: Client, basket: Basket, language: str = "en") -> str:
    client.cookies["zila_basket"] = basket.token
    return client.get(f"/{language}/basket/").content.decode()


def test_the_box_on_the_basket_page_takes_a_code_and_a_button_removes_it(client, basket):
    make_voucher("DIWALI10", name="For the lamps / दीयों के लिए")
    client.cookies["zila_basket"] = basket.token

    shown = client.post("/en/basket/vouchers/", {"code": "diwali10"}, follow=True)

    text = shown.content.decode()
    assert "The voucher DIWALI10 is in your basket." in text
    assert "For the lamps" in text
    assert "-₹100" in text
    assert "₹900" in text
    assert 'action="/en/basket/vouchers/DIWALI10/"' in text
    assert "दीयों के लिए" in page(client, basket, "hi")

    client.post("/en/basket/vouchers/DIWALI10/")

    assert "-₹100" not in page(client, basket)


def test_a_refused_code_is_explained_on_the_page(client, basket):
    client.cookies["zila_basket"] = basket.token

    unknown = client.post("/en/basket/vouchers/", {"code": "NOSUCH"}, follow=True)
    empty = client.post("/en/basket/vouchers/", {"code": ""}, follow=True)

    assert "We do not know this code." in unknown.content.decode()
    assert "Please type the code of your voucher." in empty.content.decode()


def test_without_a_basket_there_is_nothing_to_use_a_voucher_on(client):
    answer = client.post("/en/basket/vouchers/", {"code": "DIWALI10"}, follow=True)

    assert "Your basket is empty." in answer.content.decode()
    assert client.post("/en/basket/vouchers/DIWALI10/").status_code == 302


def test_a_voucher_that_takes_nothing_off_is_a_warning_at_checkout(client, basket):
    basket.vouchers.add(make_voucher("GONE", end_datetime=now() - HOUR))
    make_order(make_product())
    client.cookies["zila_basket"] = basket.token

    text = client.get("/en/checkout/").content.decode()

    assert "GONE: This voucher ended on" in text
    assert "₹1,060" in text
