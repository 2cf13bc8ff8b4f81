"""退回补正, 不予通过 and 并入: the ready-made grounds, the pages to mend, and where a matter goes on."""

from __future__ import annotations

from typing import Any

from django import forms

from approvals.models import Application
from approvals.sheets import parts_of
from approvals.states import Ground
from jianfu.kernel.fields import ChoiceField, MultipleChoiceField, TextField
from jianfu.kernel.forms import Form

NEGATIVE = frozenset({"return_", "reject"})


class GroundsForm(Form):
    """What a decider may tick besides writing: nothing of it is required, for words are."""

    grounds = MultipleChoiceField(label="理由（写入意见）", required=False, choices=Ground.choices)
    pages = MultipleChoiceField(label="退回时要改的页", required=False)

    def __init__(self, application: Application, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pages"].choices = [(part.key, part.title) for part in parts_of(application.road)]

    def note(self, typed: str, offered: str) -> str:
        """The grounds in words before what was typed; the phrase that agrees gives way to them."""
        chosen = [Ground(ground).label for ground in self.cleaned_data["grounds"] if ground != Ground.OTHER]
        own = "" if typed.strip() == offered.strip() else typed.strip()
        return "\n".join(filter(None, ["；".join(chosen) + "。" if chosen else "", own]))

    def ticked(self) -> dict[str, list[str]]:
        found = {name: self.cleaned_data[name] for name in ("grounds", "pages")}
        return {name: chosen for name, chosen in found.items() if chosen}


class MergeForm(Form):
    into = ChoiceField(
        label="并入哪一项", error_messages={"required": "选择并入哪一项申请"}, widget=forms.RadioSelect
    )
    note = TextField(label="并入理由", rows=3, max_length=500)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def __init__(self, candidates: list[tuple[Application, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].choices = [(row.pk, _line(row, why)) for row, why in candidates]


def _line(row: Application, why: str) -> str:
    words = f"{row}（{row.number}，{row.organisation}，{row.get_state_display()}）"
    return f"{words} {why}" if why else words
