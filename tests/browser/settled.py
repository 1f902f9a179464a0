"""The town after a busy month: on every page of the shop there is something to see."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.tokens import default_token_generator
from django.test import Client
from wagtail.models import PageViewRestriction

from cms.draft_links import make_link
from cms.publish import write_collection, write_tag
from storefront.accounts.models import User
from storefront.catalogue.services import withdraw
from storefront.checkout.services import save_address
from storefront.core.clock import now
from storefront.feedback import services as feedback
from storefront.feedback.models import ProductReview
from storefront.fulfilment.services import say_arrived
from storefront.order.services import Where
from storefront.payment.services import open_page
from storefront.stock.rules import Reason
from storefront.stock.services import set_free
from storefront.wishes.services import ask_alert, wish
from tests.browser.town import PASSWORD, Town, add_asha
from tests.factories.cash import make_terms, order_cash
from tests.factories.catalogue import make_picture, make_product, make_state, stock_record
from tests.factories.orders import cancel_order, make_order, make_shipped, part_of
from tests.factories.pages import make_story
from tests.factories.payouts import make_draft, make_exported, make_owed
from tests.factories.people import authenticator_code

SECRET = "JBSWY3DPEHPK3PXP"


class Who(StrEnum):
    """Who opens a page."""

    GUEST = "guest"
    CUSTOMER = "guest with a full basket"
    BUYER = "buyer"
    HALFWAY = "seller whose second factor is asked for"
    SELLER = "seller"
    STAFF = "staff"


Arguments = dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Settled:
    """What stands in the addresses of pages, by the route's name, and the people's cookies."""

    arguments: Arguments
    cookies: dict[Who, dict[str, str]]


def settle(town: Town) -> Settled:
    """Let people buy, send, pay, say, ask and wait, as they do in the shop."""
    make_terms()
    asha = add_asha()
    arguments: Arguments = {
        "district": {"slug": "moradabad"},
        "craft": {"slug": "brassware"},
        "maker": {"slug": town.lota.artisan.slug},
        **_stories(town),
        "letter": {"name": "order_confirmed", "language": "hi"},
        **_products(town),
        **_orders(town, asha),
        **_account(town, asha),
        **_said(town, asha),
        **_payouts(town),
    }
    return Settled(arguments, _cookies(town, asha))


def _stories(town: Town) -> Arguments:
    river, fire = write_tag("Rivers", "नदियाँ"), write_tag("Fire", "आग", text_hi="आँच का काम।")
    story = make_story([town.lota], language="hi", tags=[river, fire])
    make_story([town.lota], slug="by-the-river", title="By the river", tags=[river, fire])
    for language in ("en", "hi"):
        facts = {"title": "For Deepavali", "intro": "Brass that takes the flame twice."}
        write_collection("gifts", language=language, picks=[town.lota.pk], **facts)
        write_collection("nothing", language=language, picks=[], **facts)
        closed = make_story(slug="closed", language=language)
        PageViewRestriction.objects.create(
            page=closed, restriction_type="password", password="marigold"
        )
    link, ended = (make_link(story, by=town.staff, days=days, at=now()) for days in (7, 0))
    return {
        "story": {"slug": story.slug},
        "story behind a password": {"slug": "closed"},
        "story-tag": {"slug": fire.slug},
        "collection": {"slug": "gifts"},
        "collection empty": {"slug": "nothing"},
        "draft": {"key": link.token},
        "draft ended": {"key": ended.token},
    }


def _products(town: Town) -> Arguments:
    gone = make_product(seller=town.brass, title_en="Old lamp", title_hi="पुराना दीया")
    withdraw(gone)
    bell = stock_record(town.bell)
    set_free(bell, free=0, version=bell.version, by=None, reason=Reason.EDIT)
    lota = {"slug": town.lota.slug, "product_id": town.lota.pk}
    return {
        "product": lota,
        "product-delivery": lota,
        "reviews": lota,
        "product gone": {"slug": gone.slug, "product_id": gone.pk},
        "product sold out": {"slug": town.bell.slug, "product_id": town.bell.pk},
        "desk-product": {"record_id": stock_record(town.lota).pk},
    }


def _orders(town: Town, asha: User) -> Arguments:
    bought = make_order(town.lota, town.stole, user=asha)
    say_arrived(make_shipped(part_of(bought, town.brass)), by=None, now=now())
    unpaid = make_order(town.lota, is_paid=False)
    open_page(unpaid.attempts.get())
    part = {"number": part_of(bought, town.brass).number}
    return {
        "order": {"token": bought.token},
        "order-cancel": {"token": bought.token},
        "order unpaid": {"token": unpaid.token},
        "order cancelled": {"token": cancel_order(make_order(town.lota, is_paid=False)).token},
        "order at the door": {"token": order_cash(town.lota).token},
        "staff-take-back": {"number": bought.number},
        "desk-order": part,
        "desk-order-cancel": part,
    }


def _account(town: Town, asha: User) -> Arguments:
    where = Where(
        name="Asha Verma",
        phone="+919876543210",
        line1="12 Hazratganj",
        line2="",
        town="Lucknow",
        pin="226001",
        state=make_state(),
    )
    address = {"address_id": save_address(asha, where).pk}
    wish(asha, product_id=town.lota.pk)
    facts: dict[str, Any] = {"email": "", "language": "en", "came_from": "", "now": now()}
    ask_alert(town.bell.pk, user=asha, **facts)
    alert = ask_alert(town.bell.pk, user=None, **(facts | {"email": "guest@example.org"}))
    other = EmailAddress.objects.create(user=town.staff, email="asif.ali@example.org")
    return {
        "address": address,
        "address-delete": address,
        "alert": {"token": alert.token},
        "alert-ask": {"product_id": town.bell.pk},
        "account_confirm_email": {"key": str(EmailConfirmationHMAC(other).key)},
        "account_reset_password_from_key": {
            "uidb36": user_pk_to_url_str(asha),
            "key": default_token_generator.make_token(asha),
        },
    }


def _said(town: Town, asha: User) -> Arguments:
    words = feedback.Words(4, "Heavier than it looks", "It rings when you tap it.")
    photo = make_picture().file.read()
    review = feedback.write_review(asha, town.lota, words=words, photos=[photo])
    review.status = ProductReview.APPROVED
    review.save()
    answered = feedback.ask(asha, town.lota, text="Does it need lining?", now=now())
    feedback.answer(answered, text="No, it is solid brass.", by=town.staff, now=now())
    open_question = feedback.ask(asha, town.lota, text="Is it made in one piece?", now=now())
    product = {"product_id": town.lota.pk}
    return {
        "review-write": product,
        "question-ask": product,
        "desk-question": {"question_id": open_question.pk},
    }


def _payouts(town: Town) -> Arguments:
    make_owed(town.brass)
    payout = make_exported().payouts.get()
    make_owed(town.silk)
    make_draft()
    return {
        "desk-payout": {"payout_id": payout.pk},
        "payout-batch": {"batch_id": payout.batch_id},
        "payout-statement": {"batch_id": payout.batch_id, "payout_id": payout.pk},
    }


def _cookies(town: Town, asha: User) -> dict[Who, dict[str, str]]:
    """Let everybody come in by the door that is theirs."""
    meera = User.objects.get(email="meera@example.org")
    TOTP.activate(meera, SECRET)
    RecoveryCodes.activate(meera)
    halfway, seller = _signed_in(meera), _signed_in(meera)
    seller.post("/en/account/2fa/authenticate/", {"code": authenticator_code(SECRET)})
    seller.post("/en/account/reauthenticate/", {"password": PASSWORD})
    customer, buyer = Client(), _signed_in(asha)
    for client in (customer, buyer):
        client.post(
            "/en/basket/add/",
            {"product_id": town.lota.pk, "quantity": 2},
            headers={"sec-fetch-site": "same-origin"},
        )
    opened: dict[Who, Client] = {
        Who.GUEST: Client(),
        Who.CUSTOMER: customer,
        Who.BUYER: buyer,
        Who.HALFWAY: halfway,
        Who.SELLER: seller,
        Who.STAFF: _signed_in(town.staff),
    }
    return {
        who: {name: morsel.value for name, morsel in client.cookies.items()}
        for who, client in opened.items()
    }


def _signed_in(user: User) -> Client:
    client = Client()
    client.post("/en/account/login/", {"login": user.email, "password": PASSWORD})
    client.post("/en/account/reauthenticate/", {"password": PASSWORD})
    return client
