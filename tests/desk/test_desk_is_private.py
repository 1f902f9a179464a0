"""Every address of the desk, tried by a seller whose things they are not, and by an agent."""

from dataclasses import dataclass

import pytest

from storefront.accounts.models import User
from storefront.core.clock import now
from storefront.desk.urls import urlpatterns
from storefront.feedback.models import Question
from storefront.feedback.services import ask
from storefront.fulfilment import services
from storefront.order.models import SellerOrder
from storefront.partner.models import Partner, StockRecord
from storefront.payouts.models import Payout
from tests.desk.conftest import sit_down
from tests.factories.catalogue import make_product, make_seller, stock_record
from tests.factories.orders import make_order, part_of
from tests.factories.payouts import make_exported, make_owed

pytestmark = pytest.mark.django_db
ADDRESSES = [pattern.name for pattern in urlpatterns]
# What each address could be sent; an address that is missing here fails the test.
LISTS = {
    "desk": ("", "?show=done"),
    "desk-orders": ("orders/", "orders/?show=done"),
    "desk-money": ("money/", "money/?show=paid"),
    "desk-questions": ("questions/",),
    "desk-products": ("products/", "products/?q=horse", "products/?show=low", "products/?show=out"),
}
FORMS = {
    "desk-switch": ("switch/", [{"seller": "{seller}"}]),
    "desk-order": (
        "orders/{part}/",
        [
            {"action": "pack"},
            {"action": "collected"},
            {"action": "came-back"},
            {"action": "ship", "carrier": "India Post", "tracking_number": "EU123456789IN"},
            {},
        ],
    ),
    "desk-order-cancel": ("orders/{part}/cancel/", [{"why": "broken"}, {}]),
    "desk-payout": ("money/{payout}/", []),
    "desk-product": (
        "products/{record}/",
        [{"free": "0", "price": "1", "version": "{version}"}, {}],
    ),
    "desk-product-describe": ("products/{record}/described/", [{"colours": ""}, {}]),
    "desk-product-measure": ("products/{record}/measured/", [{"net_amount": "5"}, {}]),
    "desk-question": ("questions/{question}/", [{"text": "Mine."}, {}]),
}


@dataclass(frozen=True)
class Things:
    """What a seller has: orders to pack and to send, a product, a payout and a question."""

    seller: Partner
    part: SellerOrder
    packed: SellerOrder
    record: StockRecord
    payout: Payout
    question: Question

    def fill(self, text: str, part: SellerOrder) -> str:
        known = {"part": part.number, "record": self.record.pk, "version": self.record.version}
        known["question"] = self.question.pk
        return text.format(seller=self.seller.pk, payout=self.payout.pk, **known)

    def state(self):
        record = stock_record(self.record.product)
        parts = [part_of(each.order).state for each in (self.part, self.packed)]
        self.question.refresh_from_db()
        return record.version, record.free, str(record.price), self.question.answer, *parts


@pytest.fixture
def things():
    seller = make_seller("Meera Potteries")
    product = make_product(seller=seller, title_en="Terracotta horse", stock=4)
    part, packed = part_of(make_order(product)), part_of(make_order(product))
    services.pack(packed, by=None)
    make_owed(seller)
    payout = make_exported().payouts.get()
    asker = User.objects.create_user("asker@example.org", "a long pass phrase")
    question = ask(asker, product, text="How old is it?", now=now())
    return Things(seller, part, packed, stock_record(product), payout, question)


def assert_kept_from(seat, things, name):
    """The desk at this address shows and changes nothing of somebody else's."""
    before = things.state()
    for path in LISTS.get(name, ()):
        page = seat.client.get(f"/seller/{path}")
        body = page.content.decode()
        assert page.status_code == 200
        things_own = (things.part.number, things.packed.number, things.payout.number)
        for own in ("Terracotta horse", "Meera", *things_own):
            assert own not in body
    if name in FORMS:
        path, posts = FORMS[name]
        for part in (things.part, things.packed):
            address = f"/seller/{things.fill(path, part)}"
            assert seat.client.get(address).status_code in {404, 405}
            for post in posts:
                sent = {key: things.fill(text, part) for key, text in post.items()}
                assert seat.client.post(address, sent).status_code == 404
    assert name in LISTS or name in FORMS
    assert things.state() == before


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_second_seller_finds_nothing_of_the_first(name, things, other_seat):
    make_order(make_product(seller=other_seat.seller))

    assert_kept_from(other_seat, things, name)


@pytest.mark.parametrize("name", ADDRESSES)
def test_an_agent_finds_nothing_of_a_third_seller(name, things):
    agent = sit_down("anil", make_seller("Clay House"), make_seller("Brass House"))

    for seller in agent.user.partners.all():
        agent.client.post("/seller/switch/", {"seller": seller.pk})
        assert_kept_from(agent, things, name)


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_buyer_and_a_passer_by_find_no_desk(name, things, client):
    path = (*LISTS.get(name, ()), *FORMS.get(name, ())[:1])[0]
    address = f"/seller/{things.fill(path, things.part)}"
    only_posted = name in {"desk-switch", "desk-product-describe", "desk-product-measure"}
    ask = client.post if only_posted else client.get
    buyer = sit_down("asha").client
    ask_as_buyer = buyer.post if only_posted else buyer.get

    assert ask(address)["Location"] == f"/en/account/login/?next={address}"
    assert ask_as_buyer(address).status_code == 403


def test_an_agent_chooses_between_the_own_sellers_and_is_offered_no_third(things):
    agent = sit_down("anil", make_seller("Clay House"), make_seller("Brass House"))

    body = agent.client.get("/seller/").content.decode()

    assert "<b>Clay House</b>" in body
    assert body.count('action="/seller/switch/"') == 1
    assert "Brass House" in body
    assert "Meera Potteries" not in body
