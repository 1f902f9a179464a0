"""The books balance when a transaction ends, and what is written stays as it is."""

from django.db import migrations

BALANCE = """
CREATE FUNCTION ledger_check_balance() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    total bigint;
BEGIN
    SELECT sum(amount_paise) INTO total FROM ledger_entry WHERE journal_id = NEW.journal_id;
    IF total <> 0 THEN
        RAISE EXCEPTION 'journal % is out of balance by % paise', NEW.journal_id, total
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_journal_balances';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER ledger_journal_balances AFTER INSERT ON ledger_entry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_check_balance();
"""
NO_BALANCE = """
DROP TRIGGER ledger_journal_balances ON ledger_entry;
DROP FUNCTION ledger_check_balance();
"""
KEEP = """
CREATE TRIGGER {table}_stays BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION zila_refuse_change();
"""
LET_GO = "DROP TRIGGER {table}_stays ON {table};"


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial"), ("core", "0002_refuse_change")]

    operations = [
        migrations.RunSQL(BALANCE, NO_BALANCE),
        *(
            migrations.RunSQL(KEEP.format(table=table), LET_GO.format(table=table))
            for table in ("ledger_journal", "ledger_entry")
        ),
    ]
