"""What the office and the experts fill in about a panel."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from approvals.states import Conclusion
from jianfu.kernel.fields import ChineseDateField, ChoiceField, TextField
from jianfu.kernel.forms import Form
from jianfu.kernel.workflow import NOTE_LIMIT


class RecusalForm(Form):
    reason = TextField(
        label="回避原因", max_length=200, rows=2, help_text="如“与申报单位有业务合作”", required=True
    )


class PanelForm(Form):
    """The one opinion of the panel; the 组长 is one of those who handed in a sheet."""

    note = TextField(label="论证意见", rows=9, max_length=NOTE_LIMIT, help_text="按会议讨论改写，不写谁说的")
    conclusion = ChoiceField(
        label="论证结论", choices=Conclusion.choices, widget=forms.RadioSelect(attrs={"class": "inline"})
    )
    head = ChoiceField(label="组长", help_text="从已提交意见的专家里选")
    met_on = ChineseDateField(label="论证日期", help_text="")
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def __init__(self, *args: Any, heads: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.heads = {str(person.pk): person for person in heads}
        people = [
            (key, f"{person.name}（{person.organisation or '—'}）") for key, person in self.heads.items()
        ]
        self.fields["head"].choices = [("", "选择组长"), *people]

    def clean_head(self) -> Any:
        return self.heads[self.cleaned_data["head"]]
