"""HTTP/1.1 over one kept-alive loopback connection: just enough, and cheap for the sender."""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

LOOPBACK = "127.0.0.1"
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding: *chunked", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Request:
    """What to ask."""

    method: str
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    def encoded(self) -> bytes:
        """Return the request as it goes over the wire."""
        lines = [f"{self.method} {self.path} HTTP/1.1"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        lines += [f"Content-Length: {len(self.body)}"] if self.body else []
        return "\r\n".join([*lines, "", ""]).encode() + self.body


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back; a chunked body keeps its chunk marks."""

    status: int
    head: bytes
    body: bytes

    def all(self, name: str) -> list[str]:
        """Return the values of a header, in order."""
        found = re.findall(
            rf"^{name}: *(.*?)\r?$", self.head.decode("latin-1"), re.IGNORECASE | re.MULTILINE
        )
        return [str(value) for value in found]

    @property
    def location(self) -> str:
        """Return where a redirect leads, or nothing."""
        return next(iter(self.all("location")), "")

    @property
    def text(self) -> str:
        """Return the body as text."""
        return self.body.decode("utf-8", "replace")


class Transport(Protocol):
    """What carries a request to a shop: a connection, or the shop inside this process."""

    async def ask(self, request: Request) -> Reply:
        """Return the reply."""
        ...


class Connection(asyncio.Protocol):
    """One connection, opened when first needed and again when the server closed it."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._link: asyncio.Transport | None = None
        self._coming = bytearray()
        self._end = 0  # where the reply ends, once its length is known
        self._waiting: asyncio.Future[Reply] | None = None

    async def ask(self, request: Request) -> Reply:
        """Return the reply. Raises: ConnectionError: the server hung up."""
        return await self.send(request.encoded())

    async def send(self, request: bytes) -> Reply:
        """Return the reply to an encoded request. Raises: ConnectionError: the server hung up."""
        loop = asyncio.get_running_loop()
        if self._link is None:
            await loop.create_connection(lambda: self, LOOPBACK, self.port)
        assert self._link is not None
        self._waiting = loop.create_future()
        self._link.write(request)
        return await self._waiting

    def close(self) -> None:
        """Hang up."""
        if self._link is not None:
            self._link.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the link."""
        assert isinstance(transport, asyncio.Transport)
        self._link = transport

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell who waits."""
        self._link = None
        self._coming.clear()
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_exception(ConnectionError("the server hung up"))

    def data_received(self, data: bytes) -> None:
        """Collect until a whole reply is there."""
        self._coming += data
        head_end = self._coming.find(b"\r\n\r\n") + 4
        if head_end < 4:
            return
        if not self._end:
            length = _LENGTH.search(self._coming, 0, head_end)
            if length:
                self._end = head_end + int(length[1])
            elif not _CHUNKED.search(self._coming, 0, head_end):
                self._end = head_end
            elif self._coming.endswith(b"\r\n0\r\n\r\n"):
                self._end = len(self._coming)
        if self._end and len(self._coming) >= self._end:
            self._hand_over(head_end)

    def _hand_over(self, head_end: int) -> None:
        reply = Reply(
            status=int(self._coming[9:12]),
            head=bytes(self._coming[:head_end]),
            body=bytes(self._coming[head_end : self._end]),
        )
        del self._coming[: self._end]
        self._end = 0
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(reply)
