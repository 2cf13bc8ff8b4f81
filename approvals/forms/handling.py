"""What 催办 and 转办 ask for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from approvals.handling import Colleague
from approvals.models import Reminder, Transfer
from jianfu.kernel.fields import ChoiceField, TextField
from jianfu.kernel.forms import Form


class UrgeForm(Form):
    note = TextField(label="催办的话", rows=2, max_length=Reminder._meta.get_field("note").max_length)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)


class TransferForm(Form):
    to = ChoiceField(label="承办人")
    note = TextField(
        label="说明",
        rows=2,
        max_length=Transfer._meta.get_field("note").max_length,
        help_text="例如 本人外出，由承办人先办",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def __init__(self, *args: Any, people: list[Colleague], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(row.person.pk): row for row in people}
        self.fields["to"].choices = [("", "选择承办人"), *((key, key) for key in self.people)]

    def clean_to(self) -> Any:
        found = self.people[self.cleaned_data["to"]]
        if not found.decision:
            raise ValidationError(found.decision.reasons)
        return found.person
