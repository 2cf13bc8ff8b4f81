"""Proposing a removal, and what each step of it registers."""

from __future__ import annotations

from datetime import date
from typing import Any

from jianfu.kernel import fields
from jianfu.kernel.document_numbers import EXAMPLE, read_document_number
from jianfu.kernel.forms import Form
from whitelist.models import Entry, Removal
from whitelist.states import RemovalGround


class ProposalForm(Form):
    """Which entry, why; and apart from that what the department and the public are told."""

    entry = fields.ModelChoiceField(None, label="白名单事项", empty_label="选择事项")
    ground = fields.ChoiceField(label="移出事由", choices=[("", "选择事由"), *RemovalGround.choices])
    reason = fields.TextField(
        label="具体理由", max_length=500, rows=4, help_text="只有区教委和领导小组看得到，写明查实的情况"
    )
    public_reason = fields.TextField(
        label="告知部门和公开的理由",
        max_length=300,
        rows=3,
        help_text="写进听取意见函；决定移出后公开。不写是谁反映的",
    )

    def __init__(self, *args: Any, entries: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["entry"].queryset = entries
        self.fields["entry"].label_from_instance = _named
        self.fields["entry"].error_messages["invalid_choice"] = "这一项已不在可移出的事项里，重新选择"


def _named(entry: Entry) -> str:
    return f"{entry.number} {entry.title}（{entry.lead_name}）"


class HearingForm(Form):
    hearing_number = fields.TextField(
        label="听取意见函文号", required=False, max_length=60, help_text=f"例如 {EXAMPLE}，没有就不填"
    )

    def clean_hearing_number(self) -> str:
        return read_document_number(self.cleaned_data["hearing_number"]).text[:60]


class ReplyRecordForm(Form):
    """A department that answered on paper."""

    replied_on = fields.ChineseDateField(label="答复日期", required=False, help_text="书面答复上的日期")


class DecisionForm(Form):
    """What the leading group decided; each of its answers asks for some of it."""

    decided_on = fields.ChineseDateField(label="决定日期", help_text="")
    meeting_number = fields.TextField(label="会议纪要文号", max_length=60, help_text="")
    effective_on = fields.ChineseDateField(label="移出生效日期", required=False, help_text="决定移出时填")
    mend_until = fields.ChineseDateField(label="整改期限", required=False, help_text="限期整改时填")
    public_reason = fields.TextField(
        label="公开的移出理由", required=False, max_length=300, rows=3, help_text="决定移出后公开"
    )

    def clean_meeting_number(self) -> str:
        return read_document_number(self.cleaned_data["meeting_number"]).text[:60]


_FORMS: dict[str, type[Form]] = {
    "hear": HearingForm,
    "record_reply": ReplyRecordForm,
    "remove": DecisionForm,
    "mend": DecisionForm,
    "keep": DecisionForm,
}


def step_form(
    names: list[str], removal: Removal, today: date, mend_until: date, data: Any = None
) -> Form | None:
    """The form that the offered steps share; None where they ask for words only."""
    kind = next((_FORMS[name] for name in names if name in _FORMS), None)
    if kind is None:
        return None
    initial = {
        "decided_on": today,
        "effective_on": today,
        "mend_until": mend_until,
        "public_reason": removal.public_reason,
        "replied_on": today,
    }
    return kind(data, initial=initial)


def asks_for_more(name: str) -> bool:
    """Whether the step registers more than words."""
    return name in _FORMS
