"""Products."""

from decimal import Decimal
from typing import Annotated

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from storefront.api.pagination import Listed, PageQuery, listed, page_of
from storefront.api.queries import products
from storefront.api.schemas.catalogue import (
    ProductDetail,
    ProductOut,
    product_detail,
    product_out,
)
from storefront.catalogue.queries import cards_of, product_page, shown_product
from storefront.catalogue.queries.filters import ORDER, Sort, Wish

router = Router(tags=["Products"])
# The shop's own order, for which there are indexes.
BY = ORDER[Sort.FEATURED]
PLACE = ("pk", "priority", "date_created")
Slug = Annotated[str, Field(pattern=r"^[a-z0-9_-]{1,128}$")]
Rupees = Annotated[Decimal, Field(ge=0, max_digits=12, decimal_places=2)]


class ProductQuery(PageQuery):
    """Which products. A name may be given several times: any of them will do."""

    district: list[Slug] = Field([], max_length=75, description="Slugs of districts.")
    craft: list[Slug] = Field([], max_length=75, description="Slugs of crafts.")
    material: list[Slug] = Field([], max_length=75, description="Slugs of materials.")
    colour: list[Slug] = Field([], max_length=75, description="Slugs of colours.")
    maker: list[Slug] = Field([], max_length=75, description="Slugs of makers.")
    seller: list[Slug] = Field([], max_length=75, description="Slugs of sellers.")
    country: list[Slug] = Field([], max_length=75, description="Countries of origin: `in`.")
    price_from: Rupees | None = Field(None, description="Rupees, GST included.")
    price_to: Rupees | None = Field(None, description="Rupees, GST included.")
    in_stock: bool = Field(default=False, description="Only what can be bought now.")
    ready: bool = Field(default=False, description="Of that, only what need not be made first.")
    gi: bool = Field(
        default=False, description="Only what an authorised user sells under a GI name."
    )


@router.get("/products", response=Listed[ProductOut])
def product_list(request: HttpRequest, query: Annotated[ProductQuery, Query(...)]) -> HttpResponse:
    """List what is for sale, what is put forward first."""
    wish = Wish(
        crafts=tuple(query.craft),
        districts=tuple(query.district),
        materials=tuple(query.material),
        colours=tuple(query.colour),
        makers=tuple(query.maker),
        sellers=tuple(query.seller),
        countries=tuple(query.country),
        price_from=query.price_from,
        price_to=query.price_to,
        in_stock=query.in_stock,
        ready=query.ready,
        gi=query.gi,
    )
    rows = products(wish).only(*PLACE)
    page = page_of(rows, by=BY, paging=query, request=request)
    shown = cards_of(row.pk for row in page.rows)
    return listed(Listed[ProductOut], [product_out(card) for card in shown], page)


@router.get("/products/{int:product_id}", response=ProductDetail)
def product(request: HttpRequest, product_id: int) -> ProductDetail:
    """Tell all about a product that is for sale."""
    found = shown_product(product_id)
    page = product_page(found) if found and found.is_public else None
    card = next(iter(cards_of([product_id])), None)
    if page is None or card is None:
        raise Http404
    return product_detail(page, card)
