"""More kinds of money rows, and rows that stay as they are."""

from django.db import migrations, models

KINDS = ["capture", "refund", "refund_failed", "fee", "dispute", "dispute_won"]
KEEP = """
CREATE TRIGGER payment_moneymovement_stays BEFORE UPDATE OR DELETE ON payment_moneymovement
    FOR EACH ROW EXECUTE FUNCTION zila_refuse_change();
"""
LET_GO = "DROP TRIGGER payment_moneymovement_stays ON payment_moneymovement;"


class Migration(migrations.Migration):
    dependencies = [("payment", "0006_zila"), ("core", "0002_refuse_change")]

    operations = [
        migrations.AlterField(
            model_name="moneymovement",
            name="kind",
            field=models.CharField(choices=[(kind, kind) for kind in KINDS], max_length=14),
        ),
        migrations.RunSQL(KEEP, LET_GO),
    ]
