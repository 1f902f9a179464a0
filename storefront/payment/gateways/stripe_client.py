"""Stripe's SDK as the shop asks it: a client that is kept, and answers as plain objects."""

from functools import lru_cache
from threading import get_ident
from typing import Any

import stripe
from django.conf import settings
from requests import Session
from requests.utils import get_environ_proxies

from storefront.payment.gateways import stripe_reading as reading

# The SDK's own version: its types, and the offline double, are of exactly this one.
API_VERSION = "2026-10-28.endive"
TIMEOUT_SECONDS = (3.05, 15)
# While a buyer looks at an empty screen: a look takes two or three calls, none of them repeated.
AWAITED_SECONDS = (1, 1.5)

stripe.enable_telemetry = False


def client(*, is_awaited: bool = False) -> stripe.StripeClient:
    """Return this thread's client; `is_awaited`: somebody looks at an empty screen meanwhile."""
    seconds, retries = (AWAITED_SECONDS, 0) if is_awaited else (TIMEOUT_SECONDS, 2)
    key, api_base = settings.STRIPE_SECRET_KEY, settings.STRIPE_API_BASE
    return _kept_client(key, api_base, seconds, retries, get_ident())


@lru_cache(maxsize=64)
def _kept_client(
    key: str, api_base: str, seconds: tuple[float, float], retries: int, thread: int
) -> stripe.StripeClient:
    """Return a thread's client; it keeps its connections: to open one costs as much as to ask."""
    addresses: Any = {"api": api_base} if api_base else {}
    return stripe.StripeClient(
        key,
        stripe_version=API_VERSION,
        max_network_retries=retries,
        http_client=stripe.RequestsClient(timeout=seconds, session=_session(api_base)),
        base_addresses=addresses,
    )


def _session(api_base: str) -> Session:
    """Return a session that has read the proxies of the environment, once and not at each call."""
    session = Session()
    session.proxies.update(get_environ_proxies(api_base or stripe.DEFAULT_API_BASE))
    session.trust_env = False
    return session


def ask(asked: stripe.StripeClient, method: str, path: str, **told: Any) -> Any:
    """
    Return Stripe's answer as plain objects.

    The SDK's own objects cost three times as much as to ask, and a buyer waits for these.
    """
    return reading.plain(asked.raw_request(method, path, **told).body)
