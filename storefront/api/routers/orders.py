"""An order after it was placed: look, pay, say that a part arrived, cancel."""

from django.http import HttpRequest
from django.utils.translation import gettext
from ninja import Router

from storefront.api.errors import mistake
from storefront.api.keys import OptionalKey
from storefront.api.queries import placed_order, placed_part
from storefront.api.schemas.cancelling import CancelIn, CancelQuoteOut, quote_out
from storefront.api.schemas.order import CodeIn, OrderOut, PaymentOut, order_out, payment_out
from storefront.core.clock import now
from storefront.core.doors import came_from
from storefront.fulfilment.services import say_arrived
from storefront.order.models import Order
from storefront.order.queries import order_view
from storefront.order.rules import Asker, OrderState
from storefront.order.services import Wish
from storefront.payment import services as payment
from storefront.payment.queries import attempts_of, refunds_of

router = Router(tags=["Orders"])
# A whole order is cancelled once, whoever asks how often.
WHOLE = "whole"


@router.get("/orders/{slug:token}", response=OrderOut)
def order(request: HttpRequest, token: str) -> OrderOut:
    """Show an order: how far it is, what is in it, where to pay."""
    return shown(placed_order(token))


@router.post("/orders/{slug:token}/pay", response=PaymentOut)
def pay(request: HttpRequest, token: str) -> PaymentOut:
    """Open a payment page: for an unpaid order, or one to be paid at the door and not sent yet."""
    found, asker = placed_order(token), came_from(request)
    return payment_out(payment.page_to_pay(found, now=now(), came_from=asker))


@router.post("/orders/{slug:token}/door", response=OrderOut)
def pay_at_door(request: HttpRequest, token: str) -> OrderOut:
    """Pay an unpaid order at the door instead: its page is closed, and a code is sent."""
    payment.pay_at_door(placed_order(token), now=now(), came_from=came_from(request))
    return shown(placed_order(token))


@router.post("/orders/{slug:token}/code", response=OrderOut)
def type_code(request: HttpRequest, token: str, payload: CodeIn) -> OrderOut:
    """Confirm a cash order by the code of the letter; asked twice, it is confirmed once."""
    payment.confirm_promise(placed_order(token), code=payload.code, now=now())
    return shown(placed_order(token))


@router.post("/orders/{slug:token}/code/new", response=OrderOut)
def new_code(request: HttpRequest, token: str) -> OrderOut:
    """Send another code; the one before ends."""
    payment.ask_code(placed_order(token), now=now())
    return shown(placed_order(token))


@router.post("/orders/{slug:token}/parts/{slug:number}/arrived", response=OrderOut)
def arrived(request: HttpRequest, token: str, number: str) -> OrderOut:
    """Say that a part paid online has arrived; asked twice, nothing more happens."""
    say_arrived(placed_part(token, number), by=None, now=now())
    return shown(placed_order(token))


@router.post("/orders/{slug:token}/cancel/quote", response=CancelQuoteOut)
def cancel_quote(
    request: HttpRequest, token: str, payload: CancelIn | None = None
) -> CancelQuoteOut:
    """Say what would come back of a paid order; nothing is cancelled by asking."""
    return quote_out(payment.plan(placed_order(token), _wish(payload or CancelIn(), key="")))


@router.post("/orders/{slug:token}/cancel", response=OrderOut)
def cancel(
    request: HttpRequest,
    token: str,
    payload: CancelIn | None = None,
    idempotency_key: OptionalKey = None,
) -> OrderOut:
    """
    Cancel an order, or pieces of a paid one; what was paid for them comes back.

    Sent again with the same key, nothing more happens. A whole order needs no key. The basket of
    an unpaid order can be used again.
    """
    wanted, order = payload or CancelIn(), placed_order(token)
    if wanted.pieces is None and order.status == OrderState.CANCELLED:
        return shown(order)
    if wanted.pieces is not None and idempotency_key is None:
        raise mistake(gettext("Please give this."), "header", "Idempotency-Key")
    wish = _wish(wanted, key=idempotency_key or WHOLE)
    if wanted.pieces is None:
        payment.call_off(order, wish=wish)
    else:
        payment.cancel(order, wish=wish)
    return shown(placed_order(token))


def _wish(wanted: CancelIn, *, key: str) -> Wish:
    return Wish(
        key=key,
        asker=Asker.BUYER,
        why=wanted.reason,
        words=wanted.words,
        pieces=wanted.counts(),
        expected=wanted.expected_refund.rupees if wanted.expected_refund else None,
    )


def shown(found: Order) -> OrderOut:
    """Return an order as JSON, with the payment page that is open."""
    attempts = attempts_of(found)
    refunds = refunds_of(found, attempts)
    return order_out(order_view(found), attempts=attempts, refunds=refunds)
