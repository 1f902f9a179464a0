"""Products as JSON."""

from datetime import datetime
from decimal import Decimal
from functools import lru_cache

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from ninja import Schema
from pydantic import Field

from storefront.api.pagination import absolute
from storefront.api.schemas.money import Money, money
from storefront.catalogue.models.product import PACKED
from storefront.catalogue.queries import Card, ProductPage
from storefront.catalogue.rules import StockState, Unit, unit_price
from storefront.media.queries import PictureView

# A product as JSON takes some four kilobytes of memory.
MOST_REMEMBERED = 2000


class Picture(Schema):
    """What an `<img>` needs; `srcset` is empty while smaller sizes are still being made."""

    src: str
    srcset: str
    sizes: str
    width: int
    height: int
    alt: str
    is_computer_drawn: bool


class Name(Schema):
    """A district, craft or maker: its slug, name and page."""

    slug: str
    name: str
    url: str


class Stock(Schema):
    """Whether there is any. `text` tells a buyer, in the reader's language."""

    state: StockState
    text: str
    free: int = Field(description="Pieces nobody was promised.")
    held_until: datetime | None = Field(
        description="Set while `state` is `held`: somebody is buying the last one until then."
    )


class ProductOut(Schema):
    """A product in a list. Prices include GST."""

    id: int
    title: str
    url: str
    price: Money
    stock: Stock
    picture: Picture | None
    district: Name
    craft: Name
    maker: Name | None
    is_one_of_a_kind: bool


class SellerOut(Schema):
    """Who sells it: the name, address and tax number every product page must bear."""

    name: str
    address: str
    gstin: str
    enrolment_number: str


class Size(Schema):
    """Sides in centimetres, null where they are not told."""

    length_cm: Decimal | None
    width_cm: Decimal | None
    height_cm: Decimal | None


class NetQuantity(Schema):
    """How much is in it, without packing."""

    amount: Decimal
    unit: Unit


class UnitPriceOut(Schema):
    """What one unit of it costs, GST included."""

    price: Money
    per: Unit


class ProductDetail(ProductOut):
    """A product with all that its page tells."""

    sku: str
    description: str
    materials: str
    size: Size
    packed_size: Size = Field(description="As it travels: by this or its weight it is charged.")
    weight_g: int
    net_quantity: NetQuantity
    unit_price: UnitPriceOut | None = Field(description="Null where it is the price itself.")
    lead_days: int = Field(description="Days of making; 0 is ready stock.")
    country_of_origin: str
    hsn: str
    seller: SellerOut
    pictures: list[Picture]


def picture_out(view: PictureView | None) -> Picture | None:
    """Return a picture with whole addresses."""
    if view is None:
        return None
    sources = view.srcset.split(", ") if view.srcset else []
    return Picture(
        src=absolute(view.src),
        srcset=", ".join(absolute(source) for source in sources),
        sizes=view.sizes,
        width=view.width,
        height=view.height,
        alt=view.alt,
        is_computer_drawn=view.is_computer_drawn,
    )


def product_out(card: Card) -> ProductOut:
    """Return a product as a list tells of it; no query, and to be read only."""
    return _product_out(card, get_language(), settings.SHOP_URL)


@lru_cache(MOST_REMEMBERED)
def _product_out(card: Card, _language: str | None, _origin: str) -> ProductOut:
    """Return a card as JSON: it follows from the card, and addresses from language and origin."""
    return ProductOut(
        id=card.id,
        title=card.title,
        url=absolute(card.url),
        price=money(card.price),
        stock=Stock(
            state=card.stock_state,
            text=card.stock_text,
            free=card.free,
            held_until=card.held_until,
        ),
        picture=picture_out(card.picture),
        district=_name("district", card.district_slug, card.district_name),
        craft=_name("craft", card.craft_slug, card.craft_name),
        maker=_name("maker", card.maker_slug, card.maker_name) if card.maker_slug else None,
        is_one_of_a_kind=card.is_one_of_a_kind,
    )


def product_detail(page: ProductPage, card: Card) -> ProductDetail:
    """Return a product with all that is told of it; no further query."""
    product, seller = page.product, page.offer.seller
    pictures = [picture for view in page.pictures if (picture := picture_out(view))]
    net = product.net.told()
    each = unit_price(page.offer.price, net=net)
    return ProductDetail(
        **product_out(card).dict(exclude={"picture"}),
        picture=pictures[0] if pictures else None,
        sku=product.upc or "",
        description=product.description,
        materials=product.materials,
        size=Size(
            length_cm=product.length_cm, width_cm=product.width_cm, height_cm=product.height_cm
        ),
        packed_size=Size(
            **{name.removeprefix("packed_"): getattr(product, name) for name in PACKED}
        ),
        weight_g=product.weight_g,
        net_quantity=NetQuantity(amount=net.amount, unit=net.unit),
        unit_price=UnitPriceOut(price=money(each.price), per=each.per) if each else None,
        lead_days=product.lead_days,
        country_of_origin=product.country_of_origin,
        hsn=product.hsn,
        seller=SellerOut(
            name=seller.name,
            address=seller.address,
            gstin=seller.gstin,
            enrolment_number=seller.enrolment_number,
        ),
        pictures=pictures,
    )


def _name(page: str, slug: str, name: str) -> Name:
    return Name(slug=slug, name=name, url=absolute(reverse(page, args=[slug])))
