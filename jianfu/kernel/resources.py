"""Rows in and out of a workbook, as django-import-export does it, in the house's manner.

An heir declares its columns (``fields.Field`` with a Chinese ``column_name`` and a widget of this module) and
in ``Meta`` the ``model`` and the ``import_id_fields`` by which a row is found again. A row that is refused
says in which row and column and why (`problems`); each one that is written leaves its history and its event.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, MultipleObjectsReturned, ValidationError
from django.db.models import Model, QuerySet, TextChoices
from import_export import resources, results, widgets

from . import trail
from .decisions import Refused
from .workflow import save_tracked

IMPORTED = "从表格导入"
HEADING_ROWS = 1
_DISTRICT = "_district"


class SheetResult(results.Result):
    """Counts rows as the sheet does: the heading is row 1."""

    def append_invalid_row(self, number: int, row: Any, validation_error: ValidationError) -> None:
        super().append_invalid_row(number + HEADING_ROWS, row, validation_error)

    def append_error_row(self, number: int, row: Any, errors: list[Any]) -> None:
        super().append_error_row(number + HEADING_ROWS, row, errors)


class SheetResource(resources.ModelResource):
    """Rows of one table. ``user`` is who takes them in or out."""

    class Meta:
        clean_model_instances = True
        skip_unchanged = True

    def __init__(self, user: Any = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.user = user

    def write(self, instance: Any, *, made: bool) -> None:
        """Save one row; an heir whose app has a service for it calls that. `Refused` becomes the row's."""
        if hasattr(instance, "version"):
            save_tracked(instance, by=self.user, reason=IMPORTED)
        else:
            instance._history_user, instance._change_reason = self.user, IMPORTED
            instance.save()
        action = f"master_data.{'added' if made else 'changed'}"
        trail.record(action=action, target=instance, by=self.user, note=IMPORTED)

    def get_result_class(self) -> type[results.Result]:
        return SheetResult

    def do_instance_save(self, instance: Model, is_create: bool) -> None:
        try:
            self.write(instance, made=is_create)
        except Refused as refused:
            raise ValidationError(refused.decision.reasons) from refused

    def before_import(self, dataset: Any, **_kwargs: Any) -> None:
        """Without the columns that say which row is meant nothing can be read."""
        dataset.headers = [str(heading or "").strip() for heading in dataset.headers or ()]
        wanted = [self.fields[name].column_name for name in self.get_import_id_fields()]
        missing = [name for name in wanted if name not in dataset.headers]
        if missing:
            del dataset[0 : len(dataset)]
            known = "、".join(field.column_name for field in self.get_import_fields())
            raise ValueError(f"表格第一行没有“{'”“'.join(missing)}”。第一行写列名，可用的列：{known}")

    def get_instance(self, instance_loader: Any, row: Any) -> Any:
        try:
            return super().get_instance(instance_loader, row)
        except ValueError:
            raise ValidationError(dict(self._unread(row))) from None
        except MultipleObjectsReturned:
            names = "、".join(self.fields[name].column_name for name in self.get_import_id_fields())
            raise ValidationError(f"已有几条{names}相同的记录，分不清改哪一条，请在网页上改") from None

    def _unread(self, row: Any) -> Iterator[tuple[str, str]]:
        for name in self.get_import_id_fields():
            field = self.fields[name]
            try:
                field.clean(row)
            except ValueError as error:
                yield field.column_name, str(error)

    def validate_instance(
        self, instance: Any, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        """The same refusals, each under the heading of its column."""
        try:
            super().validate_instance(instance, import_validation_errors, validate_unique)
        except ValidationError as refused:
            raise ValidationError(
                {self._heading(name): words for name, words in refused.message_dict.items()}
            ) from None

    def _heading(self, name: str) -> str:
        if name == NON_FIELD_ERRORS:
            return name
        headings = {field.attribute: field.column_name for field in self.get_import_fields()}
        return headings.get(name) or str(self._meta.model._meta.get_field(name).verbose_name)


class DistrictResource(SheetResource):
    """Gives out what the user may see; takes in rows of the user's district, whatever the file says."""

    def get_queryset(self) -> QuerySet:
        rows: QuerySet = self._meta.model._default_manager.visible_to(self.user)
        return rows

    def init_instance(self, row: Any = None) -> Any:
        instance = super().init_instance(row)
        instance.district_id = self.user.district_id
        return instance

    def before_import_row(self, row: Any, **_kwargs: Any) -> None:
        row[_DISTRICT] = self.user.district_id


def problems(result: results.Result) -> list[str]:
    """Why nothing was taken in, a sentence for each: 第 3 行“邮箱”：……. Empty when all rows were."""
    if result.base_errors:
        return [str(each.error) for each in result.base_errors]
    found = [(row.number, "", "这一行没有读懂，检查后重新导入") for row in result.error_rows]
    for row in result.invalid_rows:
        found += [
            (row.number, "" if column == NON_FIELD_ERRORS else f"“{column}”", words)
            for column, sentences in row.error_dict.items()
            for words in sentences
        ]
    return [f"第 {number} 行{column}：{words}" for number, column, words in sorted(found)]


class Typed(widgets.Widget):
    """A cell, read as a form field of the house (jianfu.kernel.fields) reads what a person types."""

    def __init__(self, field: forms.Field) -> None:
        super().__init__()
        self.field = field

    def clean(self, value: Any, row: Any = None, **_kwargs: Any) -> Any:
        try:
            return self.field.clean(_as_typed(value))
        except ValidationError as refused:
            raise ValueError("；".join(refused.messages)) from None

    def render(self, value: Any, obj: Any = None, **_kwargs: Any) -> str:
        shown = self.field.prepare_value(value)
        return "" if shown is None else str(shown)


class Labelled(widgets.Widget):
    """The Chinese label in the sheet, the stored code in the row."""

    def __init__(self, choices: type[TextChoices], what: str) -> None:
        super().__init__()
        self.choices, self.what = choices, what

    def clean(self, value: Any, row: Any = None, **_kwargs: Any) -> str:
        text = _as_typed(value)
        by_label = {label: code for code, label in self.choices.choices}
        if text not in by_label:
            raise ValueError(f"{self.what}“{text}”不在可选范围，可选：{'、'.join(by_label)}")
        return str(by_label[text])

    def render(self, value: Any, obj: Any = None, **_kwargs: Any) -> str:
        return str(self.choices(value).label) if value else ""


class YesNo(widgets.Widget):
    """是 or 否; nothing else is guessed at."""

    WORDS = {"是": True, "1": True, "√": True, "否": False, "0": False, "": False}

    def clean(self, value: Any, row: Any = None, **_kwargs: Any) -> bool:
        text = _as_typed(value)
        if text not in self.WORDS:
            raise ValueError(f"填“是”或“否”，现在是“{text}”")
        return self.WORDS[text]

    def render(self, value: Any, obj: Any = None, **_kwargs: Any) -> str:
        return "是" if value else "否"


class OwnRow(widgets.Widget):
    """A row of the district by its name: ``rows`` answers a district's id with those there are."""

    def __init__(self, rows: Callable[[int], QuerySet], what: str, by: str = "name") -> None:
        super().__init__()
        self.rows, self.what, self.by = rows, what, by

    def clean(self, value: Any, row: Any = None, **_kwargs: Any) -> Any:
        text = _as_typed(value)
        if not text:
            return None
        found = list(self.rows(row[_DISTRICT]).filter(**{self.by: text})[:2])
        if not found:
            raise ValueError(f"没有名为“{text}”的{self.what}，请先登记{self.what}或改正名称")
        if len(found) > 1:
            raise ValueError(f"名为“{text}”的{self.what}不止一个，请在网页上登记这一条")
        return found[0]

    def render(self, value: Any, obj: Any = None, **_kwargs: Any) -> str:
        return str(getattr(value, self.by)) if value else ""


def _as_typed(value: Any) -> str:
    """What a person would have typed into the cell."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, datetime):
        value = value.date()
    return value.isoformat() if isinstance(value, date) else str("" if value is None else value).strip()
