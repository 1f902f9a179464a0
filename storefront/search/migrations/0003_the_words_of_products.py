import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models


def index_what_is_there(apps, schema_editor):
    # Late: the models that services import are not ready while migrations are read.
    from storefront.search.services import index_products

    last = apps.get_model("catalogue", "Product").objects.order_by("-pk").first()
    for first in range(1, last.pk + 1 if last else 1, 2_000):
        index_products(first=first, last=first + 1_999)


class Migration(migrations.Migration):

    dependencies = [
        ('search', '0002_terms_synonyms_and_misses'),
        ('catalogue', '0034_lists_of_what_is_live'),
    ]

    operations = [
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('product', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='catalogue.product')),
                ('name', django.contrib.postgres.search.SearchVectorField()),
                ('words', django.contrib.postgres.search.SearchVectorField()),
            ],
            options={
                'indexes': [
                    django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['name'], name='search_entry_name'),
                    django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['words'], name='search_entry_words'),
                ],
            },
        ),
        migrations.RunPython(index_what_is_there, migrations.RunPython.noop),
    ]
