"""When the first of the held pieces may be free again."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('partner', '0008_zila'),
    ]

    operations = [
        migrations.AddField(
            model_name='stockrecord',
            name='held_until',
            field=models.DateTimeField(editable=False, null=True),
        ),
    ]
