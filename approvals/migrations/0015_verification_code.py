from django.db import migrations, models

from jianfu.kernel.verification import new_code

DECIDED = ("approved", "filed", "published", "cleared", "announced", "recorded", "agreed")
WITHOUT = ("secondment", "secondment_short")


def for_what_was_decided(apps, _editor):
    Application = apps.get_model("approvals", "Application")
    rows = Application.objects.filter(state__in=DECIDED).exclude(road__in=WITHOUT).only("pk").order_by("pk")
    last = 0
    while batch := list(rows.filter(pk__gt=last)[:500]):
        for row in batch:
            row.verification_code = new_code()
        Application.objects.bulk_update(batch, ["verification_code"])
        last = batch[-1].pk


class Migration(migrations.Migration):

    dependencies = [
        ('approvals', '0014_who_played_which_part'),
    ]

    operations = [
        migrations.AddField(
            model_name='application',
            name='verification_code',
            field=models.CharField(blank=True, editable=False, max_length=16, null=True, unique=True, verbose_name='核验码'),
        ),
        migrations.RunPython(for_what_was_decided, migrations.RunPython.noop),
    ]
