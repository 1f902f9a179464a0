"""The client that asks Stripe: one a thread, through the proxy that the environment names."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest

from storefront.payment.gateways.stripe_client import ask, client

BALANCE = b'{"object": "balance", "livemode": false}'


class Proxy(BaseHTTPRequestHandler):
    """Answers in Stripe's place, and notes what it was asked to fetch."""

    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(200)
        self.send_header("Content-Length", str(len(BALANCE)))
        self.end_headers()
        self.wfile.write(BALANCE)

    def log_message(self, *_: Any) -> None:
        """Stay silent."""


@pytest.fixture
def proxy() -> Iterator[HTTPServer]:
    Proxy.asked = []
    server = HTTPServer(("127.0.0.1", 0), Proxy)
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def test_stripe_is_asked_through_the_proxy_of_the_environment(
    proxy: HTTPServer, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.STRIPE_API_BASE = "http://stripe.example"
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{proxy.server_port}")

    found = ask(client(), "get", "/v1/balance")

    assert Proxy.asked == ["http://stripe.example/v1/balance"]
    assert found.livemode is False


def test_a_host_that_needs_no_proxy_is_asked_directly(
    proxy: HTTPServer, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.STRIPE_API_BASE = f"http://127.0.0.1:{proxy.server_port}"
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("no_proxy", "127.0.0.1")

    ask(client(), "get", "/v1/balance")

    assert Proxy.asked == ["/v1/balance"]


def test_a_thread_keeps_its_client_and_shares_it_with_none() -> None:
    with ThreadPoolExecutor(1) as other:
        theirs = other.submit(client).result()

    assert client() is client()
    assert client() is not theirs
    assert client(is_awaited=True) is not client()
