"""The ports of the shop's programs on this machine."""

import json
import socket
from pathlib import Path

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
    Return the port this program had last time, or a new free one, which is then kept.

    A port that stays keeps the links in old mails and open payment pages working.
    """
    known: dict[str, int] = json.loads(file.read_text()) if file.exists() else {}
    if not is_free(known.get(name, 0)) or name not in known:
        known[name] = _any_free_port()
        file.write_text(json.dumps(known))
    return known[name]


def _any_free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])
