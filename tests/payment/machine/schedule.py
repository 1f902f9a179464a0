"""What can happen, in any order: buyers, banks, messages, jobs, sellers, staff, and crashes."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from typing import Any, ClassVar

from django.core import mail
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from storefront.basket import services as baskets
from storefront.basket.models import Basket
from storefront.checkout.services import place_order
from storefront.core.refusals import Refusal
from storefront.order.models import Order
from storefront.order.rules import Asker, OrderState, Why
from storefront.order.services import Buyer, Wish
from storefront.payment import services as payment
from storefront.payment.gateways.stripe import EVENT_TYPES
from storefront.payment.models import CashPromise, PaymentAttempt
from storefront.payment.queries import CASH
from storefront.payment.rules import AttemptState
from storefront.payment.services.codes import send_code
from storefront.stock.rules import Reason
from storefront.stock.services import end_overdue, set_free
from tests.factories.cash import code_sent
from tests.factories.catalogue import make_product, stock_record
from tests.factories.orders import cancel_order
from tests.factories.purchase import make_buyer
from tests.payment.machine import truth
from tests.payment.machine.crashes import Fate, mortal
from tests.payment.machine.ground import Ground, picked

PIECES = 5
# So many times the jobs run at the end; a failed refund, say, needs a second look.
REST = 3
OPEN = (AttemptState.OPEN, AttemptState.PROCESSING)
CARDS = {
    "pays": "4242424242424242",
    "declined": "4000000000000002",
    "asked by the bank": "4000002500003155",
    "disputed": "4000000000000259",
    "refunded slowly": "4000000000007726",
    "refund comes back": "4000000000005126",
}
JOBS: dict[str, Callable[[datetime], object]] = {
    "sweep": lambda at: payment.sweep(now=at),
    "poll": lambda at: payment.poll(now=at),
    "send refunds": lambda at: payment.send_refunds(),
    "ask for lost messages": lambda at: payment.catch_up(now=at),
    "look at payouts": lambda at: payment.look_at_payouts(now=at),
    "compare": lambda at: payment.compare(now=at),
}
AT_THE_DOOR = "at the door"
which = st.integers(0, 7)
# What needs a page at the provider, or money there, is tried only once there is one.
if_paging = precondition(lambda self: self.ground.has("checkout.session"))
if_open = precondition(lambda self: self.ground.has("checkout.session", status="open"))
if_slow = precondition(lambda self: self.ground.has("payment_intent", status="processing"))
if_paid = precondition(lambda self: self.ground.has("charge"))
if_refunded = precondition(lambda self: self.ground.has("refund"))
if_paid_out = precondition(lambda self: self.ground.has("payout"))
HOW = ["pays", "pays", "pays", "by a slow bank", *CARDS]
# Two in five steps die, if they come so far.
dies = st.sampled_from([None] * 14 + [*range(10)])


class Schedule(RuleBasedStateMachine):
    """One shop, one product with three pieces, and whatever happens."""

    ground: ClassVar[Ground]
    only_answers: ClassVar[bool] = False

    def __init__(self) -> None:
        super().__init__()
        self.fate = Fate(only_answers=self.only_answers)
        self._mortal = mortal(self.fate, self.ground.double)
        self._mortal.__enter__()

    @initialize()
    def open_shop(self) -> None:
        self.buyer: Buyer = make_buyer()
        self.lota = make_product(price="1000.00", stock=PIECES, seller=self.ground.seller)
        self.baskets: list[Basket] = []
        self.buy(number=0, is_new=True, how="", dies_at=None)

    def act(self, job: Callable[[], Any], dies_at: int | None = None) -> Any:
        """Do something; a refusal is an answer like any other."""
        try:
            return self.fate.run(job, dies_at=dies_at)
        except Refusal:
            return None

    # -- the buyer ------------------------------------------------------------------------------

    @rule(
        number=which,
        is_new=st.booleans(),
        how=st.sampled_from(["", AT_THE_DOOR, AT_THE_DOOR, *HOW]),
        dies_at=dies,
    )
    def buy(self, number: int, is_new: bool, how: str, dies_at: int | None) -> None:
        """Order a basket, a new one or one that was there, go to the payment page, and pay."""
        if is_new or not self.baskets:
            self.baskets.append(baskets.ensure_basket(user=None, token=""))
            pieces, number = 1 + number % 2, 0
            new = self.baskets[-1]
            self.act(lambda: baskets.add(new, product_id=self.lota.pk, quantity=pieces))
        basket, at = picked(self.baskets, number), self.ground.now()

        def buy() -> None:
            way = CASH if how == AT_THE_DOOR else ""
            placed = place_order(basket, buyer=self.buyer, expected_total=None, now=at, way=way)
            if not way:
                payment.page_to_pay(placed.order, now=at)

        deaths = self.fate.deaths
        self.act(buy, dies_at)
        if self.fate.deaths > deaths and is_new:
            self.act(buy)  # the page did not come: the buyer presses again
        if how and how != AT_THE_DOOR:
            self.pay(number=0, how=how)

    @rule(number=which, dies_at=dies)
    def open_page(self, number: int, dies_at: int | None) -> None:
        if order := self.order(number):
            self.act(lambda: payment.page_to_pay(order, now=self.ground.now()), dies_at)

    @if_open
    @rule(number=which, how=st.sampled_from(HOW))
    def pay(self, number: int, how: str) -> None:
        if session := self.at_the_provider("checkout.session", number, status="open"):
            later = {"later": True} if how == "by a slow bank" else {"card": CARDS[how]}
            self.ground.control("pay", session=session, **later)

    @if_slow
    @rule(number=which, ok=st.booleans())
    def slow_bank_answers(self, number: int, ok: bool) -> None:
        if session := self.at_the_provider("checkout.session", number, status="complete"):
            self.ground.control("settle", session=session, ok=ok)

    @rule(number=which, dies_at=dies)
    def type_the_code(self, number: int, dies_at: int | None) -> None:
        """Read the letter of a promise to pay at the door, and type what it says."""
        promises = CashPromise.objects.filter(confirmed_at=None).order_by("attempt__created_at")
        if found := list(promises.select_related("attempt__order")):
            promise = picked(found, number)
            mail.outbox.clear()
            send_code.func(str(promise.attempt_id), promise.codes_asked)
            if mail.outbox:
                order, code, at = promise.attempt.order, code_sent(), self.ground.now()
                self.act(lambda: payment.confirm_promise(order, code=code, now=at), dies_at)

    @rule(number=which, dies_at=dies)
    def rather_pay_at_the_door(self, number: int, dies_at: int | None) -> None:
        if order := self.order(number):
            self.act(lambda: payment.pay_at_door(order, now=self.ground.now()), dies_at)

    @if_paging
    @rule(number=which, dies_at=dies)
    def come_back(self, number: int, dies_at: int | None) -> None:
        if attempts := list(PaymentAttempt.objects.order_by("created_at", "pk")):
            self.act(lambda: payment.sync(picked(attempts, number)), dies_at)

    @rule(number=which, dies_at=dies)
    def cancel(self, number: int, dies_at: int | None) -> None:
        if order := self.order(number):
            self.act(lambda: payment.give_up(order, reason="cancelled by the buyer"), dies_at)

    @if_paid
    @rule(number=which, key=st.sampled_from("ab"), asker=st.sampled_from(Asker), dies_at=dies)
    def take_back(self, number: int, key: str, asker: Asker, dies_at: int | None) -> None:
        """Cancel one piece of an order that may be paid, or all of it."""
        order = self.order(number)
        line = order and order.lines.first()
        if order and line:
            seller = self.ground.seller if asker == Asker.SELLER else None
            pieces = {line.pk: 1} if key == "a" else None
            why = Why.CANNOT_SEND if seller else Why.BUYER_ASKED
            wish = Wish(key=key, asker=asker, why=why, pieces=pieces, seller=seller)
            self.act(lambda: payment.call_off(order, wish=wish), dies_at)

    # -- the provider ---------------------------------------------------------------------------

    @if_paging
    @rule(number=st.integers(0, 60), dies_at=dies)
    def message_comes(self, number: int, dies_at: int | None) -> None:
        """Any of all that were ever made: early, late, twice or never."""
        told = [each for each in self.ground.there("event") if each["type"] in EVENT_TYPES]
        if told:
            body, signature = self.ground.signed(picked(told, number))
            self.act(
                lambda: payment.receive(provider="stripe", body=body, signature=signature), dies_at
            )

    @rule(dies_at=dies)
    def worker_works(self, dies_at: int | None) -> None:
        self.act(lambda: payment.work_waiting(now=self.ground.now()), dies_at)

    @rule(minutes=st.sampled_from([1, 10, 35]))
    def time_passes(self, minutes: int) -> None:
        self.ground.wait(minutes)

    @if_paid
    @rule(number=which, part=st.sampled_from([100, 50_000, None]))
    def refund_in_the_dashboard(self, number: int, part: int | None) -> None:
        if charge := self.at_the_provider("charge", number):
            part_of_it = {} if part is None else {"amount": part}
            self.ground.control("dashboard_refund", charge=charge, **part_of_it)

    @if_refunded
    @rule(number=which)
    def refund_comes_back(self, number: int) -> None:
        if refund := self.at_the_provider("refund", number):
            self.ground.control("refund_fails", refund=refund)

    @if_paid
    @rule(number=which, what=st.sampled_from(["open", "warn", "win", "lose", "fraud"]))
    def bank_asks(self, number: int, what: str) -> None:
        if charge := self.at_the_provider("charge", number, status="succeeded"):
            self.ground.control("dispute", action=what, charge=charge)

    @if_paid
    @rule(paise=st.sampled_from([500, 50_000, -700]))
    def pays_out(self, paise: int) -> None:
        self.ground.control("payout", amount=paise)

    @if_paid_out
    @rule(number=which, what=st.sampled_from(["settle", "payout_fails"]))
    def our_bank_answers(self, number: int, what: str) -> None:
        if payout := self.at_the_provider("payout", number):
            self.ground.control(what, payout=payout)

    @rule(name=st.sampled_from(sorted(JOBS)), dies_at=dies)
    def job_runs(self, name: str, dies_at: int | None) -> None:
        self.act(lambda: JOBS[name](self.ground.now()), dies_at)

    # -- sellers and staff ----------------------------------------------------------------------

    @rule(free=st.integers(0, PIECES), dies_at=dies)
    def seller_counts(self, free: int, dies_at: int | None) -> None:
        record = stock_record(self.lota)
        seen = {"version": record.version, "by": None, "reason": Reason.EDIT}
        self.act(lambda: set_free(record, free=free, **seen), dies_at)

    @if_open
    @rule(number=which, is_cancelled=st.booleans())
    def thought_dead(self, number: int, is_cancelled: bool) -> None:
        """Give up a page that is open, or its order: money comes twice, or late."""
        order = self.order(number)
        pages = order and order.attempts.filter(state__in=OPEN).exclude(provider_session=None)
        if not order or not pages:
            return
        if is_cancelled and order.status == OrderState.PENDING_PAYMENT:
            cancel_order(order)
        else:
            pages.update(state=AttemptState.FAILED)

    # -- the truth ------------------------------------------------------------------------------

    @invariant()
    def it_is_true_always(self) -> None:
        truth.say_if(truth.always())

    def teardown(self) -> None:
        try:
            self.come_to_rest()
            self.ground.tally += truth.counted(self.ground) + Counter(crashes=self.fate.deaths)
            truth.say_if(truth.at_rest(self.ground))
        finally:
            self._mortal.__exit__(None, None, None)
            self.ground.forget()

    def come_to_rest(self) -> None:
        """Let every bank answer, and every job run until there is nothing left to do."""
        for number, session in enumerate(self.ground.there("checkout.session")):
            self.ground.control("settle", session=session["id"], ok=number % 2 == 0)
        for _ in range(REST):
            self.ground.wait(40)
            payment.catch_up(now=self.ground.now())
            payment.poll(now=self.ground.now())
            payment.sweep(now=self.ground.now())
            end_overdue(now=self.ground.now())

    def order(self, number: int) -> Order | None:
        orders = list(Order.objects.order_by("pk"))
        return picked(orders, number) if orders else None

    def at_the_provider(self, kind: str, number: int, **facts: str) -> str | None:
        found = [
            each["id"]
            for each in self.ground.there(kind)
            if all(each[name] == value for name, value in facts.items())
        ]
        return picked(found, number) if found else None
