"""A trigger function for tables whose rows are only ever added."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]

    operations = [
        migrations.RunSQL(
            """
            CREATE FUNCTION zila_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                RAISE EXCEPTION 'rows of % are only ever added', TG_TABLE_NAME
                    USING ERRCODE = 'restrict_violation';
            END $$;
            """,
            "DROP FUNCTION zila_refuse_change();",
        ),
    ]
