"""Writing reviews and questions, answering and hiding them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from wagtail.models import Collection

from storefront.accounts.models import User
from storefront.accounts.queries import language_of
from storefront.accounts.services import lock_person
from storefront.catalogue.models import Product
from storefront.core.refusals import Refusal
from storefront.feedback.models import ProductReview, Question, ReviewPhoto
from storefront.feedback.queries import has_bought
from storefront.feedback.rules import A_DAY, MOST_PHOTOS, QUESTIONS_A_DAY
from storefront.media.models import Picture
from storefront.media.services import PictureFacts, add_picture, clean_photo
from storefront.notices import services as notices
from storefront.partner.models import Partner

COLLECTION = "Buyers' photos"
# Nobody was asked in which language sellers want their letters; it is the state's.
SELLERS_LANGUAGE = "hi"


class NotBought(Refusal):
    """Only who has the piece may say what it is like."""

    code = "not-bought"


class TooManyPhotos(Refusal):
    """A review has a few photos."""

    code = "too-many-photos"


class TooManyQuestions(Refusal):
    """Somebody asked a lot today."""

    code = "too-many-questions"


class NotSold(Refusal):
    """Nobody sells the product any more, so that nobody could answer."""

    code = "not-sold"


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody says of a piece."""

    score: int
    title: str
    body: str


def write_review(
    user: User,
    product: Product,
    *,
    words: Words,
    photos: Sequence[bytes] = (),
    without: Iterable[int] = (),
) -> ProductReview:
    """
    Keep what a buyer says of a product, in place of what they said before, until staff read it.

    `without` are numbers of earlier photos that go.

    Raises:
        NotBought: it has not reached this person, or all of it went back.
        PhotoRefused, TooManyPhotos: nothing was kept.
    """
    # Unpacking photos takes a second, and nobody need wait for it.
    cleaned = [clean_photo(photo) for photo in photos]
    with transaction.atomic(durable=True):
        # Two who write at once would each count the stars without the other's.
        locked = Product.objects.select_for_update(no_key=True).get(pk=product.pk)
        if not has_bought(user, locked):
            raise NotBought(gettext("You can write about a piece once it has reached you."))
        review = ProductReview.objects.filter(user=user, product=locked).first()
        review = review or ProductReview(user=user, product=locked)
        review.score, review.title, review.body = words.score, words.title, words.body
        review.status = ProductReview.FOR_MODERATION
        review.product = locked
        review.save()
        _drop_photos(review, without)
        _add_photos(review, cleaned)
    return review


def add_photo(review: ProductReview, content: bytes, *, facts: PictureFacts) -> None:
    """Put a picture beside a review, apart from the shop's own pictures; the same one once."""
    picture = add_picture(content, filename="photo.jpg", facts=facts, collection=_collection())
    ReviewPhoto.objects.get_or_create(review=review, picture=picture)


@transaction.atomic(durable=True)
def take_back_review(user: User, product: Product) -> None:
    """Delete what a person said of a product, with its photos; asked twice, it is gone as well."""
    locked = Product.objects.select_for_update(no_key=True).get(pk=product.pk)
    review = ProductReview.objects.filter(user=user, product=locked).first()
    if review is not None:
        _drop_photos(review, review.photos.values_list("pk", flat=True))
        review.product = locked
        review.delete()


@transaction.atomic(durable=True)
def ask(user: User, product: Product, *, text: str, now: datetime) -> Question:
    """
    Keep a question and tell the seller; the same question twice is one.

    Raises:
        NotSold: nobody could answer.
        TooManyQuestions: this person asked as often today as one may.
    """
    # Questions of one person are counted one after another.
    lock_person(user)
    seller = Partner.objects.filter(stockrecords__product=product).order_by("pk").first()
    if seller is None or not product.is_public:
        raise NotSold(gettext("This is no longer sold."))
    recent = Question.objects.filter(asker=user, asked_at__gt=now - A_DAY)
    same = recent.filter(product=product, text=text).first()
    if same is not None:
        return same
    if recent.count() >= QUESTIONS_A_DAY:
        raise TooManyQuestions(gettext("You asked a lot today. Please ask again tomorrow."))
    question = Question.objects.create(
        product=product, asker=user, language=language_of(user), text=text, asked_at=now
    )
    _tell_seller(question, seller)
    return question


@transaction.atomic(durable=True)
def answer(question: Question, *, text: str, by: User, now: datetime) -> Question:
    """Keep the seller's answer, or another in its place; the first one is sent to the asker."""
    fresh = Question.objects.select_for_update().get(pk=question.pk)
    is_first = not fresh.answer
    fresh.answer, fresh.answered_by, fresh.answered_at = text, by, now
    fresh.save(update_fields=["answer", "answered_by", "answered_at"])
    if is_first:
        _tell_asker(fresh)
    return fresh


def hide(question_id: int, *, is_hidden: bool) -> None:
    """Let staff take a question off its page, or put it back."""
    Question.objects.filter(pk=question_id).update(is_hidden=is_hidden)


def forget_writer(user: User) -> None:
    """Take a person's name off what they said and asked; call it inside a transaction."""
    ProductReview.objects.filter(user=user).update(user=None)
    Question.objects.filter(asker=user).update(asker=None)


def _drop_photos(review: ProductReview, numbers: Iterable[int]) -> None:
    gone = list(review.photos.filter(pk__in=list(numbers)))
    ReviewPhoto.objects.filter(pk__in=[photo.pk for photo in gone]).delete()
    unused = Picture.objects.filter(pk__in=[photo.picture_id for photo in gone])
    for picture in unused.filter(review_photos=None).order_by("pk"):
        picture.delete()


def _add_photos(review: ProductReview, cleaned: Sequence[bytes]) -> None:
    if review.photos.count() + len(cleaned) > MOST_PHOTOS:
        raise TooManyPhotos(
            gettext("A review has at most %(most)s photos.") % {"most": MOST_PHOTOS}
        )
    assert review.product is not None, "a review that is written has its product"
    facts = PictureFacts(
        title=f"Review {review.pk}",
        alt_en=f"A buyer's photo: {review.product.title_en}",
        alt_hi=f"ख़रीदार की फ़ोटो: {review.product.title_hi or review.product.title_en}",
    )
    for content in cleaned:
        add_photo(review, content, facts=facts)


def _collection() -> Collection:
    """Return where buyers' photos lie, apart from the shop's own pictures."""
    found: Collection | None = Collection.objects.filter(name=COLLECTION).first()
    return found or Collection.get_first_root_node().add_child(name=COLLECTION)


def _tell_seller(question: Question, seller: Partner) -> None:
    context = asked_context(question, SELLERS_LANGUAGE)
    for email in seller.users.order_by("pk").values_list("email", flat=True):
        notices.write("question_asked", to=email, language=SELLERS_LANGUAGE, context=context)


def _tell_asker(question: Question) -> None:
    if question.asker is None:
        return
    email, told = question.asker.email, answered_context(question)
    notices.write("question_answered", to=email, language=question.letters_in, context=told)


def asked_context(question: Question, language: str) -> dict[str, Any]:
    """Return what the letter to the seller of a product says."""
    url = settings.SHOP_URL + reverse("desk-question", args=[question.pk])
    with translation.override(language):
        return {"title": question.product.title, "question": question.text, "url": url}


def answered_context(question: Question) -> dict[str, Any]:
    """Return what the letter to whoever asked says."""
    with translation.override(question.letters_in):
        return {
            "title": question.product.title,
            "question": question.text,
            "answer": question.answer,
            "url": settings.SHOP_URL + question.product.get_absolute_url(),
        }
