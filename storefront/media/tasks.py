"""Renditions are made by the worker, never while a buyer waits."""

from django.db.models.signals import post_save
from django.dispatch import receiver
from django_tasks import task

from storefront.core.tasks import LAST
from storefront.media.models import Picture
from storefront.media.rules import Form
from storefront.media.services import make_renditions

# Every picture is quickly made small; only then is each made smaller still.
AFTERWARDS = LAST - 5


@task(priority=LAST)
def render(picture_id: int) -> int:
    """Make a picture's renditions; a picture deleted meanwhile needs none."""
    picture = Picture.objects.filter(pk=picture_id).first()
    if picture is None:
        return 0
    render_smaller.enqueue(picture_id)
    return make_renditions(picture, forms=[Form.WEBP])


@task(priority=AFTERWARDS)
def render_smaller(picture_id: int) -> int:
    """Make the renditions that take long to make, for the browsers that can read them."""
    picture = Picture.objects.filter(pk=picture_id).first()
    return make_renditions(picture, forms=[Form.AVIF]) if picture else 0


@receiver(post_save, sender=Picture)
def render_later(sender: type[Picture], instance: Picture, created: bool, **kwargs: object) -> None:  # noqa: FBT001 -- Django's signature
    """Ask the worker for a new picture's renditions, however it came into the library."""
    if created:
        render.enqueue(instance.pk)
