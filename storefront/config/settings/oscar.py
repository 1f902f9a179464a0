"""Oscar's settings: prices include tax, rupees only, slugs readable."""

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from oscar.defaults import *  # noqa: F403 -- Oscar's documented way of taking its defaults

from storefront.config.environment import read_environment

OSCAR_SHOP_NAME = "Zila"
OSCAR_DEFAULT_CURRENCY = "INR"
OSCAR_FROM_EMAIL = read_environment().email_from
OSCAR_ALLOW_ANON_CHECKOUT = True
# Prices include GST, so discounts must too: with the default a 10 % offer takes 11.2 %.
OSCAR_OFFERS_INCL_TAX = True
OSCAR_SLUG_FUNCTION = "storefront.core.slugs.readable_slug"
OSCAR_THUMBNAILER = "storefront.media.thumbnails.LibraryThumbnailer"
OSCAR_ALLOW_ANON_REVIEWS = False
OSCAR_MODERATE_REVIEWS = True
OSCAR_DELETE_IMAGE_FILES = False
OSCAR_HOMEPAGE = reverse_lazy("home")
# One field for the whole name: a family name is nobody's duty here.
OSCAR_REQUIRED_ADDRESS_FIELDS = tuple(  # type: ignore[assignment]  # one shorter than Oscar's
    field
    for field in OSCAR_REQUIRED_ADDRESS_FIELDS  # noqa: F405 -- from oscar.defaults
    if field != "last_name"
)
OSCAR_SAVE_SENT_EMAILS_TO_DB = False
# The statuses and their moves are in order/rules.py; Oscar's dashboard only shows them.
OSCAR_ORDER_STATUS_PIPELINE = {"pending-payment": (), "confirmed": (), "cancelled": ()}
OSCAR_LINE_STATUS_PIPELINE: dict[str, tuple[str, ...]] = {}
OSCAR_ACCOUNTS_REDIRECT_URL = "account"
# Pages are Wagtail's: Oscar's own page editor is not installed, so its link goes.
for _entry in OSCAR_DASHBOARD_NAVIGATION:  # noqa: F405 -- from oscar.defaults
    _entry["children"] = [
        child
        for child in _entry.get("children", [])
        if child.get("url_name") != "dashboard:page-list"
    ]
OSCAR_DASHBOARD_NAVIGATION += [  # noqa: F405 -- from oscar.defaults
    {
        "label": label,
        "icon": f"fas fa-{icon}",
        "url_name": name,
        "access_fn": lambda user, *_, right=right: user.has_perm(right),
    }
    for label, icon, name, right in (
        (_("Money and jobs"), "rupee-sign", "money", "payment.view_refund"),
        (_("Ways to pay"), "hand-holding", "ways-to-pay", "payment.view_refund"),
        (_("Questions"), "question", "staff-questions", "reviews.view_productreview"),
        (_("Paying sellers"), "university", "payouts", "payouts.view_payoutbatch"),
    )
]
# Oscar's own last step there depends on flat pages, which are not installed.
MIGRATION_MODULES = {"customer": "storefront.accounts.customer_migrations"}
