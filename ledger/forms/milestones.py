"""The dated plan of a year as the office keeps it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from jianfu.kernel.fields import ChineseDateField, ModelMultipleChoiceField, TextField
from jianfu.kernel.forms import Form
from ledger.models import Milestone


def _longest(name: str) -> int:
    return int(Milestone._meta.get_field(name).max_length or 0)


class Versioned(Form):
    """With the version that was looked at."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1, required=False)

    @property
    def seen(self) -> int:
        """-1 where none was sent: no milestone has it."""
        version = self.cleaned_data.get("version")
        return -1 if version is None else int(version)


class MilestoneForm(Versioned):
    name = TextField(label="节点", max_length=_longest("name"))
    due_on = ChineseDateField(label="时限")
    rows = ModelMultipleChoiceField(None, label="关联任务", required=False)
    note = TextField(label="说明", rows=2, required=False, max_length=_longest("note"))

    def __init__(self, *args: Any, rows: QuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rows"].queryset = rows


class DoneForm(Versioned):
    done_on = ChineseDateField(label="完成日期")
    note = TextField(
        label="说明",
        rows=2,
        required=False,
        max_length=_longest("note"),
        help_text="会议、文件或文号，可以不填",
    )


class RemoveForm(Versioned):
    reason = TextField(label="为什么不设这个节点", rows=2, max_length=_longest("note"))
