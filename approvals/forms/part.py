"""What the pages of every road's form have in common. Each may be saved while it is incomplete."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models

from approvals import columns
from approvals.models import Application, Borrowing, Inspection, Survey
from approvals.rules import REQUIRED_OF
from approvals.states import InspectionMethod, Integration, Road, Stage
from jianfu.kernel import dates
from jianfu.kernel.fields import (
    BooleanField,
    ChoiceField,
    ModelChoiceField,
    MultipleChoiceField,
    TextField,
)
from jianfu.kernel.forms import Form, column

LONG = 1000  # characters of a box
_LISTS = {"stages": Stage, "methods": InspectionMethod, "integration": Integration}


def column_named(name: str) -> Any:
    """The column of the name: of `Application`, or of what one of the roads asks for besides."""
    for model in (Application, Inspection, Survey, Borrowing):
        found = next((field for field in model._meta.concrete_fields if field.name == name), None)
        if found is not None:
            return found
    raise ValueError(name)


def asked(name: str, **more: Any) -> forms.Field:
    """The field of a column; whether it is required, and in which words, each road says for itself."""
    made = column(column_named(name), required=False, **more)
    if made is None:
        raise ValueError(name)
    return made


def box(name: str, rows: int = 4, limit: int = LONG, **more: Any) -> TextField:
    label = str(column_named(name).verbose_name)
    return TextField(label=label, rows=rows, max_length=limit, required=False, **more)


def one_of(name: str, **more: Any) -> ChoiceField:
    found = column_named(name)
    return ChoiceField(
        label=str(found.verbose_name),
        choices=found.choices,
        required=False,
        widget=forms.RadioSelect,
        **more,
    )


def some_of(name: str, **more: Any) -> MultipleChoiceField:
    return MultipleChoiceField(
        label=str(column_named(name).verbose_name),
        choices=_LISTS[name].choices,
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "inline"}),
        **more,
    )


class YesNoField(ChoiceField):
    """是 or 否, with nothing chosen for somebody."""

    def __init__(self, name: str, **more: Any) -> None:
        super().__init__(
            label=str(column_named(name).verbose_name),
            choices=[("no", "否"), ("yes", "是")],
            required=False,
            widget=forms.RadioSelect(attrs={"class": "inline"}),
            **more,
        )

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value

    def clean(self, value: Any) -> bool | None:
        return {"yes": True, "no": False}.get(super().clean(value))


def promise(words: str) -> BooleanField:
    return BooleanField(required=True, label=words, error_messages={"required": "阅读并勾选承诺"})


def plain(name: str) -> forms.Field:
    """The field that fits the column, for a page without a form of its own."""
    found = column_named(name)
    if name in _LISTS:
        return some_of(name)
    if isinstance(found, models.BooleanField):
        return YesNoField(name) if found.null else BooleanField(label=str(found.verbose_name))
    if found.choices:
        return one_of(name)
    if isinstance(found, models.ForeignKey):
        return ModelChoiceField(queryset=None, label=str(found.verbose_name), required=False)
    if isinstance(found, models.TextField) or (found.max_length or 0) > 200:
        return box(name, 3, found.max_length or LONG)
    return asked(name)


class PartForm(Form):
    """A page of one application: what is valid can be saved, whatever else is missing or wrong."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)

    def __init__(self, application: Application, *args: Any, **kwargs: Any) -> None:
        self.application = application
        kwargs.setdefault("initial", {}).update(self.initial_of(application))
        super().__init__(*args, **kwargs)
        for name in self.columns:
            self._as_the_road_asks(name)
        if "year" in self.fields:
            this = dates.today().year
            years = sorted({application.year, this, this + 1})
            self.fields["year"].choices = [(year, f"{year}年") for year in years]

    def _as_the_road_asks(self, name: str) -> None:
        """Its name on this road, and whether 提交 needs it."""
        field, words = self.fields[name], REQUIRED_OF[Road(self.application.road)].get(name)
        was, now = str(field.label), columns.renamed(self.application.road, name)
        if now:
            field.label = now
            field.error_messages = {
                code: said.replace(was, now) if isinstance(said, str) else said
                for code, said in field.error_messages.items()
            }
        if words:
            field.required, field.error_messages["required"] = True, words
        if isinstance(field, ModelChoiceField) and field.queryset is None:
            field.queryset = self.application.district.organisations.filter(kind="school", is_active=True)

    def initial_of(self, application: Application) -> dict[str, Any]:
        names = [name for name in self.base_fields if columns.has(application, name)]
        return {name: columns.value(application, name) for name in names}

    @property
    def columns(self) -> list[str]:
        return [name for name in self.fields if name != "version" and columns.has(self.application, name)]

    def clean_year(self) -> int:
        return int(self.cleaned_data["year"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        starts, ends = data.get("starts_on"), data.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", f"结束日期早于开始日期{dates.chinese_date(starts)}，请改其中一个")
        return data

    def storable(self) -> dict[str, Any]:
        """What may be written: every valid value, and emptiness where a required answer is still open."""
        self.full_clean()
        kept = {name: self.cleaned_data[name] for name in self.columns if name in self.cleaned_data}
        for name in self.columns:
            if name not in kept and self._only_missing(name):
                kept[name] = self._empty(name)
        return kept

    def besides(self) -> dict[str, Any]:
        """What the page writes that has rows of its own: keywords of `services.save_draft`."""
        return {}

    def _only_missing(self, name: str) -> bool:
        return all(error.code == "required" for error in self.errors.as_data().get(name, []))

    def _empty(self, name: str) -> Any:
        found: Any = columns.column_of(self.application, name)
        return None if found.null else found.get_default()

    def place_of(self, name: str) -> tuple[Form, str | None]:
        """The form and field where words about ``name`` are said; None: about the whole."""
        return self, name if name in self.fields else None

    @property
    def malformed(self) -> bool:
        """Something was typed that cannot be saved as it is; missing answers do not count."""
        errors = self.errors.as_data()
        return any(error.code != "required" for found in errors.values() for error in found)
