"""Addresses, and all that the shop knows of a person, in one piece."""

from typing import Any

from django.db.models import Model, QuerySet

from storefront.accounts.models import Consent, User
from storefront.checkout.queries import kept_addresses
from storefront.feedback.models import ProductReview, Question
from storefront.order.models import Order, SellerOrder
from storefront.order.queries import address_lines, orders_of
from storefront.order.rules import OrderState, SellerOrderState
from storefront.wishes.models import Alert, WishLine

_S = SellerOrderState
UNDER_WAY = (_S.WAITING, _S.ACCEPTED, _S.PACKED, _S.SHIPPED)


def has_orders_under_way(user: User) -> bool:
    """Return whether an order of this person still has to be paid, sent or to arrive."""
    unpaid = Order.objects.filter(user=user, status=OrderState.PENDING_PAYMENT)
    parts = SellerOrder.objects.filter(order__user=user, order__status=OrderState.CONFIRMED)
    return unpaid.exists() or parts.filter(state__in=UNDER_WAY).exists()


def data_of(user: User) -> dict[str, Any]:
    """Return all that the shop knows of a person, as plain values for a file."""
    return {
        "account": {
            "name": user.get_full_name(),
            "email": user.email,
            "letters_in": user.language,
            "since": user.date_joined.isoformat(),
        },
        "addresses": [
            [*address_lines(each), each.first_name, str(each.phone_number or "")]
            for each in kept_addresses(user)
        ],
        "orders": [_order(order) for order in orders_of(user).select_related("shipping_address")],
        "wish_list": list(
            WishLine.objects.filter(wishlist__owner=user)
            .order_by("pk")
            .values_list("title", flat=True)
        ),
        "stock_alerts": _rows(Alert, "product__title_en", "email", "state", "asked_at", user=user),
        "reviews": _rows(
            ProductReview, "product__title_en", "score", "title", "body", "date_created", user=user
        ),
        "questions": _rows(Question, "product__title_en", "text", "asked_at", "answer", asker=user),
        "consent": _rows(Consent, "purpose", "is_given", "notice", "language", "at", user=user),
    }


def _rows(model: type[Model], *fields: str, **whose: User) -> list[dict[str, Any]]:
    """Return columns of a person's own rows."""
    return list(QuerySet(model).filter(**whose).order_by("pk").values(*fields))


def _order(order: Order) -> dict[str, Any]:
    address = order.shipping_address
    return {
        "number": order.number,
        "placed_at": order.date_placed.isoformat(),
        "status": order.status,
        "total": f"{order.total_incl_tax:.2f}",
        "currency": order.currency,
        "sent_to": [address.first_name, *address_lines(address)] if address else [],
        "lines": [{"title": line.title, "pieces": line.quantity} for line in order.lines.all()],
    }
