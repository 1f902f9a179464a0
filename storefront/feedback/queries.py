"""What was said of a product, who may say something, and what sellers are asked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from storefront.accounts.models import User
from storefront.accounts.queries import has_confirmed_address
from storefront.catalogue.models import Product
from storefront.catalogue.queries import Card, cards_of
from storefront.catalogue.queries.said import Answered, Review, Said
from storefront.core.clock import INDIA
from storefront.core.statements import rows_of
from storefront.feedback.models import ProductReview, Question
from storefront.feedback.rules import Sort, Spread, spread_of
from storefront.fulfilment.rules import ARRIVED
from storefront.media.queries import PictureView, pictures
from storefront.media.rules import Use
from storefront.order.models import Line
from storefront.partner.models import Partner

SHOWN = 5
PER_PAGE = 10


@dataclass(frozen=True, slots=True)
class Bought:
    """A piece that reached its buyer, with what they said of it, if anything."""

    product: Product
    card: Card | None
    review: ProductReview | None


def said_of_product(product_id: int) -> Said:
    """Return what a product's page shows; one query, and one more if there are photos."""
    asked_for = [product_id, Sort.NEWEST, SHOWN, 0, product_id, SHOWN]
    rows = list(map(_Row._make, rows_of(_SAID, asked_for)))
    asked = [row for row in rows if not row.score]
    return _said([row for row in rows if row.score], asked)


def reviews_page(product_id: int, *, sort: Sort, page: int) -> Said:
    """Return a page of a product's reviews in an order, without questions."""
    rows = rows_of(_REVIEWS, [product_id, sort, PER_PAGE, (page - 1) * PER_PAGE])
    return _said(list(map(_Row._make, rows)), [])


# Every product's page asks both at once; the ORM would take ten times as long to write it.
_REVIEWS = """
    SELECT review.id, score, title, body, COALESCE(first_name, review.name), review.date_created,
        (SELECT array_agg(picture_id ORDER BY photo.id) FROM feedback_reviewphoto photo
            WHERE review_id = review.id),
        ARRAY[count(*) FILTER (WHERE score <= 1) OVER (), count(*) FILTER (WHERE score = 2) OVER (),
            count(*) FILTER (WHERE score = 3) OVER (), count(*) FILTER (WHERE score = 4) OVER (),
            count(*) FILTER (WHERE score = 5) OVER ()]
    FROM reviews_productreview review LEFT JOIN accounts_user ON accounts_user.id = user_id
    WHERE product_id = %s AND status = 1
    ORDER BY CASE %s WHEN 'highest' THEN -score WHEN 'lowest' THEN score ELSE 0 END,
        review.date_created DESC, review.id DESC
    LIMIT %s OFFSET %s
"""
_QUESTIONS = """
    SELECT id, 0, text, answer, '', answered_at, NULL::bigint[], NULL::bigint[]
    FROM feedback_question
    WHERE product_id = %s AND answer <> '' AND NOT is_hidden
    ORDER BY id DESC LIMIT %s
"""
_SAID = f"({_REVIEWS}) UNION ALL ({_QUESTIONS})"


class _Row(NamedTuple):
    """A review; or a question, which has no stars."""

    id: int
    score: int
    title: str
    body: str
    name: str
    at: datetime
    photos: list[int] | None
    counts: list[int] | None


def _said(rows: Sequence[_Row], asked: Iterable[_Row]) -> Said:
    shown = pictures((number for row in rows for number in row.photos or ()), Use.CARD)
    spread = spread_of(rows[0].counts) if rows and rows[0].counts else Spread()
    return Said(
        reviews=[_review(row, shown) for row in rows],
        questions=[Answered(row.title, row.body, _day(row.at)) for row in asked],
        spread=spread.rows(),
        mean=spread.mean,
        count=spread.total,
    )


def _review(row: _Row, shown: dict[int, PictureView]) -> Review:
    return Review(
        score=row.score,
        title=row.title,
        body=row.body,
        name=row.name or _("A buyer"),
        on=_day(row.at),
        photos=[shown[number] for number in row.photos or () if number in shown],
    )


def _day(moment: datetime) -> date:
    return moment.astimezone(INDIA).date()


def lines_that_arrived(user: User) -> QuerySet[Line]:
    """
    Return what reached a buyer and was not taken back.

    Orders placed as a guest count too, once the account's address is shown to be theirs.
    """
    theirs = Q(order__user=user)
    if has_confirmed_address(user):
        theirs |= Q(order__user=None, order__guest_email__iexact=user.email)
    arrived = Line.objects.filter(theirs, seller_order__state__in=ARRIVED)
    return arrived.filter(cancelled_quantity__lt=F("quantity"))


def has_bought(user: User, product: Product) -> bool:
    """Return whether a product reached this person."""
    return lines_that_arrived(user).filter(product=product).exists()


def bought_by(user: User) -> list[Bought]:
    """Return each product that reached a person once, the newest first; five queries."""
    numbers = lines_that_arrived(user).filter(product__isnull=False).order_by("-pk")
    wanted = list(dict.fromkeys(numbers.values_list("product", flat=True)))
    products = Product.objects.in_bulk(wanted)
    cards = {card.id: card for card in cards_of(wanted)}
    reviews = {review.product_id: review for review in ProductReview.objects.filter(user=user)}
    return [
        Bought(products[number], cards.get(number), reviews.get(number))
        for number in wanted
        if number in products
    ]


def review_by(user: User, product: Product) -> ProductReview | None:
    """Return what a person said of a product."""
    return ProductReview.objects.filter(user=user, product=product).first()


def photos_of(review: ProductReview | None) -> list[tuple[int, PictureView]]:
    """Return a review's photos with the numbers of their rows."""
    rows = list(review.photos.order_by("pk")) if review else []
    shown = pictures((row.picture_id for row in rows), Use.CARD)
    return [(row.pk, shown[row.picture_id]) for row in rows if row.picture_id in shown]


def questions_to_seller(seller: Partner) -> QuerySet[Question]:
    """Return what a seller was asked, the unanswered first, then the newest."""
    asked = Question.objects.filter(product__stockrecords__partner=seller, is_hidden=False)
    return asked.select_related("product").order_by(F("answered_at").asc(nulls_first=True), "-pk")


def question_to_seller(seller: Partner, question_id: int) -> Question | None:
    """Return one question to this seller."""
    return questions_to_seller(seller).filter(pk=question_id).first()


def questions_of(user: User) -> QuerySet[Question]:
    """Return what a person asked, the newest first."""
    return Question.objects.filter(asker=user).select_related("product").order_by("-pk")
