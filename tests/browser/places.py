"""Where the pages of the shop are, and who opens them; and the addresses that are no page."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

from tests.browser.settled import Who

FORMS, DATA, LEADS = "takes forms only", "is for programs", "leads to another page"


@dataclass(frozen=True, slots=True)
class Place:
    """
    A page, or a page in one of its states.

    `of` names what stands in its address where that is not the usual thing; `path` is an address
    that has no route. A letter (`is_mail`) is shown by mail programs, with their own focus.
    """

    route: str
    who: Who = Who.GUEST
    query: str = ""
    of: str = ""
    status: int = 200
    path: str = ""
    is_mail: bool = False

    def __str__(self) -> str:
        """Name it in a test's report."""
        return " ".join(filter(None, (self.of or self.route, self.path or self.query)))


_OF_ALL = (
    *("home", "districts", "district", "crafts", "craft", "makers", "maker", "stories", "story"),
    *("collections", "collection", "draft", "story-tag"),
    *("help", "how-search-works", "about", "contact", "delivery", "returns", "terms", "privacy"),
    *("grievance", "shop", "product", "product-delivery", "reviews", "search", "basket", "offline"),
    *("order", "order-cancel", "alert-ask", "alert"),
    *("account_login", "account_signup", "account_inactive", "account_email_verification_sent"),
    *("account_confirm_email", "account_reset_password", "account_reset_password_done"),
    *("account_reset_password_from_key", "account_reset_password_from_key_done"),
    *("styleguide", "pictures", "all-letters"),
)
_OF_BUYERS = (
    *("account", "my-orders", "addresses", "address-new", "address", "address-delete", "letters"),
    *("my-data", "erase", "wishes", "alerts", "my-reviews", "review-write", "my-questions"),
    *("question-ask", "account_logout", "account_email", "account_change_password"),
    *("account_reauthenticate", "mfa_activate_totp"),
)
_OF_SELLERS = (
    *("desk", "desk-orders", "desk-order", "desk-order-cancel", "desk-money", "desk-payout"),
    *("desk-products", "desk-product", "desk-questions", "desk-question"),
    *("mfa_index", "mfa_reauthenticate", "mfa_deactivate_totp", "mfa_view_recovery_codes"),
    "mfa_generate_recovery_codes",
)
_OF_STAFF = (
    *("ways-to-pay", "staff-questions", "payouts", "payout-batch", "payout-statement", "money"),
    "staff-take-back",
)
PLACES = (
    *(Place(route) for route in _OF_ALL),
    *(Place(route, Who.BUYER) for route in _OF_BUYERS),
    *(Place(route, Who.SELLER) for route in _OF_SELLERS),
    *(Place(route, Who.STAFF) for route in _OF_STAFF),
    Place("letter", is_mail=True),
    Place("checkout", Who.CUSTOMER),
    Place("mfa_authenticate", Who.HALFWAY),
    # The last look: the page does not look again by itself.
    Place("order-paid", query="look=12", of="order unpaid"),
    # States in which a page is another one
    Place("basket", Who.CUSTOMER),
    Place("checkout", Who.BUYER),
    Place("shop", query="district=moradabad&in_stock=1"),
    Place("search", query="q=lota"),
    Place("search", query="q=xyzzy"),
    Place("product", of="product sold out"),
    Place("product", of="product gone", status=410),
    Place("collection", of="collection empty"),
    Place("draft", of="draft ended", status=410),
    Place("story", of="story behind a password"),
    Place("product-delivery", query="pin=208001"),
    Place("order", of="order unpaid"),
    Place("order", of="order at the door"),
    Place("order", of="order cancelled"),
    # What went wrong
    Place("wagtail_serve", path="no-such-page/", status=404),
    Place("search", query="q=%FF", status=400),
    Place("desk", Who.BUYER, status=403),
)
# Pages whose form is sent with nothing typed
MISTAKES = (
    Place("checkout", Who.CUSTOMER),
    *map(Place, ("alert-ask", "account_login", "account_signup", "account_reset_password")),
    *(Place(route, Who.BUYER) for route in ("address-new", "review-write", "question-ask")),
    *(Place(route, Who.BUYER) for route in ("erase", "account_change_password")),
    *(Place(route, Who.SELLER) for route in ("desk-product", "desk-question")),
    Place("mfa_authenticate", Who.HALFWAY),
)
NO_PAGE = {
    **dict.fromkeys(
        (
            *(
                "set_language",
                "webhook",
                "desk-switch",
                "desk-product-describe",
                "story-read",
                "desk-product-measure",
            ),
            *("basket-add", "basket-line", "basket-vouchers", "basket-voucher"),
            *("order-pay", "order-door", "order-code", "order-new-code", "order-arrived"),
            *("order-again", "address-usual", "wish-add", "wish-remove", "wish-basket"),
        ),
        FORMS,
    ),
    **dict.fromkeys(
        (
            *(
                "/healthz",
                "/readyz",
                "/robots.txt",
                "/favicon.ico",
                "sitemap",
                "worker",
                "manifest",
            ),
            *("llms", "story-feed", "story-feed-atom", "story-tag-feed"),
            *("media", "suggest", "me", "mfa_download_recovery_codes"),
        ),
        DATA,
    ),
    **dict.fromkeys(
        (
            *("root", "/api/v1/", "/dashboard/login/", "/en/_util/login/"),
            "/^cms/password_reset/",
            *("account_set_password", "account_confirm_login_code"),
        ),
        LEADS,
    ),
}
# Not our pages: the API, Oscar's dashboard, Wagtail's way in and its documents, its admin.
LIBRARIES = ("shop_api:", "dashboard:", "wagtailcore_", "wagtaildocs_")
ADMIN = "/cms/"
VARIABLE = re.compile(r"<[^>]+>")


def routes() -> dict[str, str]:
    """
    Return every address that the shop knows, with a sample of it.

    The key is its name, or how it is written if it has none.
    """
    found = _patterns(get_resolver().url_patterns)
    return {
        name: sample
        for name, sample in found
        if not name.startswith(LIBRARIES) and not sample.startswith(ADMIN)
    }


def _patterns(
    patterns: Iterable[URLPattern | URLResolver], before: str = "/", space: str = ""
) -> Iterator[tuple[str, str]]:
    for each in patterns:
        sample = before + VARIABLE.sub("1", str(each.pattern))
        if isinstance(each, URLResolver):
            inner = f"{space}{each.namespace}:" if each.namespace else space
            yield from _patterns(each.url_patterns, sample, inner)
        else:
            yield (space + each.name if each.name else sample), sample
