"""When the first of the held pieces may be free again."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('partner', '0009_index_by_price'),
    ]

    operations = [
        migrations.AddField(
            model_name='stockrecord',
            name='held_until',
            field=models.DateTimeField(editable=False, null=True),
        ),
    ]
