from django.db import migrations, models

# Model → (column of one word, its Chinese name); the history of each keeps the same columns.
_COLUMNS = [
    ("application", "integration", "融合方式"),
    ("application", "granted_integration", "批准的融合方式"),
    ("rounditem", "integration", "融合方式"),
]
_WORDS = ["subject", "class_meeting", "practice", "after_school", "culture", "none"]


def _each(apps):
    for model, column, _label in _COLUMNS:
        for name in (model, f"historical{model}"):
            yield apps.get_model("approvals", name).objects.all(), column


def word_to_list(apps, editor):
    for rows, column in _each(apps):
        for word in _WORDS:
            rows.filter(**{column: word}).update(**{f"{column}_list": [word]})
    # A row that is written twice waits with its foreign keys, and PostgreSQL alters no table that waits.
    editor.connection.check_constraints()


def list_to_word(apps, editor):
    """The first of several: one column of one word cannot hold more."""
    for rows, column in _each(apps):
        for row in rows.exclude(**{f"{column}_list": []}).order_by("pk").iterator():
            rows.filter(pk=row.pk).update(**{column: getattr(row, f"{column}_list")[0]})
    editor.connection.check_constraints()


def _every(operation):
    for model, column, label in _COLUMNS:
        for name in (model, f"historical{model}"):
            yield operation(name, column, label)


class Migration(migrations.Migration):
    """One of five, or several of them (R54). A word is not cast to JSON alike on both databases."""

    dependencies = [("approvals", "0010_handling")]

    operations = [
        *_every(
            lambda name, column, label: migrations.AddField(
                name, f"{column}_list", models.JSONField(label, default=list, blank=True)
            )
        ),
        migrations.RunPython(word_to_list, list_to_word),
        *_every(
            lambda name, column, label: migrations.RemoveField(name, column)
        ),
        *_every(
            lambda name, column, label: migrations.RenameField(name, f"{column}_list", column)
        ),
    ]
