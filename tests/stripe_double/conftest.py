"""A running offline Stripe, the real Stripe library pointed at it, and a shop that listens."""

import http.client
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
import stripe

from fixtures.stripe_double.runner import OfflineStripe, running

SECRET = "whsec_tests_of_the_double"
KEY = "sk_test_zila_offline"


@dataclass
class Shop:
    """Stands for the shop's webhook address: keeps what arrives, answers what it is told."""

    url: str
    received: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)

    def events(self) -> list[Any]:
        """Return the events that arrived, each with its signature verified."""
        return [
            stripe.Webhook.construct_event(body, headers["Stripe-Signature"], SECRET)
            for headers, body in list(self.received)
        ]

    def types(self) -> list[str]:
        """Return the types of the events that arrived, in order."""
        return [event.type for event in self.events()]

    def wait(self, count: int) -> None:
        """Wait until so many deliveries came in."""
        wait_until(lambda: len(self.received) >= count)


@dataclass
class Page:
    """What a visitor without JavaScript gets."""

    status: int
    headers: dict[str, str]
    html: str


class Visitor:
    """Fetches hosted pages and posts their forms; follows no redirect by itself."""

    def get(self, url: str, language: str = "en") -> Page:
        """Open a page."""
        return self._ask("GET", url, None, {"Accept-Language": language})

    def post(self, url: str, **form: str) -> Page:
        """Send a form."""
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._ask("POST", url, urlencode(form), headers)

    def _ask(self, verb: str, url: str, body: str | None, headers: dict[str, str]) -> Page:
        parts = urlsplit(url)
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=10)
        connection.request(verb, parts.path, body, headers)
        answer = connection.getresponse()
        html = answer.read().decode()
        connection.close()
        return Page(answer.status, dict(answer.headers.items()), html)


def wait_until(condition: Callable[[], bool], seconds: float = 8.0) -> None:
    """Wait for something that happens in another process. Raises: AssertionError: it does not."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)


@pytest.fixture(scope="session")
def _shop_server() -> Iterator[Shop]:
    shop = Shop("")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status = shop.answers.pop(0) if shop.answers else 200
            shop.received.append((dict(self.headers.items()), body))
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the base class's name
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    shop.url = f"http://127.0.0.1:{server.server_port}/webhooks/stripe/"
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield shop
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def _running(
    tmp_path_factory: pytest.TempPathFactory, _shop_server: Shop
) -> Iterator[OfflineStripe]:
    folder = tmp_path_factory.mktemp("stripe double")
    with running(folder, _shop_server.url, SECRET) as double:
        yield double


@pytest.fixture
def double(_running: OfflineStripe) -> OfflineStripe:
    """Return the offline Stripe with nothing in it."""
    _running.reset()
    return _running


@pytest.fixture
def shop(double: OfflineStripe, _shop_server: Shop) -> Shop:
    """Return the shop's webhook address with nothing received."""
    _shop_server.received.clear()
    _shop_server.answers.clear()
    return _shop_server


@pytest.fixture
def client(double: OfflineStripe) -> Any:
    """Return the real Stripe client with the offline base address."""
    return client_for(double)


def client_for(double: OfflineStripe, key: str = KEY, **options: Any) -> Any:
    """Return a Stripe client for a double."""
    return stripe.StripeClient(key, base_addresses={"api": double.url}, **options).v1


@pytest.fixture
def connect() -> Callable[..., Any]:
    """Return a maker of Stripe clients with other keys, versions or retries."""
    return client_for


@pytest.fixture
def order() -> Callable[..., dict[str, Any]]:
    """Return a maker of session parameters: an order of ₹2,489.00."""
    return session_params


def session_params(**changes: Any) -> dict[str, Any]:
    """Return what the shop sends to open a session, with changes."""
    price = {
        "currency": "inr",
        "unit_amount": 248_900,
        "product_data": {"name": "Order CH-7K3Q9W (3 items)"},
    }
    address = {"line1": "12 Chowk", "city": "Varanasi", "state": "Uttar Pradesh"}
    address |= {"postal_code": "221001", "country": "IN"}
    intent = {
        "description": "Order CH-7K3Q9W",
        "metadata": {"attempt": "a1"},
        "statement_descriptor_suffix": "CH7K3Q9W",
        "shipping": {"name": "आशा देवी", "phone": "+919000000000", "address": address},
    }
    params = {
        "mode": "payment",
        "ui_mode": "hosted_page",
        "locale": "en",
        "client_reference_id": "a1",
        "customer_email": "asha@example.in",
        "success_url": "http://127.0.0.1:8000/pay/return/a1/?cs={CHECKOUT_SESSION_ID}",
        "cancel_url": "http://127.0.0.1:8000/basket/?from=pay&again=1",
        "expires_at": int(time.time()) + 35 * 60,
        "line_items": [{"quantity": 1, "price_data": price}],
        "metadata": {"order": "CH-7K3Q9W", "attempt": "a1"},
        "payment_intent_data": intent,
    }
    return {name: value for name, value in {**params, **changes}.items() if value is not None}


@pytest.fixture
def session(client: Any) -> Any:
    """Return an open session of ₹2,489.00."""
    return client.checkout.sessions.create(session_params())


@pytest.fixture
def paid(client: Any, double: OfflineStripe, session: Any) -> Any:
    """Return a session paid with the plain test card, its PaymentIntent and charge expanded."""
    double.pay(session.id)
    return client.checkout.sessions.retrieve(
        session.id, {"expand": ["payment_intent.latest_charge"]}
    )


@pytest.fixture
def visitor() -> Visitor:
    """Return a browser without JavaScript."""
    return Visitor()


@pytest.fixture
def until() -> Callable[..., None]:
    """Return the waiting function."""
    return wait_until
