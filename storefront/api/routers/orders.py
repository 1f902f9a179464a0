"""An order after it was placed: look, pay, cancel."""

from django.http import HttpRequest
from django.utils.translation import gettext
from ninja import Router

from storefront.api.queries import placed_order
from storefront.api.schemas.order import CodeIn, OrderOut, PaymentOut, order_out, payment_out
from storefront.core.clock import now
from storefront.core.doors import came_from
from storefront.core.refusals import Refusal
from storefront.order.models import Order
from storefront.order.queries import order_view
from storefront.payment import services as payment
from storefront.payment.queries import attempts_of

router = Router(tags=["Orders"])


class CannotCancel(Refusal):
    """Money has come or is on its way."""

    code = "cannot-cancel"


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


@router.post("/orders/{slug:token}/cancel", response=OrderOut)
def cancel(request: HttpRequest, token: str) -> OrderOut:
    """Cancel an unpaid order: its basket can be used again. Asked twice, nothing more happens."""
    if not payment.give_up(placed_order(token), reason="cancelled by the buyer"):
        raise CannotCancel(
            gettext("This order is paid or being paid, so it cannot be cancelled here.")
        )
    return shown(placed_order(token))


def shown(found: Order) -> OrderOut:
    """Return an order as JSON, with the payment page that is open."""
    return order_out(order_view(found), attempts=attempts_of(found))
