"""A visitor: keeps cookies, follows redirects, fills in forms, looks at what came."""

import re
from collections.abc import Mapping
from html import unescape
from urllib.parse import urlencode, urljoin, urlsplit

from benchmarks.wire import Reply, Request, Transport

REDIRECTS = {301, 302, 303, 307, 308}
MOST_REDIRECTS = 5
_INPUT = re.compile(r"<input\b[^>]*>")
_ATTRIBUTE = re.compile(r"""\b(type|name|value)=["']([^"']*)["']""")


class UnexpectedError(Exception):
    """The shop answered something else than the benchmark means to measure."""


class Browser:
    """One visitor of one shop, known to the shop by `origin` (https://shop.example)."""

    def __init__(self, transport: Transport, origin: str) -> None:
        self._transport = transport
        self.origin = origin
        self.cookies: dict[str, str] = {}
        self.page = ""  # the address of what is shown now

    async def get(self, path: str) -> Reply:
        """Go to an address, and on to where it leads."""
        return await self._go("GET", path, b"")

    async def post(self, path: str, fields: Mapping[str, object]) -> Reply:
        """Send a form and go where it leads; a redirect to another host is returned as it is."""
        return await self._go("POST", path, urlencode(fields).encode())

    def form(self, path: str, fields: Mapping[str, object]) -> Request:
        """Return a form as it would be sent, without sending it."""
        return self._request("POST", path, urlencode(fields).encode())

    async def _go(self, method: str, path: str, body: bytes) -> Reply:
        for _ in range(MOST_REDIRECTS):
            reply = await self._transport.ask(self._request(method, path, body))
            self._remember(reply)
            if reply.status not in REDIRECTS:
                self.page = path
                return reply
            target = urlsplit(urljoin(self.origin + path, reply.location))
            if f"{target.scheme}://{target.netloc}" != self.origin:
                return reply
            path = target._replace(scheme="", netloc="", fragment="").geturl()
            method, body = "GET", b""
        raise UnexpectedError(f"{path} redirects for ever")

    def _request(self, method: str, path: str, body: bytes) -> Request:
        headers = headers_for(self.origin)
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if method == "POST":
            headers |= {
                "Content-Type": "application/x-www-form-urlencoded",
                "Origin": self.origin,
                "Sec-Fetch-Site": "same-origin",
            }
        if self.page:
            headers["Referer"] = self.origin + self.page
        return Request(method, path, headers, body)

    def _remember(self, reply: Reply) -> None:
        for cookie in reply.all("set-cookie"):
            name, _, rest = cookie.partition("=")
            self.cookies[name] = rest.partition(";")[0]


def headers_for(origin: str) -> dict[str, str]:
    """Return what a proxy in front of the shop would hand on."""
    parts = urlsplit(origin)
    return {"Host": parts.netloc, "X-Forwarded-Proto": parts.scheme, "Accept": "text/html"}


def hidden_fields(page: Reply) -> dict[str, str]:
    """Return a page's hidden form fields, such as the token against forgery."""
    inputs = (dict(_ATTRIBUTE.findall(tag)) for tag in _INPUT.findall(page.text))
    return {
        each["name"]: unescape(each.get("value", ""))
        for each in inputs
        if each.get("type") == "hidden" and "name" in each
    }


def expect(reply: Reply, *, shows: str, step: str, status: int = 200) -> Reply:
    """
    Return the reply if it is what the step should give.

    Raises:
        UnexpectedError: another status, or the words are not on the page.
    """
    if reply.status != status or shows not in reply.text:
        raise UnexpectedError(f"{step}: status {reply.status}, '{shows}' is not shown")
    return reply
