"""What a buyer does on the way from a product to the payment, in either language."""

import re
from dataclasses import dataclass

from tests.browser.conftest import Visitor

GOOD_CARD, BAD_CARD = "4242 4242 4242 4242", "4000 0000 0000 0002"


@dataclass(frozen=True, slots=True)
class Words:
    """What stands on the buttons and beside the fields of a purchase."""

    add: str
    checkout: str
    fields: dict[str, str]
    state: tuple[str, str]
    place: re.Pattern[str]
    card: dict[str, str]
    pay: re.Pattern[str]


ENGLISH = Words(
    add="Add to basket",
    checkout="Go on to address and payment",
    fields={
        "E-mail": "asha@example.org",
        "Mobile number": "98765 43210",
        "Full name": "Asha Verma",
        "PIN code": "226001",
        "City, town or district": "Lucknow",
        "House, street or lane": "12 Hazratganj",
    },
    state=("State", "Uttar Pradesh"),
    place=re.compile("^Place the order and pay ₹"),
    card={"Card number": "", "Valid until (MM/YY)": "12/34", "Security code (CVC)": "123"},
    pay=re.compile("^Pay ₹"),
)
HINDI = Words(
    add="टोकरी में डालें",
    checkout="पता और भुगतान पर आगे बढ़ें",
    fields={
        "ई-मेल": "asha@example.org",
        "मोबाइल नंबर": "98765 43210",
        "पूरा नाम": "आशा वर्मा",
        "पिन कोड": "226001",
        "शहर, क़स्बा या ज़िला": "लखनऊ",
        "मकान, सड़क या गली": "12 हज़रतगंज",
    },
    state=("राज्य", "उत्तर प्रदेश"),
    place=re.compile("^ऑर्डर करें और ₹"),
    card={"कार्ड नंबर": "", "समाप्ति (MM/YY)": "12/34", "सुरक्षा कोड (CVC)": "123"},
    pay=re.compile("का भुगतान करें$"),
)


def click(visitor: Visitor, name: str | re.Pattern[str], role: str = "button") -> None:
    """Click what has this name in the page's main part; a second one with it is a mistake."""
    found = visitor.tab.get_by_role("main").get_by_role(role, name=name, exact=True)
    found.click()


def add_to_basket(visitor: Visitor, product_path: str, words: Words = ENGLISH) -> None:
    """Put a product into the basket from its own page."""
    visitor.go(product_path)
    click(visitor, words.add)


def fill_address(visitor: Visitor, words: Words = ENGLISH, **other: str) -> None:
    """Fill the address form, Lucknow's unless `other` says so by label."""
    for label, text in (words.fields | other).items():
        visitor.tab.get_by_label(label, exact=True).fill(text)
    label, name = words.state
    visitor.tab.get_by_label(label, exact=True).select_option(label=name)


def place_order(visitor: Visitor, words: Words = ENGLISH) -> None:
    """Go from the basket to the payment page."""
    click(visitor, words.checkout, "link")
    fill_address(visitor, words)
    click(visitor, words.place)


def pay(visitor: Visitor, card: str = GOOD_CARD, words: Words = ENGLISH) -> None:
    """Type a card on the payment page and pay."""
    for label, text in words.card.items():
        visitor.tab.get_by_label(label, exact=True).fill(text or card)
    click(visitor, words.pay)
