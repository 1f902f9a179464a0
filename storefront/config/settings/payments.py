"""How money comes in and goes back, and the plug points of other chapters."""

from decimal import Decimal

from storefront.config.environment import offline_port, read_environment

_ENVIRONMENT = read_environment()

STRIPE_SECRET_KEY = _ENVIRONMENT.stripe_secret_key
STRIPE_WEBHOOK_SECRETS = _ENVIRONMENT.stripe_webhook_secrets
STRIPE_API_BASE = _ENVIRONMENT.stripe_api_base or (
    f"http://127.0.0.1:{offline_port(_ENVIRONMENT)}" if _ENVIRONMENT.stripe_is_offline else ""
)
# The ways to pay, as buyers are offered them; the first is chosen for who chooses none.
PAYMENT_WAYS = [
    "storefront.payment.gateways.stripe.StripeGateway",
    "storefront.payment.gateways.cash.CashOnDelivery",
    "storefront.payment.gateways.nothing.NothingToPay",
]
# An unpaid order keeps its stock this long. Stripe's shortest session is 30 minutes.
PAYMENT_WINDOW_MINUTES = 35
# In rupees, GST included: what one person of the staff may give back of an order; more needs two.
REFUND_ALONE_UP_TO = Decimal(5000)
# An order to be paid at the door keeps its stock this long while its code is not typed.
CASH_CONFIRM_MINUTES = 30
# Each new page keeps the pieces for another half hour; that must come to an end.
PAYMENT_ATTEMPTS_AN_ORDER = 5
# Payments that one address, e-mail or phone may start in an hour.
PAYMENT_STARTS_AN_HOUR = _ENVIRONMENT.payment_starts_an_hour
# A parcel of which nobody says anything counts as arrived so many days after it left.
ARRIVED_AFTER_DAYS = _ENVIRONMENT.arrived_after_days
# What came broken, faulty or wrong may be told and sent back so many days after it arrived.
RETURN_DAYS = 7
# A seller is paid for a parcel so many days after it arrived, and never less than so many rupees
# at once. Never sooner than it may come back: a check of `payouts` says no.
PAYOUT_AFTER_DAYS = 7
PAYOUT_LEAST = Decimal(100)
# What `audit_money` adds up of chapters that payment does not know.
MONEY_CHECKS = ["storefront.payouts.services.audit.check_payouts"]
# What sending a product costs, for its page: products know no parcels.
DELIVERIES_OF_PRODUCT = "storefront.shipping.queries.reaches"
# The shop knows no pages; who keeps them tells it which stories sell a product.
STORIES_OF_PRODUCT = "cms.queries.stories_of_product"
SAID_OF_PRODUCT = "storefront.feedback.queries.said_of_product"
# … and takes offline what shows somebody who does not agree to it.
PAGES_FOLLOW_PEOPLE = "cms.taking_back.follow"
# … and what changes as soon as fewer names may be told, so that no kept answer tells them.
TOLD_OF_PEOPLE = "storefront.consent.queries.told_of_people"
# … and makes the search box forget words.
SEARCH_FORGETS = "storefront.search.services.forget_words"
# … and names the live pages that show somebody.
PAGES_OF_PERSON = "cms.taking_back.pages_showing"
# … and finds stories by words, for the search page.
STORY_SEARCH = "cms.queries.search_stories"
# … and tells their titles, whose words the search box knows.
STORY_TITLES = "cms.queries.story_titles"
