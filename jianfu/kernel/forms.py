"""The form classes that the apps derive from: our markup, our words, our fields for a model's columns."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django import forms
from django.db import models
from django.forms.renderers import TemplatesSetting

from . import fields
from .decisions import Refused
from .wording import storable, word


class FormRenderer(TemplatesSetting):
    """``{{ form.title.as_field_group }}`` and ``{{ form }}`` come out of templates/components/."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"


class Worded:
    """Every field refuses in words that name it, and lets nothing through that no database can hold."""

    use_required_attribute = False
    label_suffix = ""
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            word(field)
            if isinstance(field, forms.CharField) and storable not in field.validators:
                field.validators.append(storable)
            _keep_long_pastes(field)

    @contextmanager
    def showing_refusals(self, field: str | None = None) -> Iterator[None]:
        """Around carrying out a valid form: what is refused stands on it, beside all that was typed."""
        try:
            yield
        except Refused as refused:
            self.add_error(field, refused.decision.reasons)

    @property
    def carried_count(self) -> int:
        """How many fields came filled in: 「本表 N 项，已为您带出 M 项」."""
        return sum(1 for field in self.fields.values() if getattr(field, "carried", ""))


def _keep_long_pastes(field: forms.Field) -> None:
    """maxlength cuts a paste in silence; ours counts instead, and the server says how much too long."""
    attrs = field.widget.attrs
    if isinstance(field.widget, forms.Textarea | forms.TextInput) and "maxlength" in attrs:
        attrs["data-limit"] = attrs.pop("maxlength")


class Form(Worded, forms.Form):
    """A form without a model."""


def column(column: models.Field, **kwargs: Any) -> forms.Field | None:
    """The form field of a model's column: ours, where we have one of its kind."""
    kinds: tuple[tuple[type[models.Field], type[forms.Field]], ...] = (
        (models.DateTimeField, forms.DateTimeField),
        (models.DateField, fields.ChineseDateField),
    )
    for model_kind, form_kind in kinds:
        if isinstance(column, model_kind):
            return column.formfield(form_class=form_kind, **kwargs)
    if isinstance(column, models.IntegerField) and not column.choices:
        least = (
            0 if isinstance(column, models.PositiveIntegerField | models.PositiveSmallIntegerField) else None
        )
        return column.formfield(**{"min_value": least, **kwargs, "form_class": fields.IntegerField})
    if isinstance(column, models.DecimalField):
        return column.formfield(**{**kwargs, "form_class": fields.DecimalField})
    return column.formfield(**kwargs)


class ModelForm(Worded, forms.ModelForm):
    """A form of a model. Derive its ``Meta`` from ``ModelForm.Meta`` to get our fields for its columns."""

    class Meta:
        formfield_callback = column
