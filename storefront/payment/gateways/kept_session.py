"""Connections to a provider, kept by each thread."""

from requests import Session
from requests.utils import get_environ_proxies


def session_for(address: str) -> Session:
    """Return a session that reads the environment's proxies for an address once, not each time."""
    session = Session()
    session.proxies.update(get_environ_proxies(address))
    session.trust_env = False
    return session
