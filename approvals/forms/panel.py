"""What the office and the experts fill in about a panel."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from approvals.states import Conclusion
from jianfu.kernel.fields import ChineseDateField, ChoiceField, IntegerField, TextField
from jianfu.kernel.forms import Form
from jianfu.kernel.workflow import NOTE_LIMIT


class RecusalForm(Form):
    reason = TextField(
        label="回避原因", max_length=200, rows=2, help_text="如“与申报单位有业务合作”", required=True
    )


class DistributionForm(Form):
    """How many experts for each application, and of which categories; asked by GET, changes nothing."""

    count = IntegerField(label="每项专家数", min_value=1, max_value=15, unit="位")
    kinds = forms.MultipleChoiceField(
        label="专家类别", required=False, widget=forms.CheckboxSelectMultiple(attrs={"class": "inline"})
    )

    def __init__(self, *args: Any, kinds: Iterable[str], usual: int, **kwargs: Any) -> None:
        super().__init__(*args, initial={"count": usual, "kinds": list(kinds)}, **kwargs)
        self.usual = usual
        self.fields["kinds"].choices = [(kind, kind) for kind in kinds]

    def wanted(self) -> tuple[int, frozenset[str]]:
        """What was asked for; the usual number of all categories where it was asked wrongly."""
        if self.is_bound and self.is_valid():
            return self.cleaned_data["count"], frozenset(self.cleaned_data["kinds"])
        return self.usual, frozenset()


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
