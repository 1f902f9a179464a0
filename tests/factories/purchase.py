"""Baskets and buyers, up to the moment before the order is placed."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from oscar.apps.address.models import Country

from storefront.atlas.models import Pincode, PinPrefix, UnservedPin
from storefront.basket import services as baskets
from storefront.basket.models import Basket
from storefront.catalogue.models import Product
from storefront.core.clock import today
from storefront.order.services import Buyer, Where
from storefront.shipping.models import ShippingRate
from storefront.shipping.rules import Zone
from tests.factories.catalogue import make_district, make_state


def make_post() -> None:
    """Make what delivery needs: the country, rates of ₹60 to ₹120, Lucknow's and a Delhi PIN."""
    Country.objects.get_or_create(
        iso_3166_1_a2="IN", defaults={"name": "India", "printable_name": "India"}
    )
    for zone, charge in ((Zone.STATE, 60), (Zone.INDIA, 90), (Zone.FAR, 120)):
        ShippingRate.objects.get_or_create(
            zone=zone,
            up_to_g=5000,
            valid_from=today().replace(day=1, month=1),
            defaults={"charge": Decimal(charge), "days_min": 2, "days_max": 5},
        )
    lucknow = make_district("Lucknow", "लखनऊ")
    Pincode.objects.get_or_create(
        pin="226001", defaults={"district": lucknow, "post_office": "Lucknow GPO"}
    )
    PinPrefix.objects.get_or_create(prefix="226", state=make_state("09"))
    PinPrefix.objects.get_or_create(prefix="110", state=make_state("07"))


def make_buyer(**facts: Any) -> Buyer:
    """Return a guest of Lucknow."""
    address: dict[str, Any] = {
        "name": "Asha Verma",
        "phone": "+919876543210",
        "line1": "12 Hazratganj",
        "line2": "",
        "town": "Lucknow",
        "pin": "226001",
        "state": make_state("09"),
    }
    where = Where(**{name: facts.pop(name, usual) for name, usual in address.items()})
    return Buyer(**({"email": "asha@example.org", "where": where, "language": "en"} | facts))


def make_basket(*products: Product, quantity: int = 1, story: UUID | None = None) -> Basket:
    """Return a guest's basket with so many of each product, taken out of a story or not."""
    basket = baskets.ensure_basket(user=None, token="")
    for product in products:
        baskets.add(basket, product_id=product.pk, quantity=quantity, story=story)
    return basket


def address_form(**facts: Any) -> dict[str, Any]:
    """Return what a guest of Lucknow types at checkout."""
    return {
        "email": "asha@example.org",
        "phone": "98765 43210",
        "name": "Asha Verma",
        "postcode": "226001",
        "state": "09",
        "line1": "12 Hazratganj",
        "line2": "",
        "town": "Lucknow",
        "expected_total": "",
    } | facts


def make_unserved(prefix: str = "226", **facts: Any) -> UnservedPin:
    """Let no parcel go to PIN codes that begin so; from today on, unless told otherwise."""
    known = {"reason_en": "The bridge is broken.", "reason_hi": "पुल टूटा है।", "first_day": today()}
    return UnservedPin.objects.create(prefix=prefix, **(known | facts))
