import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models


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
    ]
