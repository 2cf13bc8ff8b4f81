from django.db import migrations, models

import jianfu.kernel.verification
import whitelist.models.entry
from approvals.selectors import theme_of

CODE = {"verbose_name": "核验码", "max_length": 16, "editable": False}


def of_the_entries_there_are(apps, _editor):
    """The code that stands on what was issued, or one of its own; what the entry is about; how long it takes."""
    Entry = apps.get_model("whitelist", "Entry")
    rows = Entry.objects.select_related("application").order_by("pk")
    last = 0
    while batch := list(rows.filter(pk__gt=last)[:500]):
        for row in batch:
            issued = row.application
            row.verification_code = (issued and issued.verification_code) or jianfu.kernel.verification.new_code()
            row.minutes = issued and issued.minutes
            row.theme = theme_of(row.title, row.content)
        Entry.objects.bulk_update(batch, ["verification_code", "minutes", "theme"])
        last = batch[-1].pk


class Migration(migrations.Migration):

    dependencies = [
        ('approvals', '0015_verification_code'),
        ('organisations', '0006_school_calendar'),
        ('whitelist', '0008_exempt_items_of_a_year'),
    ]

    operations = [
        migrations.AddField('entry', 'minutes', models.PositiveSmallIntegerField('单次时长（分钟）', blank=True, null=True)),
        migrations.AddField('historicalentry', 'minutes', models.PositiveSmallIntegerField('单次时长（分钟）', blank=True, null=True)),
        migrations.AddField('entry', 'theme', whitelist.models.entry.ThemeField(blank=True, default='', editable=False, max_length=20, verbose_name='主题')),
        migrations.AddField('entry', 'verification_code', models.CharField(null=True, **CODE)),
        migrations.RunPython(of_the_entries_there_are, migrations.RunPython.noop),
        migrations.AlterField('entry', 'verification_code', models.CharField(default=jianfu.kernel.verification.new_code, unique=True, **CODE)),
        migrations.AddIndex('entry', models.Index(fields=['district', 'lead_name', 'theme', 'ends_on', 'starts_on', 'listed_on', 'removed_on'], name='entry_filtered')),
        migrations.AddIndex('entry', models.Index(fields=['district', 'theme', 'ends_on', 'listed_on', 'removed_on'], name='entry_by_theme')),
    ]
