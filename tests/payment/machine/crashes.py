"""
A process that dies at a chosen moment.

The moments are where a crash leaves something half done: before and after a commit, before and
after a write outside of any transaction, before a request to the provider and after the
provider did it but before its answer is read. Nothing in the shop is changed for that: commits
and statements are Django's own connection, requests are those of the HTTP library.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import requests
from django.db import connection
from requests.adapters import HTTPAdapter
from requests.structures import CaseInsensitiveDict

from fixtures.stripe_double import api
from fixtures.stripe_double.double import Double
from fixtures.stripe_double.errors import HangUp


class Crash(BaseException):
    """The process is dead: no `except Exception` may live on with it."""


class Fate:
    """
    Counts the moments and dies at the one that was chosen, once.

    `only_answers` is for an experiment: no other moment counts than before an answer is read.
    """

    def __init__(self, *, only_answers: bool = False) -> None:
        self.only_answers = only_answers
        self.left: int | None = None
        self.deaths = 0

    def moment(self, *, is_answer: bool = False) -> None:
        """Die now, if this is the moment."""
        if self.left is None or (self.only_answers and not is_answer):
            return
        if self.left > 0:
            self.left -= 1
            return
        self.left = None
        self.deaths += 1
        _forget_connection()
        raise Crash

    def run(self, job: Callable[[], Any], *, dies_at: int | None) -> Any:
        """Run a job in a process that dies at a moment, if it comes to it; then start anew."""
        self.left = dies_at and dies_at % 2 if self.only_answers else dies_at
        try:
            return job()
        except Crash:
            return None
        finally:
            self.left = None
            if connection.connection is not None and connection.connection.closed:
                connection.connection = None


@contextmanager
def mortal(fate: Fate, double: Double) -> Iterator[None]:
    """Let what runs inside be able to die, and speak to the double without a socket."""
    commit, send = connection.commit, HTTPAdapter.send

    def dying_commit() -> None:
        fate.moment()
        commit()
        fate.moment()

    def dying_write(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        if connection.in_atomic_block or sql.startswith("SELECT"):
            return execute(sql, params, many, context)
        fate.moment()
        done = execute(sql, params, many, context)
        fate.moment()
        return done

    def dying_send(_adapter: Any, request: Any, **_options: Any) -> requests.Response:
        assert not connection.in_atomic_block, "no request to the provider inside a transaction"
        fate.moment()
        answer = _ask(double, request)
        fate.moment(is_answer=True)
        return answer

    connection.commit = dying_commit
    HTTPAdapter.send = dying_send
    try:
        with connection.execute_wrapper(dying_write):
            yield
    finally:
        HTTPAdapter.send = send
        del connection.commit


def _ask(double: Double, request: Any) -> requests.Response:
    """Hand a request that the SDK has ready for the wire to the double's own door."""
    parts = urlsplit(request.url)
    headers = {name.lower(): str(value) for name, value in request.headers.items()}
    body = request.body or b""
    body = body.encode() if isinstance(body, str) else body
    call = api.Call(request.method, parts.path, parts.query, headers, body)
    try:
        reply = api.answer(double, call)
    except HangUp as error:
        raise requests.ConnectionError from error
    answer = requests.Response()
    answer.status_code, answer.headers = reply.status, CaseInsensitiveDict(reply.headers)
    answer._content, answer.request, answer.url = reply.body, request, request.url
    return answer


def _forget_connection() -> None:
    """Drop the connection as a dead process does: the server rolls back what was not committed."""
    connection.run_on_commit.clear()
    connection.run_commit_hooks_on_set_autocommit_on = False
    if connection.connection is not None:
        connection.connection.close()
    connection.closed_in_transaction = True
