"""What a screen reader tells of the way to an order, in its order and in both languages."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewVisitor
from tests.browser.purchase import ENGLISH, HINDI, Words, add_to_basket
from tests.browser.town import Town

PRODUCT = """
- main:
  - group "Pictures":
    - link "A brass lota Look closer":
      - img "A brass lota"
  - heading "Brass lota" [level=1]
  - region "Buy":
    - paragraph: ₹1,450 MRP, inclusive of all taxes
    - paragraph: In stock
    - spinbutton "Quantity": "1"
    - button "Add to basket"
    - textbox "Delivery to PIN code"
    - button "Check"
    - status
    - list
  - button "Save to my wish list"
  - region "The maker":
    - img "Shabana Parveen"
    - paragraph: Brassware, Moradabad
  - group:
    - text: Size, material and origin
    - term: Country of origin
    - definition: India
  - region "The seller":
    - paragraph: Sold and sent by Moradabad Brass Workshop
  - heading "Questions and answers" [level=2]
  - heading "More in Brassware" [level=2]
"""
BASKET = """
- main:
  - heading "Your basket" [level=1]
  - heading "Moradabad Brass Workshop" [level=2]
  - list:
    - listitem:
      - link "Brass lota"
      - spinbutton "Quantity": "1"
      - button "Update"
      - button "Remove Brass lota"
  - complementary "Total":
    - heading "Total" [level=2]
    - link "Go on to address and payment"
"""
CHECKOUT = """
- main:
  - heading "Address and payment" [level=1]
  - heading "Where it goes" [level=2]
  - paragraph: Six digits, as on your letters. It tells us town and state.
  - textbox "PIN code"
  - status
  - textbox "City, town or district"
  - combobox "State"
  - textbox "House, street or lane"
  - heading "Who receives it" [level=2]
  - textbox "Full name"
  - textbox "Mobile number"
  - textbox "E-mail"
  - group "How you pay":
    - radio "Pay now by card ₹1,500" [checked]
  - complementary "Your order":
    - heading "Your order" [level=2]
    - term: To pay, GST included
    - definition: ₹1,500
    - button "Place the order and pay ₹1,500"
"""
HINDI_PRODUCT = """
- main:
  - group "चित्र":
    - link "पीतल का लोटा पास से देखें":
      - img "पीतल का लोटा"
  - heading "पीतल का लोटा" [level=1]
  - region "ख़रीदें":
    - paragraph: ₹1,450 अधिकतम खुदरा मूल्य, सभी कर सहित
    - paragraph: उपलब्ध
    - spinbutton "मात्रा": "1"
    - button "टोकरी में डालें"
    - textbox "किस पिन कोड पर भेजें"
    - button "देखें"
    - status
    - list
  - button "पसंद की सूची में रखें"
  - region "बनाने वाले":
    - img "शबाना परवीन"
    - paragraph: पीतल का काम, मुरादाबाद
  - group:
    - text: माप, सामग्री और मूल
    - term: मूल देश
    - definition: भारत
  - region "विक्रेता":
    - paragraph: "बेचने और भेजने वाले: मुरादाबाद पीतल कार्यशाला"
  - heading "सवाल-जवाब" [level=2]
"""
HINDI_BASKET = """
- main:
  - heading "आपकी टोकरी" [level=1]
  - heading "मुरादाबाद पीतल कार्यशाला" [level=2]
  - list:
    - listitem:
      - link "पीतल का लोटा"
      - spinbutton "मात्रा": "1"
      - button "बदलें"
      - button "हटाएँ पीतल का लोटा"
  - complementary "कुल":
    - heading "कुल" [level=2]
    - link "पता और भुगतान पर आगे बढ़ें"
"""
HINDI_CHECKOUT = """
- main:
  - heading "पता और भुगतान" [level=1]
  - heading "कहाँ भेजना है" [level=2]
  - paragraph: छह अंक, जो आपकी चिट्ठियों पर लिखे होते हैं। इससे शहर और राज्य ख़ुद भर जाते हैं।
  - textbox "पिन कोड"
  - status
  - textbox "शहर, क़स्बा या ज़िला"
  - combobox "राज्य"
  - textbox "मकान, सड़क या गली"
  - heading "पार्सल कौन लेगा" [level=2]
  - textbox "पूरा नाम"
  - textbox "मोबाइल नंबर"
  - textbox "ई-मेल"
  - group "भुगतान कैसे करेंगे":
    - radio "अभी कार्ड से भुगतान ₹1,500" [checked]
  - complementary "आपका ऑर्डर":
    - heading "आपका ऑर्डर" [level=2]
    - term: देय राशि, GST सहित
    - definition: ₹1,500
    - button "ऑर्डर करें और ₹1,500 का भुगतान करें"
"""


@pytest.mark.parametrize(
    ("language", "words", "snapshots"),
    [
        ("en", ENGLISH, (PRODUCT, BASKET, CHECKOUT)),
        ("hi", HINDI, (HINDI_PRODUCT, HINDI_BASKET, HINDI_CHECKOUT)),
    ],
    ids=["en", "hi"],
)
def test_product_basket_and_checkout_are_told_in_the_order_of_the_way(
    visit: NewVisitor, town: Town, language: str, words: Words, snapshots: tuple[str, str, str]
) -> None:
    product, basket, checkout = snapshots
    buyer = visit(script=True)
    main = buyer.tab.get_by_role("main")
    path = f"/{language}/shop/{town.lota.slug}-{town.lota.pk}/"

    buyer.go(path)
    expect(main).to_match_aria_snapshot(product)
    add_to_basket(buyer, path, words)
    expect(main).to_match_aria_snapshot(basket)
    buyer.go(f"/{language}/checkout/")
    expect(main).to_match_aria_snapshot(checkout)
