"""Somebody who reads one language, and sends the shop what makes no sense."""

import json
from html import unescape
from typing import Any

from django.test import Client
from django.utils import translation
from django.utils.translation import gettext

from storefront.basket.session import COOKIE
from storefront.core.models import Refused


class Reader:
    """Somebody who reads one language, at the shop's pages and through another front end."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.browser = Client(headers={"sec-fetch-site": "same-origin"})

    def says(self, answer: Any, status: int, sentence: str, **facts: Any) -> None:
        """Check an answer's status and what it tells in the reader's language."""
        assert answer.status_code == status
        told = json.dumps(answer.json(), ensure_ascii=False) if _is_json(answer) else _text(answer)
        assert self.words(sentence, **facts) in told

    def words(self, sentence: str, **facts: Any) -> str:
        """Return a sentence of the shop in the reader's language."""
        with translation.override(self.language):
            words = gettext(sentence)
        assert self.language == "en" or words != sentence
        return words % facts

    def posts(self, path: str, **form: Any) -> Any:
        return self.browser.post(f"/{self.language}/{path}", form)

    def opens(self, path: str) -> Any:
        return self.browser.get(f"/{self.language}/{path}")

    def calls(self, path: str, body: Any, **headers: str) -> Any:
        return Client(headers={"accept-language": self.language}).post(
            f"/api/v1/{path}", json.dumps(body), content_type="application/json", headers=headers
        )

    def holds(self, token: str) -> None:
        """Let the browser hold the basket of this token."""
        self.browser.cookies[COOKIE] = token


def _is_json(answer: Any) -> bool:
    return "json" in answer["Content-Type"]


def _text(answer: Any) -> str:
    return unescape(answer.content.decode())


def refused(door: str) -> dict[str, int]:
    """Return how many requests a door refused, by reason."""
    return dict(Refused.objects.filter(door=door).values_list("reason", "count"))
