"""Every letter of the shop in both languages, set by its own code: for whoever writes them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext

from storefront.catalogue.models import Product
from storefront.core.clock import now
from storefront.core.money import grouped
from storefront.feedback.models import Question
from storefront.feedback.services import answered_context, asked_context
from storefront.fulfilment.models import Parcel
from storefront.fulfilment.services.letters import arrived_context, packed_context, sent_context
from storefront.notices.tasks import Letter, set_letter
from storefront.order.models import Order, SellerOrder
from storefront.order.rules import OrderState
from storefront.order.services import letter_context
from storefront.payment.services.waiting import waiting_context
from storefront.wishes.models import Alert
from storefront.wishes.services import alert_context

# A letter carries its styles on its elements, as mail programs want them, and nothing that runs.
IN_A_LETTER = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'self'"
)


@dataclass(frozen=True, slots=True)
class Sample:
    """A real order, as letters in one language tell of it, and a part of it."""

    order: Order
    part: SellerOrder

    @property
    def parcel(self) -> Parcel:
        """Return the part's parcel; of one that has not left, as it might be."""
        sent = self.part.parcels.order_by("pk").first()
        return sent or Parcel(
            carrier="India Post", tracking_number="EU123456789IN", shipped_at=now()
        )

    @property
    def told(self) -> dict[str, Any]:
        """Return what every letter about the order says, and an amount of it."""
        return letter_context(self.order) | {"amount": grouped(self.order.total_incl_tax)}

    @property
    def cancelled(self) -> dict[str, Any]:
        """Return the order as one whose pieces are taken back."""
        with translation.override(self.order.language):
            why = gettext("I changed my mind")
        return self.told | {"why": why, "has_left": False, "is_all": True}

    @property
    def money(self) -> dict[str, Any]:
        """Return what a seller is told about a payout."""
        bank = {"utr": "SBIN126000123456", "why": "Account closed"}
        return self.told | bank | {"url": f"{settings.SHOP_URL}/seller/money/"}

    @property
    def desk(self) -> dict[str, Any]:
        """Return what a seller is told about a part."""
        url = f"{settings.SHOP_URL}/seller/orders/{self.part.number}/"
        return self.cancelled | {"number": self.part.number, "url": url}

    def alert(self, letter: str) -> dict[str, Any]:
        """Return a letter about a piece of the order; its real link ends or confirms something."""
        wanted = Alert(product_id=self._product.pk, language=self.order.language)
        told, rooms = alert_context(wanted, letter), self.link("alerts/")
        button = told["url"] if letter == "alert_back" else rooms["url"]
        return told | {"alert_url": rooms["url"], "url": button}

    @property
    def question(self) -> Question:
        """Return what somebody might ask about a piece, and be told."""
        return Question(
            pk=0,
            product=self._product,
            language=self.order.language,
            text=gettext("Can I use it every day?"),
            answer=gettext("Yes. Wipe it dry when you are done."),
        )

    @property
    def _product(self) -> Product:
        product = self.order.lines.order_by("pk")[0].product
        assert product is not None, "a sample tells of what is still there"
        return product

    def link(self, address: str) -> dict[str, Any]:
        """Return what a letter about an account says; the real link lets somebody in."""
        url = f"{settings.SHOP_URL}/{self.order.language}/account/{address}"
        return {"email": self.order.email, "url": url}


SAMPLES: dict[str, Callable[[Sample], dict[str, Any]]] = {
    "order_received": lambda of: waiting_context(of.order),
    "order_confirmed": lambda of: of.told,
    "order_packed": lambda of: packed_context(of.part),
    "order_shipped": lambda of: sent_context(of.part, of.parcel),
    "order_delivered": lambda of: arrived_context(of.part),
    "order_cancelled": lambda of: of.cancelled,
    "refund_failed": lambda of: of.told,
    "money_back": lambda of: of.told,
    "cash_code": lambda of: (
        of.told
        | {
            "code": "123456",
            "parcels": [{"seller": of.part.seller.name, "amount": of.told["amount"]}],
        }
    ),
    "cash_twice": lambda of: of.told,
    "paid_instead": lambda of: of.told,
    "account_password_reset_key": lambda of: of.link("password/reset/"),
    "account_email_confirmation": lambda of: of.link("confirm-email/"),
    "account_unknown_account": lambda of: of.link("signup/"),
    "alert_confirm": lambda of: of.alert("alert_confirm"),
    "alert_back": lambda of: of.alert("alert_back"),
    "question_answered": lambda of: answered_context(of.question),
    "question_asked": lambda of: (
        asked_context(of.question, of.order.language) | {"url": f"{settings.SHOP_URL}/seller/"}
    ),
    "order_on_hold": lambda of: of.desk,
    "part_cancelled": lambda of: of.desk,
    "seller_paid": lambda of: of.money,
    "seller_not_paid": lambda of: of.money,
}


def sheet(request: HttpRequest) -> HttpResponse:
    """
    Show every letter in both languages, as HTML in a frame and as text.

    Raises:
        Http404: this is not the maker's own machine.
    """
    _check_place()
    letters = [
        {"name": name, "language": language, "letter": letter}
        for name in SAMPLES
        for language, _ in settings.LANGUAGES
        if (letter := sample_letter(name, language))
    ]
    return render(request, "pages/letters.html", {"letters": letters})


def page(request: HttpRequest, name: str, language: str) -> HttpResponse:
    """
    Show one letter's HTML, for the frame.

    Raises:
        Http404: there is no such letter, no order to tell of, or this is not the maker's machine.
    """
    _check_place()
    known = name in SAMPLES and language in dict(settings.LANGUAGES)
    letter = sample_letter(name, language) if known else None
    if letter is None:
        raise Http404
    return HttpResponse(letter.html, headers={"Content-Security-Policy": IN_A_LETTER})


def sample_letter(name: str, language: str) -> Letter | None:
    """Return a letter about the newest order that was paid; nothing if there is none."""
    paid = Order.objects.select_related("shipping_address", "user").exclude(
        status=OrderState.PENDING_PAYMENT
    )
    order = paid.filter(seller_orders__isnull=False).order_by("-pk").first()
    if order is None:
        return None
    # Only in memory: the buyer's own letters stay as they were.
    order.language, order.user = language, None
    part = order.seller_orders.select_related("seller").order_by("pk")[0]
    part.order = order
    with translation.override(language):
        return set_letter(name, language, SAMPLES[name](Sample(order, part)))


def _check_place() -> None:
    if not settings.STYLEGUIDE:
        raise Http404
