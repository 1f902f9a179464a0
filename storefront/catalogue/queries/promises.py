"""What a product's page says around the thing: its taxes, its way, where we know it from."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from storefront.catalogue.models import Product
from storefront.catalogue.queries.cards import MakerCard
from storefront.catalogue.queries.facts import Fact
from storefront.catalogue.queries.product import Delivery, Offer, Seller
from storefront.catalogue.rules import Unit, unit_price
from storefront.core.money import grouped
from storefront.gst.rules import PriceInGap, rate_for

UNIT_PRICES = {
    Unit.GRAM: gettext_lazy("%(price)s per gram"),
    Unit.KILOGRAM: gettext_lazy("%(price)s per kilogram"),
    Unit.MILLILITRE: gettext_lazy("%(price)s per millilitre"),
    Unit.LITRE: gettext_lazy("%(price)s per litre"),
    Unit.CENTIMETRE: gettext_lazy("%(price)s per centimetre"),
    Unit.METRE: gettext_lazy("%(price)s per metre"),
    Unit.PIECE: gettext_lazy("%(price)s per piece"),
    Unit.PAIR: gettext_lazy("%(price)s per pair"),
}


def offer_facts(product: Product, offer: Offer) -> list[Fact]:
    """
    Return what the law wants told of an offer besides the thing itself.

    Source: Legal Metrology (Packaged Commodities) Rules, rule 6(10): who packed it, a price with
    all its taxes, and what a unit of it costs.
    """
    seller = offer.seller
    packed_by = ", ".join(filter(None, (seller.name, seller.address)))
    found = [
        (_("Unit price"), unit_price_text(product, offer)),
        (_("Packed by"), packed_by),
        (_("GST in the price"), gst_text(product, offer)),
    ]
    return [Fact(label, text) for label, text in found if text]


def unit_price_text(product: Product, offer: Offer) -> str:
    """Return what a gram, litre or piece of it costs, where that is not the price itself."""
    found = unit_price(offer.price, net=product.net)
    if found is None:
        return ""
    return UNIT_PRICES[found.per] % {"price": grouped(found.price, paise=True)}


def gst_text(product: Product, offer: Offer) -> str:
    """Return how much of the price is GST, in per cent of what it is without."""
    try:
        rate = rate_for(product.gst_rule, unit_price=offer.price)
    except PriceInGap:  # it cannot be bought at this price, and the basket says why
        return ""
    return f"{rate.normalize():f} %"


def delivery_text(deliveries: Sequence[Delivery]) -> str:
    """Return what sending it costs at least, and that one parcel is paid but once."""
    if not deliveries:
        return ""
    charge = grouped(min(each.charge for each in deliveries))
    return _("Delivery from %(charge)s; several pieces of one seller share a parcel") % {
        "charge": charge
    }


def returns_text(days: int) -> str:
    """Return what happens to what came broken or wrong."""
    return _("Came broken, faulty or wrong? Tell us within %(days)s days and get it all back") % {
        "days": days
    }


def sources_of(product: Product, *, maker: MakerCard | None, seller: Seller) -> tuple[str, ...]:
    """Return how we know where a thing comes from; nothing is called checked that was not."""
    place = product.district.name if product.district else seller.town
    words = {"place": place, "seller": seller.name}
    told = _(
        "The seller names maker, place and material, and answers for them. We have not checked."
    )
    if maker is None or not maker.url:
        return (_("Made in %(place)s, for %(seller)s.") % words, told)
    words |= {"maker": maker.name, "town": maker.town}
    if maker.town in {"", place}:
        return (_("Made by %(maker)s in %(place)s.") % words, told)
    return (_("Made by %(maker)s in %(town)s, %(place)s.") % words, told)


def lines_of(text: str) -> tuple[str, ...]:
    """Return what is written one thing a line."""
    return tuple(line for line in text.splitlines() if line.strip())
