"""A front end of another make: it speaks JSON, keeps no cookie and has no CSRF token."""

import json
from typing import Any

import pytest
from django.test import Client

from tests.factories.purchase import make_post

Json = dict[str, Any]


class Caller:
    """Calls the API and keeps nothing between two calls."""

    def get(self, address: str, **headers: str) -> Any:
        return self._client().get(self._path(address), headers=headers)

    def post(self, address: str, body: Any = None, **headers: str) -> Any:
        return self.send("post", address, json.dumps(body or {}), **headers)

    def patch(self, address: str, body: Any) -> Any:
        return self.send("patch", address, json.dumps(body))

    def delete(self, address: str) -> Any:
        return self._client().delete(self._path(address))

    def send(self, method: str, address: str, raw: str | bytes, **headers: str) -> Any:
        call = getattr(self._client(), method)
        return call(self._path(address), data=raw, content_type="application/json", headers=headers)

    def order(self, body: Json, *, key: str = "key-1", **headers: str) -> Any:
        """Place an order under a key."""
        return self.post("orders", body, **{"idempotency-key": key}, **headers)

    def basket_of(self, *product_ids: int, quantity: int = 1) -> Json:
        """Return a new basket with so many of each product."""
        basket: Json = self.post("baskets").json()
        for product_id in product_ids:
            line = {"product_id": product_id, "quantity": quantity}
            basket = self.post(f"baskets/{basket['token']}/lines", line).json()
        return basket

    @staticmethod
    def _client() -> Client:
        return Client(enforce_csrf_checks=True)

    @staticmethod
    def _path(address: str) -> str:
        # What the API gives out is whole; what a test writes is short.
        return address if "://" in address else f"/api/v1/{address}"


@pytest.fixture
def api() -> Caller:
    return Caller()


@pytest.fixture
def post_office() -> None:
    """Lucknow's and Delhi's PIN codes, and what delivery costs."""
    make_post()


def order_of(basket: Json, total: str, **address: str) -> Json:
    """Return the body of an order of a guest in Lucknow, total in rupees."""
    return {
        "basket_token": basket["token"],
        "contact": {
            "name": "Asha Verma",
            "email": "asha@example.org",
            "phone": "98765 43210",
        },
        "address": {
            "line1": "12 Hazratganj",
            "town": "Lucknow",
            "pin": "226001",
            "state": "09",
        }
        | address,
        "expected_total": {"amount": total, "currency": "INR"},
    }
