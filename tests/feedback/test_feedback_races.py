"""Real threads: one review a buyer, the right mean, and no question too many."""

from functools import partial

import pytest

from storefront.accounts.models import User
from storefront.catalogue.models import Product
from storefront.core.clock import now
from storefront.feedback.models import ProductReview, Question
from storefront.feedback.services import TooManyQuestions, Words, ask, write_review
from storefront.fulfilment.services import say_arrived
from tests.factories.catalogue import make_product
from tests.factories.orders import make_order, make_shipped, part_of
from tests.rounds import racing

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.races]
ROUNDS = 10


def test_two_tabs_write_one_review() -> None:
    product = make_product(stock=ROUNDS)
    with racing(2) as race:
        for number in range(ROUNDS):
            buyer = User.objects.create_user(f"b{number}@example.org", "a long pass phrase")
            order = make_order(product, user=buyer)
            part = make_shipped(part_of(order), tracking_number=order.number)
            say_arrived(part, by=None, now=now())
            race(
                *(
                    partial(write_review, buyer, product, words=Words(score, "", "Good."))
                    for score in (4, 5)
                )
            )

    assert ProductReview.objects.count() == ROUNDS


def test_two_tabs_cannot_ask_more_than_one_may() -> None:
    make_product()
    asker = User.objects.create_user("asha@example.org", "a long pass phrase")
    with racing(2) as race:
        for number in range(ROUNDS):
            race(*(partial(asking, asker, f"{number}{side}?") for side in "ab"))

    assert Question.objects.count() == 5
    assert isinstance(asking(asker, "Once more?"), TooManyQuestions)


def asking(asker: User, text: str) -> Question | TooManyQuestions:
    try:
        return ask(asker, Product.objects.get(), text=text, now=now())
    except TooManyQuestions as refusal:
        return refusal
