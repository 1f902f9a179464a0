"""The client that asks Stripe: one a thread, through the proxy that the environment names."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, HTTPServer, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from storefront.payment.gateways.stripe import StripeGateway

BALANCE = b'{"object": "balance", "available": [{"currency": "inr", "amount": 5}], "pending": []}'


class Proxy(BaseHTTPRequestHandler):
    """Answers in Stripe's place, and notes what it was asked to fetch."""

    protocol_version = "HTTP/1.1"
    asked: list[str]
    callers: list[int]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.callers.append(self.client_address[1])
        self.send_response(200)
        self.send_header("Content-Length", str(len(BALANCE)))
        self.end_headers()
        self.wfile.write(BALANCE)

    def log_message(self, *_: Any) -> None:
        """Stay silent."""


@pytest.fixture
def proxy() -> Iterator[HTTPServer]:
    Proxy.asked, Proxy.callers = [], []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Proxy)
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def test_stripe_is_asked_through_the_proxy_of_the_environment(
    proxy: HTTPServer, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.STRIPE_API_BASE = "http://stripe.example"
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{proxy.server_port}")

    assert StripeGateway().holds() == 5
    assert Proxy.asked == ["http://stripe.example/v1/balance"]


def test_a_host_that_needs_no_proxy_is_asked_directly(
    proxy: HTTPServer, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.STRIPE_API_BASE = f"http://127.0.0.1:{proxy.server_port}"
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("no_proxy", "127.0.0.1")

    assert StripeGateway().holds() == 5
    assert Proxy.asked == ["/v1/balance"]


def test_a_thread_keeps_its_connection_and_shares_it_with_none(
    proxy: HTTPServer, settings: Any
) -> None:
    settings.STRIPE_API_BASE = f"http://127.0.0.1:{proxy.server_port}"

    with ThreadPoolExecutor(1) as one, ThreadPoolExecutor(1) as other:
        for thread in (one, one, other):
            thread.submit(StripeGateway().holds).result()

    assert len(Proxy.asked) == 3
    assert len(set(Proxy.callers)) == 2
