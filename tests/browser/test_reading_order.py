"""What a screen reader tells, in its order: the way from a product to the order."""

from playwright.sync_api import expect

from tests.browser.conftest import NewVisitor
from tests.browser.purchase import add_to_basket
from tests.browser.town import Town

SMALLEST = {"width": 320, "height": 640}
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


def test_product_basket_and_checkout_are_told_in_the_order_of_the_way(
    visit: NewVisitor, town: Town
) -> None:
    buyer = visit(script=True)
    main = buyer.tab.get_by_role("main")
    path = f"/en/shop/{town.lota.slug}-{town.lota.pk}/"

    buyer.go(path)
    expect(main).to_match_aria_snapshot(PRODUCT)
    add_to_basket(buyer, path)
    expect(main).to_match_aria_snapshot(BASKET)
    buyer.go("/en/checkout/")
    expect(main).to_match_aria_snapshot(CHECKOUT)


def test_nothing_is_wider_than_the_smallest_screen(visit: NewVisitor, town: Town) -> None:
    """320 px are also what is left of 1280 at four times the size (WCAG 1.4.10)."""
    reader = visit(SMALLEST, script=True)
    product = f"shop/{town.lota.slug}-{town.lota.pk}/"
    add_to_basket(reader, f"/en/{product}")
    for language in ("en", "hi"):
        for path in ("", "shop/", product, "basket/", "checkout/", "search/?q=lota", "stories/"):
            reader.go(f"/{language}/{path}")
            reader.assert_fits()
