"""What the double knows survives a kill, and stays quick when there is much of it."""

import time

import pytest
import stripe

from fixtures.stripe_double.runner import running
from fixtures.stripe_double.store import Query, Store


def test_a_killed_double_comes_back_with_everything(tmp_path, connect, order, shop):
    options = {"idempotency_key": "att:1:create"}
    params = order()
    with running(tmp_path) as first:
        client = connect(first)
        made = client.checkout.sessions.create(params, options)
        first.clock(advance=100)
        first.pay(made.id)
        first.process.kill()
        first.process.wait()

    with running(tmp_path, shop.url, "whsec_tests_of_the_double") as second:
        client = connect(second)
        kept = client.checkout.sessions.retrieve(made.id)
        replayed = client.checkout.sessions.create(params, options)
        ahead = second.health()["now"] - time.time()

    assert (kept.status, kept.payment_status) == ("complete", "paid")
    assert replayed.last_response.body == made.last_response.body
    assert ahead > 90


def test_events_not_delivered_before_a_kill_are_delivered_after(tmp_path, connect, order, shop):
    with running(tmp_path, "http://127.0.0.1:9/nobody/", "whsec_old") as first:
        made = connect(first).checkout.sessions.create(order())
        connect(first).checkout.sessions.expire(made.id)
        first.process.kill()
        first.process.wait()

    with running(tmp_path, shop.url, "whsec_tests_of_the_double"):
        shop.wait(1)

    assert [e.data.object.id for e in shop.events()] == [made.id]


def test_a_taken_port_is_said_clearly(tmp_path, double):
    port = int(double.url.rpartition(":")[2])

    with pytest.raises(RuntimeError, match="did not start"), running(tmp_path, port=port):
        pytest.fail("two doubles share a port")


@pytest.fixture(scope="module")
def full_store(tmp_path_factory):
    """Return a store with 100,000 sessions."""
    store = Store(tmp_path_factory.mktemp("full"))
    with store.transaction():
        store.db.execute(
            """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
            INSERT INTO objects (id, kind, created, body, private)
            SELECT 'cs_' || i, 'checkout.session', i,
                   json_object('id', 'cs_' || i, 'object', 'checkout.session', 'created', i,
                               'status', CASE i % 50 WHEN 0 THEN 'open' ELSE 'complete' END,
                               'payment_intent', 'pi_' || i), '{}'
            FROM n
            """
        )
    return store


@pytest.mark.parametrize(
    ("test", "value", "index"),
    [
        ("created >= ?", 99_990, "newest"),
        ("(created, seq) < (?, 0)", 50_000, "newest"),
        ("json_extract(body, '$.payment_intent') = ?", "pi_77", "by_payment_intent"),
        ("json_extract(body, '$.status') = ?", "open", "by_status"),
    ],
)
def test_lists_of_100000_sessions_are_read_by_an_index(full_store, test, value, index):
    query = Query("checkout.session", limit=10)
    query.where(test, value)

    plan = full_store.db.execute(
        f"EXPLAIN QUERY PLAN {query.sql}", (query.kind, *query.values)
    ).fetchall()
    rows = full_store.rows(query)

    assert f"USING INDEX {index}" in plan[0][3]
    assert len(plan) == 1
    assert rows == sorted(rows, key=lambda row: -row["created"])
    assert 1 <= len(rows) <= 11


def test_a_change_writes_one_row_whatever_else_there_is(full_store):
    before = full_store.db.total_changes
    session = full_store.get("checkout.session", "cs_500")

    full_store.put({**session, "status": "expired"})

    assert full_store.db.total_changes - before == 1
    assert full_store.get("checkout.session", "cs_500")["status"] == "expired"


def test_a_failed_piece_of_work_leaves_nothing_behind(tmp_path):
    store = Store(tmp_path)
    body = {"id": "cus_1", "object": "customer", "created": 1}

    def half_done():
        with store.transaction():
            store.put(body)
            store.put({"id": "cus_2"})

    with pytest.raises(KeyError):
        half_done()

    assert store.get("customer", "cus_1") is None


def test_the_version_spoken_is_the_librarys(double):
    assert double.health()["api_version"] == stripe.api_version
