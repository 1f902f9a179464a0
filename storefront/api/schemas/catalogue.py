"""Products as JSON."""

from datetime import datetime
from decimal import Decimal

from django.urls import reverse
from ninja import Schema
from pydantic import Field

from storefront.api.pagination import absolute
from storefront.api.schemas.money import Money, money
from storefront.atlas.models import Craft, District
from storefront.catalogue.models import Artisan, Product
from storefront.catalogue.queries import ProductPage, stock_of
from storefront.catalogue.queries import Stock as StockNow
from storefront.catalogue.queries.cards import main_picture
from storefront.catalogue.rules import StockState
from storefront.media.queries import PictureView
from storefront.media.rules import Use


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


class ProductDetail(ProductOut):
    """A product with all that its page tells."""

    sku: str
    description: str
    materials: str
    size: Size
    weight_g: int
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


def product_out(product: Product) -> ProductOut:
    """Return a product that was read by `api.queries.products`; no further query."""
    record = product.stockrecords.all()[0]
    stock = stock_of(product, free=record.free, held_until=record.held_until)
    return _with(product, price=record.price, stock=stock)


def product_detail(page: ProductPage) -> ProductDetail:
    """Return a product with all that is told of it; no further query."""
    product, seller = page.product, page.offer.seller
    pictures = [picture for view in page.pictures if (picture := picture_out(view))]
    short = _with(product, price=page.offer.price, stock=page.offer.stock)
    return ProductDetail(
        **short.dict(exclude={"picture"}),
        picture=pictures[0] if pictures else None,
        sku=product.upc or "",
        description=product.description,
        materials=product.materials,
        size=Size(
            length_cm=product.length_cm, width_cm=product.width_cm, height_cm=product.height_cm
        ),
        weight_g=product.weight_g,
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


def _with(product: Product, *, price: Decimal, stock: StockNow) -> ProductOut:
    assert product.district is not None, "live products have one"
    assert product.craft is not None, "live products have one"
    return ProductOut(
        id=product.pk,
        title=product.title,
        url=absolute(product.get_absolute_url()),
        price=money(price),
        stock=Stock(
            state=stock.state, text=stock.text, free=stock.free, held_until=stock.held_until
        ),
        picture=picture_out(main_picture(product, Use.CARD)),
        district=_name(product.district, "district"),
        craft=_name(product.craft, "craft"),
        maker=_name(product.artisan, "maker") if product.artisan else None,
        is_one_of_a_kind=product.is_one_of_a_kind,
    )


def _name(named: District | Craft | Artisan, page: str) -> Name:
    return Name(slug=named.slug, name=named.name, url=absolute(reverse(page, args=[named.slug])))
