"""Buyers who have a piece at home and say what it is like."""

from io import BytesIO
from typing import Any

from PIL import Image

from storefront.catalogue.models import Product
from storefront.core.clock import now
from storefront.feedback.models import ProductReview
from storefront.feedback.services import Words
from storefront.fulfilment.services import say_arrived
from tests.factories.orders import make_order, make_shipped, part_of

GOOD = Words(score=5, title="Heavy", body="It rings when you tap it.")


def deliver(product: Product, **buyer: Any) -> None:
    order = make_order(product, **buyer)
    part = make_shipped(part_of(order), tracking_number=order.number)
    say_arrived(part, by=None, now=now())


def photo(kind: str = "JPEG", size: tuple[int, int] = (60, 40), colour: int = 90) -> bytes:
    """Return a photo that tells where it was taken."""
    exif = Image.Exif()
    exif[0x010F] = "Secret camera"
    exif.get_ifd(0x8825)[1] = "N"
    content = BytesIO()
    Image.new("RGB", size, (colour, 40, 40)).save(content, kind, exif=exif)
    return content.getvalue()


def approve(review: ProductReview) -> None:
    review.status = ProductReview.APPROVED
    review.save()
