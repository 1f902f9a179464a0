"""The ports of the shop's programs on this machine."""

import socket
from pathlib import Path

from storefront.config.up.notes import read_notes, write_notes

LOOPBACK = "127.0.0.1"


def is_free(port: int) -> bool:
    """Whether a program may listen on this port of the loopback."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def kept_port(file: Path, name: str) -> int:
    """
    Return the port this program had last time, or a free one; and keep it.

    A port that stays keeps the links in old mails and open payment pages working.
    """
    known = read_notes(file)
    port = known.get(name)
    if not isinstance(port, int) or not is_free(port):
        port = _any_free_port()
    write_notes(file, known | {name: port})
    return port


def _any_free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])
