"""Photos beside a review: a few, pixels alone, and called drawn where they are."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from storefront.accounts.models import User
from storefront.catalogue.models import Product
from storefront.feedback import services
from storefront.feedback.models import ProductReview, ReviewPhoto
from storefront.feedback.services import Words, write_review
from storefront.media.models import Picture
from storefront.media.services import PhotoRefused, clean_photo
from tests.feedback.reviewing import GOOD, approve, deliver, photo

pytestmark = pytest.mark.django_db


def test_photos_are_pixels_alone():
    cleaned = clean_photo(photo(size=(3000, 1000)))

    with Image.open(BytesIO(cleaned)) as found:
        assert found.format == "JPEG"
        assert found.size == (1600, 533)
        assert dict(found.getexif()) == {}
    assert b"Secret" not in cleaned


@pytest.mark.parametrize(
    "content",
    [b"", b"<svg onload=alert(1)>", b"GIF89a" + b"\0" * 40, photo()[:60], photo("GIF")],
    ids=["empty", "svg", "half-a-gif", "torn", "gif"],
)
def test_what_is_no_photo_is_refused(content: bytes):
    with pytest.raises(PhotoRefused):
        clean_photo(content)


def test_a_photo_of_too_many_pixels_is_refused_by_its_head(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("storefront.media.services.MOST_PIXELS", 2399)

    with pytest.raises(PhotoRefused, match="too many pixels"):
        clean_photo(photo(size=(60, 40)))


def test_a_photo_of_too_many_bytes_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("storefront.media.services.LARGEST_PHOTO", 10)

    with pytest.raises(PhotoRefused, match="may have"):
        clean_photo(photo())


def test_a_fifth_photo_keeps_nothing(asha: User, lota: Product):
    deliver(lota, user=asha)
    write_review(asha, lota, words=GOOD, photos=[photo(colour=60 * n) for n in range(4)])

    with pytest.raises(services.TooManyPhotos):
        write_review(asha, lota, words=Words(1, "", "No."), photos=[photo(colour=250)])
    assert ProductReview.objects.get().score == 5
    assert ReviewPhoto.objects.count() == Picture.objects.count() == 4


def test_a_photo_can_be_taken_away(asha: User, lota: Product):
    deliver(lota, user=asha)
    review = write_review(asha, lota, words=GOOD, photos=[photo(), photo(colour=250)])
    first = review.photos.order_by("pk")[0]

    write_review(asha, lota, words=GOOD, without=[first.pk])

    assert ReviewPhoto.objects.count() == Picture.objects.count() == 1


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Drawn by computer for this demonstration"),
        ("hi", "इस नमूने के लिए कंप्यूटर से बनाई गई तस्वीर"),
    ],
)
def test_a_drawn_picture_beside_a_review_is_called_one_and_a_photo_is_not(
    client: Client, asha: User, lota: Product, language: str, words: str
):
    deliver(lota, user=asha)
    review = write_review(asha, lota, words=GOOD, photos=[photo()])
    approve(review)
    page = f"/{language}/shop/{lota.slug}-{lota.pk}/"
    taken = client.get(page).content.decode()

    Picture.objects.filter(review_photos__review=review).update(is_computer_drawn=True)

    assert 'class="photos"' in taken
    assert words not in taken
    assert words in client.get(page).content.decode()


def test_a_file_that_is_no_photo_is_said_beside_its_box(client: Client, asha: User, lota: Product):
    deliver(lota, user=asha)
    client.force_login(asha)
    upload = SimpleUploadedFile("x.jpg", b"not a photo", "image/jpeg")

    answer = client.post(
        f"/en/account/reviews/{lota.pk}/", {"score": "4", "body": "Fine.", "photos": [upload]}
    )

    assert answer.status_code == 422
    assert "Please choose a JPEG, PNG or WebP photo." in answer.content.decode()
    assert ProductReview.objects.count() == 0
