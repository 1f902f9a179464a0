"""Reading the body of a request: JSON, in UTF-8, of characters that can be kept."""

import json
from typing import Any

from django.http import HttpRequest
from ninja.parser import Parser

from storefront.core.text import is_storable, texts_in


class UnstorableText(ValueError):
    """There is a character in it that no database keeps."""


class Reader(Parser):
    """Ninja's reader, strict about characters."""

    def parse_body(self, request: HttpRequest) -> Any:
        """
        Return what the body says.

        Raises:
            ValueError: it is no JSON.
            UnstorableText: NUL or half a character in any of its texts.
        """
        told = json.loads(request.body.decode())
        if not all(map(is_storable, texts_in(told))):
            raise UnstorableText
        return told
