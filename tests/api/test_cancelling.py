"""Cancelling pieces of a paid order through the API: once for each key, refused in words."""

import pytest

from fixtures.stripe_double.runner import OfflineStripe
from storefront.fulfilment import services as fulfilment
from storefront.payment.models import Refund
from tests.api.conftest import Caller, Json
from tests.payment.cancelling.steps import Bought, buy_both, place_again
from tests.payment.faults.money import hear
from tests.payment.steps import attempt_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("post_office")]
KEY = {"idempotency-key": "key-1"}


@pytest.fixture
def bought(stripe_double: OfflineStripe, post_office: None) -> Bought:
    return buy_both(stripe_double)


def path(bought: Bought) -> str:
    return f"orders/{bought.order.token}/cancel"


def lotas(bought: Bought, quantity: int = 1, **more: object) -> Json:
    return {"pieces": [{"line": bought.line(bought.lotas).pk, "quantity": quantity}], **more}


def test_asking_says_what_would_come_back_and_cancels_nothing(api: Caller, bought: Bought) -> None:
    line = bought.line(bought.lotas).pk

    answer = api.post(f"{path(bought)}/quote", lotas(bought, 3))

    assert answer.json() == {
        "pieces": [
            {"line": line, "quantity": 3, "goods": {"amount": "2040.85", "currency": "INR"}}
        ],
        "delivery": {"amount": "60.00", "currency": "INR"},
        "refund": {"amount": "2100.85", "currency": "INR"},
    }
    assert Refund.objects.count() == 0


def test_pieces_are_cancelled_once_for_a_key_and_the_order_shows_it(
    api: Caller, bought: Bought
) -> None:
    told = {"amount": "680.29", "currency": "INR"}
    body = lotas(bought, 1, reason="too-slow", expected_refund=told)

    first = api.post(path(bought), body, **KEY)
    again = api.post(path(bought), body, **KEY)

    assert first.status_code == 200
    assert again.json() == first.json()
    line = first.json()["parts"][0]["lines"][0]
    assert (line["id"], line["quantity"], line["cancelled"]) == (
        bought.line(bought.lotas).pk,
        3,
        1,
    )
    (refund,) = first.json()["refunds"]
    assert (refund["amount"], refund["state"]) == (told, "new")
    bought.look()
    order = api.get(f"orders/{bought.order.token}").json()
    assert order["refunds"][0]["state"] == "succeeded"


def test_the_same_key_with_other_pieces_is_refused(api: Caller, bought: Bought) -> None:
    api.post(path(bought), lotas(bought, 1), **KEY)

    answer = api.post(path(bought), lotas(bought, 2), **KEY)

    assert (answer.status_code, answer.json()["code"]) == (409, "idempotency-key-reused")
    assert bought.line(bought.lotas).cancelled_quantity == 1


def test_pieces_need_a_key_and_a_whole_order_none(api: Caller, bought: Bought) -> None:
    without = api.post(path(bought), lotas(bought))
    whole = [api.post(path(bought)) for _ in range(2)]

    assert without.status_code == 422
    assert without.json()["errors"][0]["loc"] == ["header", "Idempotency-Key"]
    assert [each.json()["state"] for each in whole] == ["cancelled", "cancelled"]
    assert Refund.objects.get().amount_paise == 357_000


def test_a_line_named_twice_is_added_up(api: Caller, bought: Bought) -> None:
    piece = lotas(bought)["pieces"][0]

    answer = api.post(path(bought), {"pieces": [piece, piece]}, **KEY)

    assert answer.json()["parts"][0]["lines"][0]["cancelled"] == 2


@pytest.mark.parametrize(
    ("pieces", "status", "code"),
    [
        ([{"line": 999_999_999, "quantity": 1}], 422, "no-such-line"),
        ([], 422, "invalid"),
        ([{"line": 1, "quantity": 0}], 422, "invalid"),
        ([{"line": 1, "quantity": 1.5}], 422, "invalid"),
        ([{"line": 10**30, "quantity": 1}], 422, "invalid"),
    ],
)
def test_pieces_that_make_no_sense_are_a_problem(
    api: Caller, bought: Bought, pieces: list[Json], status: int, code: str
) -> None:
    answer = api.post(path(bought), {"pieces": pieces}, **KEY)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer["Content-Type"] == "application/problem+json"
    assert Refund.objects.count() == 0


def test_every_refusal_has_its_code_and_words_in_both_languages(
    api: Caller, bought: Bought, stripe_double: OfflineStripe
) -> None:
    unpaid = place_again(bought, lotas=1)
    found = {}

    def ask(name: str, order: Bought, quantity: int = 1, **more: object) -> None:
        body = lotas(order, quantity, **more)
        told = [
            api.post(f"{path(order)}?lang={language}", body, **{"idempotency-key": name})
            for language in ("en", "hi")
        ]
        assert {each.status_code for each in told} == {409}
        found[name] = told[0].json()["code"]
        assert told[0].json()["detail"] != told[1].json()["detail"]

    ask("unpaid", unpaid)
    ask("too-many", bought, 4)
    ask("other-amount", bought, expected_refund={"amount": "1.00", "currency": "INR"})
    fulfilment.pack(bought.part(bought.brass), by=None)
    ask("packed", bought)
    stripe_double.dispute(session=attempt_of(bought.placed).provider_session)
    hear(stripe_double)
    cloth = bought.line(bought.dupatta).pk
    body = {"pieces": [{"line": cloth, "quantity": 1}]}
    answer = api.post(path(bought), body, **KEY)
    found["disputed"] = answer.json()["code"]

    assert found == {
        "unpaid": "not-paid-yet",
        "too-many": "too-many-pieces",
        "other-amount": "total-changed",
        "packed": "too-late-to-cancel",
        "disputed": "charge-disputed",
    }


def test_what_is_cancelled_already_is_said(api: Caller, bought: Bought) -> None:
    api.post(path(bought), lotas(bought, 3), **KEY)

    answer = api.post(path(bought), lotas(bought, 1), **{"idempotency-key": "key-2"})

    assert (answer.status_code, answer.json()["code"]) == (409, "already-cancelled")
    assert answer.json()["detail"] == "This was cancelled already."
