"""
Take in the makers who are in the catalogue; of those made up, write that nobody could be asked.

All others agreed to nothing that we know of: the clock takes their names down. The other way round
nothing is done, so that whoever was taken down stays down.
"""

from datetime import datetime, timezone
from zoneinfo import ZoneInfo

from django.db import migrations

BATCH = 500


def take_in(apps, schema_editor):
    Artisan = apps.get_model("catalogue", "Artisan")
    Person = apps.get_model("consent", "Person")
    Agreement = apps.get_model("consent", "Agreement")
    now = datetime.now(timezone.utc)
    for artisan in Artisan.objects.order_by("pk").iterator(chunk_size=BATCH):
        person = Person.objects.create(
            artisan=artisan,
            name_en=artisan.name_en or artisan.name,
            name_hi=artisan.name_hi or artisan.name_en or artisan.name,
            district_id=artisan.district_id,
            slug=artisan.slug,
            town_en=artisan.town_en or artisan.town,
            town_hi=artisan.town_hi or "",
            bio_en=artisan.bio_en or "",
            bio_hi=artisan.bio_hi or "",
        )
        if artisan.is_demonstration:
            photo = artisan.portrait_id
            Agreement.objects.bulk_create(
                Agreement(
                    person=person,
                    use=use,
                    languages=["en", "hi"],
                    photo_id=photo if use == "portrait" else None,
                    from_on=now.astimezone(ZoneInfo("Asia/Kolkata")).date(),
                    proof="made-up",
                    recorded_at=now,
                )
                for use in ("name", "story", *(["portrait"] if photo else []))
            )
    Artisan.objects.filter(is_demonstration=True).update(is_named=True)


class Migration(migrations.Migration):
    dependencies = [("consent", "0001_ledger")]

    operations = [migrations.RunPython(take_in, migrations.RunPython.noop)]
