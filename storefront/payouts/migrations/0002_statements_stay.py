"""What a payout covers and comes to stays as it was made; only what became of it is written."""

from django.db import migrations

KEEP = """
CREATE TRIGGER {table}_stays BEFORE DELETE OR UPDATE OF {columns} ON {table}
    FOR EACH ROW EXECUTE FUNCTION zila_refuse_change();
"""
LET_GO = "DROP TRIGGER {table}_stays ON {table};"
KEPT = {
    "payouts_payout": "batch_id, seller_id, amount_paise",
    "payouts_payoutline": "payout_id, entry_id",
}


class Migration(migrations.Migration):
    dependencies = [("payouts", "0001_initial"), ("core", "0002_refuse_change")]

    operations = [
        migrations.RunSQL(
            KEEP.format(table=table, columns=columns), LET_GO.format(table=table)
        )
        for table, columns in KEPT.items()
    ]
