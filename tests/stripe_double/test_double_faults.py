"""The double fails on demand, and its retries behave as Stripe's do."""

import time

import pytest
import stripe

from fixtures.stripe_double.runner import ControlError


def test_a_commit_without_an_answer_is_found_again_by_its_key(client, double, order):
    params, options = order(), {"idempotency_key": "att:6:create", "max_network_retries": 0}
    double.fault("timeout_after_commit", verb="POST", path="/v1/checkout/sessions")

    with pytest.raises(stripe.APIConnectionError):
        client.checkout.sessions.create(params, options)
    again = client.checkout.sessions.create(params, options)

    assert again.last_response.headers["Idempotent-Replayed"] == "true"
    assert [s.id for s in client.checkout.sessions.list()] == [again.id]


def test_the_library_itself_recovers_from_a_commit_without_an_answer(double, connect, order):
    client = connect(double, max_network_retries=2)
    double.fault("timeout_after_commit", verb="POST")

    made = client.checkout.sessions.create(order(), {"idempotency_key": "att:7:create"})

    assert [s.id for s in client.checkout.sessions.list()] == [made.id]


def test_a_dropped_request_leaves_no_trace(client, double, order):
    double.fault("drop_before_commit", verb="POST")

    with pytest.raises(stripe.APIConnectionError):
        client.checkout.sessions.create(order(), {"idempotency_key": "att:8:create"})

    assert client.checkout.sessions.list().data == []


def test_a_slow_answer_runs_into_the_clients_timeout_and_still_commits(
    double, connect, client, order, until
):
    impatient = connect(double, http_client=stripe.RequestsClient(timeout=0.2))
    double.fault("slow", seconds=0.5, verb="POST")

    with pytest.raises(stripe.APIConnectionError):
        impatient.checkout.sessions.create(order())

    until(lambda: len(client.checkout.sessions.list().data) == 1)


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ("401", stripe.AuthenticationError),
        ("403", stripe.PermissionError),
        ("409", stripe.APIError),
        ("429", stripe.RateLimitError),
        ("502", stripe.APIError),
        ("503", stripe.APIError),
    ],
)
def test_a_refusal_on_demand_is_not_kept_under_the_key(client, double, order, kind, error):
    params, options = order(), {"idempotency_key": f"att:{kind}"}
    double.fault(kind)

    with pytest.raises(error) as refused:
        client.checkout.sessions.create(params, options)
    made = client.checkout.sessions.create(params, options)

    assert refused.value.http_status == int(kind)
    assert "Idempotent-Replayed" not in made.last_response.headers


def test_a_500_is_replayed_under_its_key_and_changed_nothing(client, double, order):
    params, options = order(), {"idempotency_key": "att:500"}
    double.fault("500")
    bodies = []

    for _ in range(2):
        with pytest.raises(stripe.APIError) as refused:
            client.checkout.sessions.create(params, options)
        bodies.append(refused.value.http_body)

    assert bodies[0] == bodies[1]
    assert refused.value.headers["Idempotent-Replayed"] == "true"
    assert client.checkout.sessions.list().data == []


def test_the_library_retries_a_502_with_the_same_key(double, connect, order):
    client = connect(double, max_network_retries=2)
    double.fault("502", times=2, verb="POST")

    made = client.checkout.sessions.create(order(), {"idempotency_key": "att:9:create"})

    assert [s.id for s in client.checkout.sessions.list()] == [made.id]


def test_a_fault_hits_only_the_calls_it_names(client, double, session):
    double.fault("500", path="^/v1/refunds$", verb="POST", times=5)

    assert client.checkout.sessions.retrieve(session.id).id == session.id
    assert client.refunds.list().data == []
    assert [fault["times"] for fault in double.faults_waiting()] == [5]


def test_faults_can_be_called_off(client, double):
    double.fault("500", times=9)
    double.control("fault", clear=True)

    assert client.events.list().data == []


@pytest.mark.parametrize("wanted", [{"kind": "418"}, {"kind": "500", "path": "("}])
def test_a_senseless_fault_is_refused(double, wanted):
    with pytest.raises(ControlError, match="fault needs a kind"):
        double.control("fault", **wanted)

    assert double.faults_waiting() == []


def test_an_unknown_control_is_refused(double):
    with pytest.raises(ControlError, match="No such control"):
        double.control("explode")


def test_a_reset_forgets_everything_but_the_shops_endpoint(client, double, session):
    double.pay(session.id)
    double.clock(advance=5_000)
    double.fault("500")

    double.reset()

    assert client.checkout.sessions.list().data == []
    assert client.events.list().data == []
    assert len(client.webhook_endpoints.list().data) == 1
    assert abs(double.health()["now"] - time.time()) < 5


def test_an_unknown_webhook_switch_is_refused(double):
    with pytest.raises(ControlError, match="No such switch"):
        double.webhooks(drops=1)
