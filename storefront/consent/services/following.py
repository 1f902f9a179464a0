"""What the clock does: an agreement ends, or begins, by the day alone."""

from datetime import datetime

from storefront.catalogue.models import Artisan
from storefront.consent.models import Agreement, Person
from storefront.consent.queries import said_of
from storefront.consent.services.people import enter
from storefront.consent.services.showing import follow, settle_photos, shown_of
from storefront.core.clock import INDIA
from storefront.core.plugs import plug


def follow_all(*, now: datetime) -> None:
    """
    Let catalogue, pages and pictures follow the ledger; safe to run again.

    Makers that came into the catalogue by another way are taken in first.
    """
    on = now.astimezone(INDIA).date()
    for artisan in Artisan.objects.filter(person=None).order_by("pk"):
        enter(artisan, on=on)
    said = said_of()
    makers = Person.objects.exclude(artisan=None).select_related("artisan", "district")
    for person in makers.order_by("pk").iterator():
        maker = person.artisan
        if maker and shown_of(person, said[person.pk], on=on).differs_from(maker):
            follow([person.pk], on=on)
    plug("PAGES_FOLLOW_PEOPLE")(None, on=on)
    photos = Agreement.objects.filter(photo__isnull=False).values_list("photo", flat=True)
    settle_photos(photos.distinct(), on=on)
