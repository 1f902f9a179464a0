from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("payment", "0009_refund_lines"),
        ("core", "0004_refused"),
    ]

    operations = [
        migrations.RunSQL(
            "INSERT INTO core_refused (day, door, reason, count)"
            " SELECT day, 'provider', reason, count FROM payment_refusedmessages",
            migrations.RunSQL.noop,
        ),
        migrations.DeleteModel(name="RefusedMessages"),
    ]
