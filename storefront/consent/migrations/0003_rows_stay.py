"""What somebody agreed to, what shows it, and what they took back stays as it was written."""

from django.db import migrations

KEEP = """
CREATE TRIGGER {table}_stays BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION zila_refuse_change();
"""
LET_GO = "DROP TRIGGER {table}_stays ON {table};"
TABLES = ("consent_agreement", "consent_withdrawal", "consent_paper")


class Migration(migrations.Migration):
    dependencies = [("consent", "0002_makers_there_already"), ("core", "0002_refuse_change")]

    operations = [
        migrations.RunSQL(KEEP.format(table=table), LET_GO.format(table=table)) for table in TABLES
    ]
