from django.db import migrations


class Migration(migrations.Migration):
    """What was handed in before there was an index is read after migrating (approvals/receivers.py)."""

    dependencies = [("approvals", "0006_themes")]

    operations = []
