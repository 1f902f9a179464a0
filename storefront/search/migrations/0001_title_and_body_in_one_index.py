"""The index that searches really use: the library asks for title and body as one."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("wagtailsearch", "0010_add_text_fields")]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX search_title_and_body ON wagtailsearch_indexentry"
            " USING gin ((title || body))",
            "DROP INDEX search_title_and_body",
        ),
    ]
