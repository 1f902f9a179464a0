"""
What a movement says stays, and a movement goes only with its stock record.

`by` may still become empty when a person is deleted, so the trigger names the other columns.
"""

from django.db import migrations

KEEP = """
CREATE TRIGGER stock_movement_stays
    BEFORE UPDATE OF stockrecord_id, reason, in_stock_change, allocated_change, reference, at
    ON stock_stockmovement FOR EACH ROW EXECUTE FUNCTION zila_refuse_change();

CREATE FUNCTION stock_refuse_loss() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM partner_stockrecord WHERE id = OLD.stockrecord_id) THEN
        RAISE EXCEPTION 'a movement of stock record % cannot go before it', OLD.stockrecord_id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER stock_movement_is_not_lost AFTER DELETE ON stock_stockmovement
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION stock_refuse_loss();
"""
LET_GO = """
DROP TRIGGER stock_movement_is_not_lost ON stock_stockmovement;
DROP FUNCTION stock_refuse_loss();
DROP TRIGGER stock_movement_stays ON stock_stockmovement;
"""


class Migration(migrations.Migration):
    dependencies = [("stock", "0002_hold"), ("core", "0002_refuse_change")]

    operations = [migrations.RunSQL(KEEP, LET_GO)]
