import django.db.models.deletion
from django.db import migrations, models



class Migration(migrations.Migration):
    """The index in its new shape, empty: it is written anew right after migrating (approvals/receivers.py)."""

    dependencies = [
        ("approvals", "0012_initials"),
        ("organisations", "0004_every_road"),
    ]

    operations = [
        migrations.DeleteModel("ThemeTerm"),
        migrations.DeleteModel("ThemeRecord"),
        migrations.CreateModel(
            name="ThemeRecord",
            fields=[
                ("application", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name="theme", serialize=False, to="approvals.application")),
                ("kind", models.CharField(max_length=20, verbose_name="类型")),
                ("title", models.CharField(max_length=100, verbose_name="活动名称")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("term", models.CharField(blank=True, choices=[("spring", "春季学期"), ("autumn", "秋季学期"), ("year", "全年")], max_length=10, verbose_name="学期")),
                ("features", models.JSONField(verbose_name="主题")),
                ("reading", models.CharField(max_length=16, verbose_name="识别版本")),
                ("district", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="organisations.district")),
            ],
            options={
                "verbose_name": "主题",
                "verbose_name_plural": "主题",
            },
        ),
        migrations.CreateModel(
            name="ThemeTerm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("term", models.CharField(max_length=24, verbose_name="词")),
                ("nth", models.PositiveIntegerField(verbose_name="次序")),
                ("application", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="theme_terms", to="approvals.application")),
                ("district", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="organisations.district")),
            ],
            options={
                "verbose_name": "主题词",
                "verbose_name_plural": "主题词",
                "indexes": [models.Index(fields=["district", "term", "application", "nth"], name="theme_term_found")],
            },
        ),
    ]
