"""What the double answers has the shape of the Stripe library's own classes."""

import typing

import pytest
import stripe

from fixtures.stripe_double import endpoints, schema
from fixtures.stripe_double.webhooks import SHOP_EVENTS

CLASSES = {
    cls.OBJECT_NAME: cls
    for cls in (
        stripe.Balance,
        stripe.BalanceTransaction,
        stripe.Charge,
        stripe.Customer,
        stripe.Dispute,
        stripe.Event,
        stripe.LineItem,
        stripe.ListObject,
        stripe.PaymentIntent,
        stripe.Payout,
        stripe.Price,
        stripe.Refund,
        stripe.WebhookEndpoint,
        stripe.radar.EarlyFraudWarning,
        stripe.checkout.Session,
    )
}
EVENT_TYPES = set(typing.get_args(stripe.Event.__annotations__["type"]))
# A list says what it is; the library leaves that key out of its class.
KEYS_OF_A_LIST = {"object", "data", "has_more", "url"}


def misfits(body: object, hint: object, path: str) -> list[str]:
    """Return the paths where a body has a key its class lacks, or lacks a key it must have."""
    if isinstance(body, list):
        return [found for row in body for found in misfits(row, hint, path)]
    if not isinstance(body, dict):
        return []
    known = hints_of(body, hint)
    if known is None:
        return [] if "UntypedStripeObject" in str(hint) else [f"{path}: no class"]
    needed = {name for name, kind in known.items() if type(None) not in typing.get_args(kind)}
    found = [f"{path}.{name}: stray" for name in body.keys() - known.keys()]
    found += [f"{path}.{name}: missing" for name in needed - body.keys()]
    for name in body.keys() & known.keys():
        found += misfits(body[name], known[name], f"{path}.{name}")
    return found


def hints_of(body: dict, hint: object) -> dict[str, object] | None:
    """Return the annotations of the class a body belongs to: by its `object`, or by the hint."""
    name = str(body.get("object"))
    if name == "list":
        return dict.fromkeys(KEYS_OF_A_LIST, list)
    found = [CLASSES[name]] if name in CLASSES else nested_classes(hint)
    hints = {key: kind for cls in found for key, kind in cls.__annotations__.items()}
    hints.pop("OBJECT_NAME", None)
    return hints if found else None


def nested_classes(hint: object) -> list[type]:
    """Return the Stripe classes an annotation names."""
    if isinstance(hint, type) and issubclass(hint, stripe.StripeObject):
        return [hint] if hint.__annotations__ else []
    return [cls for part in typing.get_args(hint) for cls in nested_classes(part)]


@pytest.fixture
def everything(client, double, order):
    """Return one of everything the double can show, as plain dicts."""
    shown = []
    for card in ("4242424242424242", "4000000000000002", "4000002500003155", "4000000000000259"):
        session = client.checkout.sessions.create(order())
        double.pay(session.id, card)
        paths = ["line_items", "payment_intent.latest_charge.balance_transaction"]
        shown.append(client.checkout.sessions.retrieve(session.id, {"expand": paths}))
    waiting, later = (client.checkout.sessions.create(order()) for _ in range(2))
    double.pay(waiting.id, "4000002500003155", challenge="leave")
    double.pay_later(later.id)
    slow = client.checkout.sessions.create(order())
    double.pay(slow.id, "4000000000005126")
    intent = client.checkout.sessions.retrieve(slow.id).payment_intent
    client.refunds.create({"payment_intent": intent, "metadata": {"refund": "1"}})
    double.clock(advance=61)
    client.customers.create({"name": "A", "address": {"city": "Agra"}})
    double.dispute("win", charge=client.disputes.list().data[0].charge)
    double.dispute("fraud", session=slow.id)
    double.payout_fails(double.payout(amount=500)["id"])
    client.payouts.cancel(double.payout(amount=500, automatic=False)["id"])
    double.payout(amount=500)
    double.clock(advance=2 * 86_400)
    shown.append(client.balance.retrieve())
    lists = [
        client.payment_intents,
        client.charges,
        client.refunds,
        client.disputes,
        client.balance_transactions,
        client.payouts,
        client.customers,
        client.radar.early_fraud_warnings,
        client.events,
        client.webhook_endpoints,
        client.checkout.sessions,
    ]
    pages = [listing.list({"limit": 100}) for listing in lists]
    return [body.to_dict() for body in (*shown, *pages)]


def test_every_object_fits_its_class(everything):
    found = {row for body in everything for row in misfits(body, None, body["object"])}

    kinds = {
        row["object"] for body in everything if body["object"] == "list" for row in body["data"]
    }
    assert found == set()
    assert kinds == CLASSES.keys() - {"balance", "list", "item", "price"}


def test_the_check_itself_sees_a_stray_and_a_missing_key():
    body = {"object": "refund", "id": "re_1", "amount": 1, "created": 1, "colour": "red"}

    assert sorted(misfits(body, None, "refund")) == [
        "refund.colour: stray",
        "refund.currency: missing",
    ]


def test_every_event_type_is_one_of_the_librarys(everything, client):
    told = {event.type for event in client.events.list({"limit": 100}).auto_paging_iter()}

    assert set(SHOP_EVENTS) <= EVENT_TYPES
    assert told <= EVENT_TYPES
    assert len(told) >= 15


def test_every_endpoint_played_is_an_endpoint_of_the_library():
    known = {(route.verb, route.template) for route in schema.routes()}

    assert endpoints.HANDLERS.keys() <= known
