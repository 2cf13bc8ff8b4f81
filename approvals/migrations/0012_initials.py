from django.db import migrations

import jianfu.kernel.initials


def of_the_names_there_are(apps, _editor):
    Application = apps.get_model("approvals", "Application")
    rows = []
    for row in Application.objects.only("pk", "title").order_by("pk").iterator(chunk_size=500):
        row.title_initials = jianfu.kernel.initials.initials(row.title)[:100]
        rows.append(row)
        if len(rows) == 500:
            Application.objects.bulk_update(rows, ["title_initials"])
            rows = []
    Application.objects.bulk_update(rows, ["title_initials"])


class Migration(migrations.Migration):

    dependencies = [
        ('approvals', '0011_several_manners'),
    ]

    operations = [
        migrations.AddField(
            model_name='application',
            name='title_initials',
            field=jianfu.kernel.initials.InitialsField(blank=True, default='', editable=False, max_length=100, of='title', verbose_name='名称拼音首字母'),
        ),
        migrations.RunPython(of_the_names_there_are, migrations.RunPython.noop),
    ]
