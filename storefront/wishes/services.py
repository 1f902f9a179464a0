"""Keeping wishes, promising letters and sending them: each once, however often it is asked."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext

from storefront.accounts.models import User
from storefront.accounts.queries import has_confirmed_address
from storefront.accounts.services import lock_person
from storefront.catalogue.models import Product
from storefront.catalogue.queries import main_picture_of
from storefront.catalogue.rules import ProductState
from storefront.core.refusals import Refusal
from storefront.notices import services as notices
from storefront.partner.models import StockRecord
from storefront.wishes.models import Alert, WishLine, WishList
from storefront.wishes.queries import card_of, open_alerts
from storefront.wishes.rules import (
    ENDED_KEPT,
    LETTERS_A_DAY,
    LETTERS_AN_HOUR,
    MOST_ALERTS,
    MOST_WISHES,
    OPEN,
    UNCONFIRMED_KEPT,
    AlertState,
    may_move,
)

# The clock has other things to do every few seconds; a minute later come the next ones.
AT_ONCE = 300


class CannotWish(Refusal):
    """The thing cannot go onto the list."""

    code = "cannot-wish"


class NothingToWaitFor(Refusal):
    """The product can be bought now, or will not be sold again."""

    code = "nothing-to-wait-for"


class TooManyAlerts(Refusal):
    """Too many letters were asked for."""

    code = "too-many-alerts"


@transaction.atomic(durable=True)
def wish(user: User, *, product_id: int) -> WishLine:
    """
    Put a product onto a person's wish list; once there, it stays there once.

    Raises:
        CannotWish: it is no longer sold, or the list is full.
    """
    # Who saves from two tabs at once still has one list.
    lock_person(user)
    product = Product.objects.live().filter(pk=product_id).first()
    if product is None:
        raise CannotWish(gettext("This is no longer sold."))
    kept = WishList.objects.filter(owner=user).order_by("pk").first()
    wishes = kept or WishList.objects.create(owner=user)
    found = wishes.lines.filter(product=product).first()
    if found is None and wishes.lines.count() >= MOST_WISHES:
        raise CannotWish(
            gettext("%(most)s things fit onto your wish list. Please remove one first.")
            % {"most": MOST_WISHES}
        )
    line: WishLine = found or wishes.lines.create(product=product, title=product.title)
    return line


def unwish(user: User, *, wish_id: int) -> None:
    """Take something off a person's own list; what is gone already is no error."""
    WishLine.objects.filter(wishlist__owner=user, pk=wish_id).delete()


@transaction.atomic(durable=True)
def ask_alert(
    product_id: int, *, user: User | None, email: str, language: str, came_from: str, now: datetime
) -> Alert:
    """
    Promise one letter for the day a product is back; asked twice, it stays one.

    Whoever is signed in with a confirmed address waits from now on. Any other address first gets
    a letter with a link, at most `LETTERS_A_DAY` of them.

    Raises:
        NothingToWaitFor: it can be bought now, or is no longer sold.
        TooManyAlerts: too many letters were asked for by one person, or from one place.
    """
    _check_sold_out(product_id)
    known = user if user and has_confirmed_address(user) else None
    wanted = Alert(
        product_id=product_id,
        user=known,
        email=user.email if user else email,
        language=language,
        state=AlertState.WAITING if known else AlertState.UNCONFIRMED,
        asked_from="" if known else _digest(came_from),
        asked_at=now,
        changed_at=now,
    )
    same = Alert.objects.filter(product=product_id, email__iexact=wanted.email, state__in=OPEN)
    asked = same.first()
    if asked is None:
        _check_limits(wanted, came_from, now)
        try:
            with transaction.atomic():
                wanted.save()
        except IntegrityError:  # the same person in another tab was faster
            asked = same.get()
    if asked is not None:
        return _own(asked, known, now) if known else asked
    if not known:
        _write(wanted, "alert_confirm")
    return wanted


@transaction.atomic(durable=True)
def confirm_alert(token: str, *, now: datetime) -> Alert | None:
    """Note that the address is its owner's; return the alert, if there is one."""
    return _move(token, AlertState.WAITING, now)


@transaction.atomic(durable=True)
def end_alert(token: str, *, now: datetime) -> Alert | None:
    """End an alert before its letter; return it, if there is one."""
    return _move(token, AlertState.ENDED, now)


@transaction.atomic(durable=True)
def tell_waiting(*, now: datetime) -> int:
    """
    Write to those whose product can be bought again, some at once; return how many.

    Letter and state change together, and each row is locked: run twice at once, it writes once.
    """
    back = Alert.objects.filter(
        state=AlertState.WAITING,
        product__state=ProductState.LIVE,
        product__stockrecords__num_in_stock__gt=F("product__stockrecords__num_allocated"),
    )
    due = list(
        back.select_for_update(of=("self",), skip_locked=True)
        .select_related("user")
        .order_by("pk")[:AT_ONCE]
    )
    for alert in due:
        _write(alert, "alert_back")
    told = Alert.objects.filter(pk__in=[alert.pk for alert in due])
    return told.update(state=AlertState.TOLD, changed_at=now)


def alert_context(alert: Alert, letter: str) -> dict[str, Any]:
    """Return what a letter about an alert says, in the language that was asked for."""
    with translation.override(alert.letters_in):
        product = Product.objects.annotate(picture=main_picture_of("pk")).get(pk=alert.product_id)
        card = card_of(product)
        piece = {
            "title": product.title,
            "quantity": 1,
            "price": card.price_text if card else "",
            "picture": product.picture,
            "url": settings.SHOP_URL + product.get_absolute_url(),
        }
        alert_url = settings.SHOP_URL + reverse("alert", args=[alert.token])
    return {
        "title": piece["title"],
        "lines": [piece],
        "alert_url": alert_url,
        # Where the letter's button leads.
        "url": alert_url if letter == "alert_confirm" else piece["url"],
    }


def forget_alerts(*, now: datetime) -> int:
    """Forget addresses that nobody confirmed, and alerts that ended long ago."""
    unconfirmed = Q(state=AlertState.UNCONFIRMED, asked_at__lt=now - UNCONFIRMED_KEPT)
    ended = Q(state__in=(AlertState.TOLD, AlertState.ENDED), changed_at__lt=now - ENDED_KEPT)
    return Alert.objects.filter(unconfirmed | ended).delete()[0]


def forget_person(user: User) -> None:
    """Delete what a person wishes and waits for; call it inside a transaction."""
    WishList.objects.filter(owner=user).delete()
    Alert.objects.filter(Q(user=user) | Q(email__iexact=user.email)).delete()


def _move(token: str, new: AlertState, now: datetime) -> Alert | None:
    alert = Alert.objects.select_for_update().filter(token=token).first()
    if alert is not None and may_move(AlertState(alert.state), new):
        alert.state, alert.changed_at = new, now
        alert.save(update_fields=["state", "changed_at"])
    return alert


def _own(alert: Alert, user: User, now: datetime) -> Alert:
    """Let an alert of this address be the person's, who has shown that the address is theirs."""
    alert.user, alert.state, alert.changed_at = user, AlertState.WAITING, now
    alert.save(update_fields=["user", "state", "changed_at"])
    return alert


def _check_sold_out(product_id: int) -> None:
    offered = StockRecord.objects.filter(product=product_id, product__state=ProductState.LIVE)
    record = offered.first()
    if record is None:
        raise NothingToWaitFor(gettext("This is no longer sold."))
    if record.free > 0:
        raise NothingToWaitFor(gettext("Good news: you can buy it right now."))


def _check_limits(wanted: Alert, came_from: str, now: datetime) -> None:
    if wanted.user is not None:
        is_full = open_alerts(wanted.user).count() >= MOST_ALERTS
    else:
        asked = Alert.objects.exclude(asked_from="")
        to_one = asked.filter(email__iexact=wanted.email, asked_at__gt=now - timedelta(days=1))
        by_one = asked.filter(asked_from=wanted.asked_from, asked_at__gt=now - timedelta(hours=1))
        is_full = to_one.count() >= LETTERS_A_DAY or (
            # Our own neighbours have no address that tells them apart.
            bool(came_from) and by_one.count() >= LETTERS_AN_HOUR
        )
    if is_full:
        raise TooManyAlerts(
            gettext("So many letters were asked for already. Please try again tomorrow.")
        )


def _digest(came_from: str) -> str:
    """Return a keyed digest: to count callers we need not know them."""
    return salted_hmac("stock-alerts", came_from, algorithm="sha256").hexdigest()


def _write(alert: Alert, letter: str) -> None:
    context = alert_context(alert, letter)
    notices.write(letter, to=alert.address, language=alert.letters_in, context=context)
