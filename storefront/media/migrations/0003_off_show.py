"""A picture can be taken off show."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("media", "0002_decoration")]

    operations = [
        migrations.AddField(
            model_name="picture",
            name="is_off_show",
            field=models.BooleanField(default=False, editable=False),
        ),
    ]
