"""An order after it was placed: look, pay, cancel."""

from django.http import HttpRequest
from django.utils.translation import gettext
from ninja import Router

from storefront.api.queries import open_attempt, placed_order
from storefront.api.schemas.order import OrderOut, PaymentOut, order_out, payment_out
from storefront.core.clock import now
from storefront.core.refusals import Refusal
from storefront.order.models import Order
from storefront.order.queries import order_view
from storefront.payment import services as payment

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
    """Open a payment page for an unpaid order; while one is open, that one comes back."""
    return payment_out(payment.page_to_pay(placed_order(token), now=now()))


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
    return order_out(order_view(found), open_attempt=open_attempt(found))
