from django.db import migrations

import jianfu.kernel.initials


def of_the_names_there_are(apps, _editor):
    Entry = apps.get_model("whitelist", "Entry")
    rows = []
    for row in Entry.objects.only("pk", "title").order_by("pk").iterator(chunk_size=500):
        row.title_initials = jianfu.kernel.initials.initials(row.title)[:200]
        rows.append(row)
        if len(rows) == 500:
            Entry.objects.bulk_update(rows, ["title_initials"])
            rows = []
    Entry.objects.bulk_update(rows, ["title_initials"])


class Migration(migrations.Migration):

    dependencies = [
        ('whitelist', '0003_exempt_listed_apart'),
    ]

    operations = [
        migrations.AddField(
            model_name='entry',
            name='title_initials',
            field=jianfu.kernel.initials.InitialsField(blank=True, default='', editable=False, max_length=200, of='title', verbose_name='名称拼音首字母'),
        ),
        migrations.RunPython(of_the_names_there_are, migrations.RunPython.noop),
    ]
