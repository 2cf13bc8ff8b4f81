from django.db import migrations


def read_what_is_there(apps, _editor):
    """What was handed in before there was an index is found in it too."""
    from approvals.themes import features
    from approvals.themes.index import terms_of

    Application, ThemeRecord, ThemeTerm = (
        apps.get_model("approvals", name) for name in ("Application", "ThemeRecord", "ThemeTerm")
    )
    rows = Application.objects.exclude(state="drafted").prefetch_related("submissions").order_by("pk")
    for row in rows.iterator(chunk_size=500):
        kind, title, content = row.road.partition("_")[0], row.title, row.content
        if kind not in {"campus", "inspection"}:
            continue
        if row.state == "returned" and row.submissions.all():
            frozen = max(row.submissions.all(), key=lambda one: one.content_version).content
            title, content = frozen.get("活动名称", title), frozen.get("活动内容", content)
        found = features(title, content)
        place = {"application_id": row.pk, "district_id": row.district_id}
        ThemeRecord.objects.create(
            **place, kind=kind, title=title, year=row.year, term=row.term, features=found.as_data()
        )
        ThemeTerm.objects.bulk_create(
            ThemeTerm(**place, term=term, weight=round(weight, 3))
            for term, weight in terms_of(found, kind).items()
        )


class Migration(migrations.Migration):

    dependencies = [("approvals", "0006_themes")]

    operations = [migrations.RunPython(read_what_is_there, migrations.RunPython.noop)]
