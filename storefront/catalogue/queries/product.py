"""One product as its page shows it, and pieces like it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q, Window, prefetch_related_objects
from django.utils.translation import gettext as _

from storefront.catalogue.models import Artisan, Product
from storefront.catalogue.queries.cards import Card, cards, for_cards, with_pictures
from storefront.catalogue.queries.filters import IS_FREE, ORDER, Sort
from storefront.catalogue.queries.stock import Stock, stock_of
from storefront.catalogue.rules import ProductState
from storefront.core.clock import INDIA
from storefront.media.queries import PictureView, picture_view, with_renditions
from storefront.media.rules import Use

ALIKE = 4
REVIEWS_SHOWN = 5
APPROVED = 1  # Oscar's ProductReview.APPROVED; its model is loaded after ours


@dataclass(frozen=True, slots=True)
class Seller:
    """Who sells it: the name and address every product page must bear."""

    name: str
    town: str
    address: str
    gstin: str
    enrolment_number: str


@dataclass(frozen=True, slots=True)
class Offer:
    """What it costs in rupees with GST, how many there are, and whose it is."""

    price: Decimal
    stock: Stock
    seller: Seller


@dataclass(frozen=True, slots=True)
class Review:
    """What a buyer says of it; only the first name is told."""

    score: int
    title: str
    body: str
    name: str
    on: date


@dataclass(frozen=True, slots=True)
class Alike:
    """
    Other pieces that can be bought: of the same maker, and of the same craft by others.

    Where these are few, of other crafts of the same district.
    """

    by_maker: list[Card]
    of_craft: list[Card]
    of_district: list[Card]


@dataclass(frozen=True, slots=True)
class Maker:
    """Who made it, with a portrait if there is one."""

    artisan: Artisan
    picture: PictureView | None


@dataclass(frozen=True, slots=True)
class ProductPage:
    """All that a product's own page shows of it."""

    product: Product
    offer: Offer
    pictures: list[PictureView]
    maker: Maker | None
    reviews: list[Review]
    review_count: int


def shown_product(product_id: int) -> Product | None:
    """Return a product that has a page: a live one, or one that was on sale once."""
    return (
        Product.objects.filter(pk=product_id, state__in=(ProductState.LIVE, ProductState.WITHDRAWN))
        .select_related("district", "craft", "artisan__portrait", "artisan__craft")
        .first()
    )


def product_page(product: Product) -> ProductPage | None:
    """Return what a live product's page shows, or nothing if nobody offers it; five queries."""
    offer = _offer(product)
    if offer is None:
        return None
    portrait = with_renditions("artisan__portrait__renditions", Use.CARD)
    prefetch_related_objects([product], *with_pictures(Use.PRODUCT), portrait)
    reviews, review_count = _reviews(product)
    return ProductPage(
        product=product,
        offer=offer,
        pictures=[
            picture_view(shown.image, Use.PRODUCT) for shown in product.images.all() if shown.image
        ],
        maker=_maker(product.artisan),
        reviews=reviews,
        review_count=review_count,
    )


def alike(product: Product) -> Alike:
    """Return pieces that can be bought instead of, or beside, this one; four queries."""
    offered = Product.objects.live().filter(IS_FREE).exclude(pk=product.pk)
    offered = offered.order_by(*ORDER[Sort.FEATURED])
    wanted = Q()
    for field in ("artisan_id", "craft_id", "district_id"):
        key = getattr(product, field)
        if not key:
            continue
        wanted |= Q(pk__in=offered.filter(**{field: key}).values("pk")[:ALIKE])
        # What one row shows, the next does not.
        offered = offered.exclude(**{field: key})
    if not wanted:
        return Alike(by_maker=[], of_craft=[], of_district=[])
    shown = Product.objects.filter(wanted).order_by(*ORDER[Sort.FEATURED])
    mine, others, near = [], [], []
    for each in for_cards(shown):
        if each.artisan_id and each.artisan_id == product.artisan_id:
            mine.append(each)
        elif each.craft_id == product.craft_id:
            others.append(each)
        else:
            near.append(each)
    room = max(0, ALIKE - len(mine) - len(others))
    return Alike(by_maker=cards(mine), of_craft=cards(others), of_district=cards(near[:room]))


def _offer(product: Product) -> Offer | None:
    record = (
        product.stockrecords.select_related("partner__district", "partner__state")
        .order_by("pk")
        .first()
    )
    if record is None:
        return None
    seller = record.partner
    places = (seller.town, seller.district and seller.district.name, seller.state, seller.pin)
    return Offer(
        price=record.price,
        stock=stock_of(product, free=record.free, held_until=record.held_until),
        seller=Seller(
            name=seller.name,
            town=seller.town,
            # A town often bears its district's name; it is said once.
            address=", ".join(dict.fromkeys(str(place) for place in places if place)),
            gstin=seller.gstin,
            enrolment_number=seller.enrolment_number,
        ),
    )


def _maker(artisan: Artisan | None) -> Maker | None:
    if artisan is None:
        return None
    picture = picture_view(artisan.portrait, Use.CARD) if artisan.portrait else None
    return Maker(artisan=artisan, picture=picture)


def _reviews(product: Product) -> tuple[list[Review], int]:
    """Return the newest approved reviews, and how many there are."""
    rows = (
        product.reviews.filter(status=APPROVED)
        .select_related("user")
        .annotate(number=Window(Count("pk")))
        .order_by("-date_created", "-pk")[:REVIEWS_SHOWN]
    )
    found = list(rows)
    reviews = [
        Review(
            score=row.score,
            title=row.title,
            body=row.body,
            name=(row.user.first_name if row.user else row.name) or _("A buyer"),
            on=row.date_created.astimezone(INDIA).date(),
        )
        for row in found
    ]
    return reviews, found[0].number if found else 0
