"""A guest's basket: whoever holds its token can fill it."""

from django.http import Http404, HttpRequest
from django.utils.translation import gettext
from ninja import Router, Status

from storefront.api.errors import mistake
from storefront.api.queries import guest_basket
from storefront.api.schemas.basket import (
    BasketOut,
    LineIn,
    PinProblem,
    PriceOut,
    QuantityIn,
    QuoteIn,
    VoucherIn,
    basket_out,
    price_out,
)
from storefront.atlas.models import State
from storefront.atlas.queries import pin_facts
from storefront.atlas.rules import clean_mobile
from storefront.basket import services
from storefront.basket.models import Basket
from storefront.basket.queries import basket_view
from storefront.checkout.queries import options, purchase_in, summary
from storefront.core.clock import now, today

router = Router(tags=["Baskets"])


@router.post("/baskets", response={201: BasketOut})
def make_basket(request: HttpRequest) -> Status[BasketOut]:
    """Make an empty basket; keep its token."""
    return Status(201, basket_out(basket_view(services.ensure_basket(user=None, token=""))))


@router.get("/baskets/{slug:token}", response=BasketOut)
def basket(request: HttpRequest, token: str) -> BasketOut:
    """Show a basket by seller, at today's prices, with what is wrong and what to do."""
    return basket_out(basket_view(_open(token)))


@router.post("/baskets/{slug:token}/lines", response={201: BasketOut})
def add_line(request: HttpRequest, token: str, payload: LineIn) -> Status[BasketOut]:
    """Put pieces into a basket; the same product adds up on one line."""
    found = _open(token)
    services.add(
        found,
        product_id=payload.product_id,
        quantity=payload.quantity,
        story=payload.story,
    )
    return Status(201, basket_out(basket_view(found)))


@router.patch("/baskets/{slug:token}/lines/{int:line_id}", response=BasketOut)
def change_line(request: HttpRequest, token: str, line_id: int, payload: QuantityIn) -> BasketOut:
    """Change how many pieces a line has, at today's price."""
    found = _open(token)
    if not found.lines.filter(pk=line_id).exists():
        raise Http404
    services.set_quantity(found, line_id=line_id, quantity=payload.quantity)
    return basket_out(basket_view(found))


@router.delete("/baskets/{slug:token}/lines/{int:line_id}", response=BasketOut)
def remove_line(request: HttpRequest, token: str, line_id: int) -> BasketOut:
    """Take a line out; one that is gone already is no error."""
    found = _open(token)
    services.set_quantity(found, line_id=line_id, quantity=0)
    return basket_out(basket_view(found))


@router.post("/baskets/{slug:token}/hold", response=BasketOut)
def hold_pieces(request: HttpRequest, token: str) -> BasketOut:
    """Start the checkout: keep the pieces until `held_until`. Asked again, the time starts anew."""
    found = _open(token)
    services.hold(found, now=now())
    return basket_out(basket_view(found))


@router.post("/baskets/{slug:token}/vouchers", response={201: BasketOut})
def add_voucher(request: HttpRequest, token: str, payload: VoucherIn) -> Status[BasketOut]:
    """Put a voucher into a basket; the same again is no error."""
    found = _open(token)
    services.add_voucher(found, code=payload.code)
    return Status(201, basket_out(basket_view(found)))


@router.delete("/baskets/{slug:token}/vouchers/{str:code}", response=BasketOut)
def remove_voucher(request: HttpRequest, token: str, code: str) -> BasketOut:
    """Take a voucher out; one that is gone already is no error."""
    found = _open(token)
    services.remove_voucher(found, code=code)
    return basket_out(basket_view(found))


@router.post("/baskets/{slug:token}/quote", response=PriceOut)
def quote(request: HttpRequest, token: str, payload: QuoteIn) -> PriceOut:
    """Tell what a basket costs when sent to a state; nothing is kept."""
    found = _open(token)
    state = State.objects.filter(pk=payload.state).first()
    if state is None:
        raise mistake(gettext("There is no state with this code."), "body", "state")
    view = basket_view(found, email=payload.email)
    offer = summary(view, buyer_state=state.pk, today=today())
    known = {"pin": payload.pin, "email": payload.email, "phone": clean_mobile(payload.phone)}
    ways = options(offer, purchase_in(offer, today=today(), **known))
    return price_out(view, found=ways, pin_problem=_pin_problem(payload.pin))


def _pin_problem(pin: str) -> PinProblem | None:
    """Return why no parcel goes to a PIN code, if it is known and none does."""
    facts = pin_facts(pin) if pin else None
    if facts is None or not facts.unserved_because:
        return None
    return PinProblem(code="pin-not-served", text=facts.problem_text)


def _open(token: str) -> Basket:
    """
    Return a guest's open basket.

    Raises:
        NoSuchBasket: nobody's token, or a signed-in person's.
        BasketIsClosed: it was ordered.
    """
    found = guest_basket(token)
    if found.status != Basket.OPEN:
        raise services.BasketIsClosed(gettext("This basket was ordered already."))
    return found
