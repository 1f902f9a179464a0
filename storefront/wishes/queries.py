"""Wish lists and stock alerts as their owners see them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from storefront.accounts.models import User
from storefront.catalogue.models import Product
from storefront.catalogue.queries import Card, cards_of
from storefront.catalogue.rules import ProductState
from storefront.wishes.models import Alert, WishLine
from storefront.wishes.rules import OPEN


@dataclass(frozen=True, slots=True)
class Wish:
    """One thing on a wish list; without a card it is no longer sold, and only its name is left."""

    id: int
    title: str
    card: Card | None


@dataclass(frozen=True, slots=True)
class AlertView:
    """A letter somebody waits for."""

    token: str
    card: Card


def wishes_of(user: User) -> list[Wish]:
    """Return what a person wishes for, the newest first; two queries however many there are."""
    lines = list(
        WishLine.objects.filter(wishlist__owner=user).select_related("product").order_by("-pk")
    )
    cards = _live_cards(line.product for line in lines)
    return [
        Wish(
            id=line.pk,
            title=line.product.title if line.product else line.title,
            card=cards.get(line.product_id or 0),
        )
        for line in lines
    ]


def wish_of(user: User, wish_id: int) -> WishLine | None:
    """Return one thing on a person's own list."""
    return WishLine.objects.filter(wishlist__owner=user, pk=wish_id).first()


def alerts_of(user: User) -> list[AlertView]:
    """Return the letters a person waits for, the newest first; two queries."""
    alerts = list(open_alerts(user).select_related("product").order_by("-pk"))
    cards = _live_cards(alert.product for alert in alerts)
    return [
        AlertView(alert.token, cards[alert.product_id])
        for alert in alerts
        if alert.product_id in cards
    ]


def open_alerts(user: User) -> QuerySet[Alert]:
    """Return the alerts of a person that may still become a letter."""
    return Alert.objects.filter(user=user, state__in=OPEN)


def alert_by_token(token: str) -> Alert | None:
    """Return the alert of a link."""
    return Alert.objects.select_related("product", "user").filter(token=token).first()


def card_of(product: Product) -> Card | None:
    """Return a product's card, if it can be bought or could be again."""
    return next(iter(cards_of([product.pk])), None) if product.is_public else None


def _live_cards(products: Iterable[Product | None]) -> dict[int, Card]:
    live = [each.pk for each in products if each and each.state == ProductState.LIVE]
    return {card.id: card for card in cards_of(live)}
