from django.conf import settings
from django.db import migrations, models


def merge_doubles(apps, schema_editor):
    """Join the open baskets of each person into the newest; of what both hold, the larger number."""
    Basket = apps.get_model("basket", "Basket")
    Line = apps.get_model("basket", "Line")
    open_ones = Basket.objects.filter(status="Open", owner__isnull=False)
    doubled = open_ones.values("owner").annotate(n=models.Count("pk")).filter(n__gt=1)
    for owner in list(doubled.values_list("owner", flat=True)):
        kept, *others = open_ones.filter(owner=owner).order_by("-pk")
        for other in others:
            for line in Line.objects.filter(basket=other):
                same = Line.objects.filter(basket=kept, stockrecord=line.stockrecord_id)
                if same.exists():
                    same.filter(quantity__lt=line.quantity).update(quantity=line.quantity)
                else:
                    Line.objects.filter(pk=line.pk).update(basket=kept)
        Basket.objects.filter(pk__in=[other.pk for other in others]).update(status="Merged")
        Basket.objects.filter(pk=kept.pk).update(version=models.F("version") + 1)
    # The rows that moved must be settled before the index is made in the same transaction.
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):
    dependencies = [
        ("basket", "0013_zila"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(merge_doubles, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="basket",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "Open")),
                fields=("owner",),
                name="basket_one_open_a_person",
            ),
        ),
    ]
