"""Taking in sellers, offering a product at a price, and changing the price."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from storefront.accounts.models import User
from storefront.atlas.models import District, State
from storefront.catalogue.models import Artisan, Product
from storefront.core.kept import forget
from storefront.core.money import grouped, rupees
from storefront.core.refusals import Refusal
from storefront.gst.rules import THRESHOLD, PriceInGap, rate_for
from storefront.partner.models import Partner, SellerRate, StockRecord
from storefront.partner.queries import agreed_on
from storefront.partner.rules import RateName, SellerKind, is_gstin

LOWEST_PRICE = Decimal(1)
HIGHEST_PRICE = Decimal(10_000_000)
log = logging.getLogger(__name__)


class TaxNumberRefused(Refusal):
    """The GSTIN or enrolment number cannot be right."""

    code = "tax-number-refused"


class PriceRefused(Refusal):
    """Not a price anybody can pay."""

    code = "price-refused"


class OfferedAlready(Refusal):
    """The product is offered by somebody; a product has one seller."""

    code = "offered-already"


class PriceChangedMeanwhile(Refusal):
    """Somebody changed the price, or bought a piece, after this person looked at it."""

    code = "price-changed-meanwhile"


@dataclass(frozen=True, slots=True)
class SellerFacts:
    """Who a seller is, and how they stand to GST."""

    name_en: str
    name_hi: str
    kind: SellerKind
    state: State
    district: District | None
    town_en: str
    town_hi: str
    pin: str
    gstin: str = ""
    enrolment_number: str = ""
    about_en: str = ""
    about_hi: str = ""
    is_demonstration: bool = False


@transaction.atomic
def add_seller(
    facts: SellerFacts, *, users: Sequence[User] = (), makers: Sequence[Artisan] = ()
) -> Partner:
    """
    Take in a seller; `users` may act for them, `makers` make what they sell.

    Raises:
        TaxNumberRefused: the GSTIN is misspelt or of another state, or the number is missing.
    """
    _check_tax_number(facts)
    seller = Partner.objects.create(
        **{name: getattr(facts, name) for name in SellerFacts.__slots__},
    )
    seller.users.add(*users)
    seller.makers.add(*makers)
    return seller


def set_rate(
    name: RateName, *, percent: Decimal, valid_from: date, seller: Partner | None = None
) -> SellerRate:
    """Write a rate in per cent from a day on, of all sellers or of one; orders keep theirs."""
    rate, _ = SellerRate.objects.update_or_create(
        name=name, seller=seller, valid_from=valid_from, defaults={"percent": percent}
    )
    forget(agreed_on)
    return rate


def load_rates(rows: Sequence[Mapping[str, str]]) -> int:
    """Write the rates of a table with name, percent and valid_from; return how many."""
    for row in rows:
        day = date.fromisoformat(row["valid_from"])
        set_rate(RateName(row["name"]), percent=Decimal(row["percent"]), valid_from=day)
    return len(rows)


def offer_product(product: Product, *, seller: Partner, price: Decimal, sku: str) -> StockRecord:
    """
    Offer a product at a price in rupees with GST; there are no pieces yet.

    How many there are is the stock chapter's word: `stock.services.set_free`.

    Raises:
        OfferedAlready: it has a seller.
        PriceRefused: under a rupee or over a crore.
        PriceInGap: a price between the two GST rates of a threshold good.
    """
    checked = _checked(price, product)
    try:
        with transaction.atomic():
            return StockRecord.objects.create(
                product=product,
                partner=seller,
                partner_sku=sku,
                price_currency="INR",
                price=checked,
            )
    except IntegrityError as error:
        raise OfferedAlready(gettext("This product is offered already.")) from error


def set_price(
    stockrecord: StockRecord, *, price: Decimal, version: int, by: User | None
) -> StockRecord:
    """
    Change the price, in rupees with GST, if nothing changed since `version`.

    Orders keep the price they were placed at; baskets ask the buyer again.

    Raises:
        PriceChangedMeanwhile: the stock record was sold from or edited since.
        PriceRefused: under a rupee or over a crore.
        PriceInGap: a price between the two GST rates of a threshold good.
    """
    with transaction.atomic():
        # The row alone: its product may be read by a buyer's order at this moment.
        record = (
            StockRecord.objects.select_related("product")
            .select_for_update(of=("self",))
            .get(pk=stockrecord.pk)
        )
        if record.version != version:
            raise PriceChangedMeanwhile(
                gettext("Something changed since you looked: the price is %(price)s now.")
                % {"price": grouped(record.price)}
            )
        old, record.price = record.price, _checked(price, record.product)
        if record.price == old:
            return record
        record.version += 1
        record.save(update_fields=["price", "version", "date_updated"])
    log.info("price of stock record %s: %s, was %s, by %s", record.pk, record.price, old, by)
    return record


def _checked(price: Decimal, product: Product) -> Decimal:
    """Return the price in whole paise, if it may be asked for."""
    if not price.is_finite() or not LOWEST_PRICE <= price <= HIGHEST_PRICE:
        raise PriceRefused(
            gettext("Please give a price between %(least)s and %(most)s.")
            % {"least": grouped(LOWEST_PRICE), "most": grouped(HIGHEST_PRICE)}
        )
    asked = rupees(price)
    rule = product.gst_rule
    try:
        rate_for(rule, unit_price=asked)
    except PriceInGap as error:
        above = rule.rate if rule.rate_above is None else rule.rate_above
        raise PriceInGap(
            gettext(
                "Between %(low)s and %(high)s no GST rate fits this product. "
                "Please ask for at most the first or more than the second."
            )
            % {
                "low": grouped(THRESHOLD * (100 + rule.rate) / 100),
                "high": grouped(THRESHOLD * (100 + above) / 100),
            }
        ) from error
    return asked


def _check_tax_number(facts: SellerFacts) -> None:
    if facts.kind == SellerKind.ENROLLED:
        if not facts.enrolment_number:
            raise TaxNumberRefused(gettext("Please give the GST enrolment number."))
        return
    if not is_gstin(facts.gstin):
        raise TaxNumberRefused(gettext("This GSTIN cannot be right. Please check it."))
    if not facts.gstin.startswith(facts.state.pk):
        raise TaxNumberRefused(gettext("This GSTIN belongs to another state than the address."))
