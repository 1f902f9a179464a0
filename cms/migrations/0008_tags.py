"""Tags of stories."""

import modelcluster.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0007_every_block"),
    ]

    operations = [
        migrations.CreateModel(
            name="Tag",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "name_en",
                    models.CharField(max_length=40, unique=True, verbose_name="name, English"),
                ),
                (
                    "name_hi",
                    models.CharField(max_length=40, unique=True, verbose_name="name, Hindi"),
                ),
                (
                    "text_en",
                    models.CharField(
                        blank=True, max_length=160, verbose_name="a sentence, English"
                    ),
                ),
                (
                    "text_hi",
                    models.CharField(blank=True, max_length=160, verbose_name="a sentence, Hindi"),
                ),
                ("slug", models.SlugField(editable=False, unique=True)),
            ],
            options={
                "verbose_name": "tag",
                "verbose_name_plural": "tags",
            },
        ),
        migrations.AddField(
            model_name="storypage",
            name="tags",
            field=modelcluster.fields.ParentalManyToManyField(
                blank=True,
                help_text="What else such stories are about. Moderators keep the list.",
                related_name="stories",
                to="cms.tag",
                verbose_name="tags",
            ),
        ),
    ]
