"""Oscar gives staff their permissions here and needs flat pages to; `setup_roles` does it for us."""

from django.db import migrations


class Migration(migrations.Migration):
    """Nothing: only the name, which others depend on."""

    dependencies = [("customer", "0007_auto_20200801_0817")]
    operations: list[migrations.operations.base.Operation] = []
