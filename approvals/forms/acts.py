"""What a step asks for besides an opinion, what an expert fills in, and what a list may be asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from approvals.models import Application
from approvals.states import AttachmentKind, Conclusion, Dimension, Grade, Judgement, Road, State
from jianfu.kernel.document_numbers import EXAMPLE, read_document_number
from jianfu.kernel.fields import ChineseDateField, ChoiceField, FileField, TextField
from jianfu.kernel.forms import Form


class ApproveForm(Form):
    decided_on = ChineseDateField(label="审批日期", help_text="")
    meeting_number = TextField(label="会议纪要文号", max_length=60, help_text="")

    def clean_meeting_number(self) -> str:
        return read_document_number(self.cleaned_data["meeting_number"]).text[:60]


class FileForm(Form):
    body = TextField(label="备案机关", max_length=100)
    document_number = TextField(label="备案文号", max_length=60)
    filed_on = ChineseDateField(label="备案日期", help_text="")

    def clean_document_number(self) -> str:
        return read_document_number(self.cleaned_data["document_number"]).text[:60]


class ApprovalForm(Form):
    """党委, 区委督查室 or 人社 approve with a document of their own."""

    decided_on = ChineseDateField(label="批准日期", help_text="")
    document_number = TextField(label="批准文号", max_length=60, help_text="")

    def clean_document_number(self) -> str:
        return read_document_number(self.cleaned_data["document_number"]).text[:60]


class TeacherConsentForm(Form):
    agreed_on = ChineseDateField(label="教师本人同意日期", help_text="以本人签字的同意书为准")


class ReturnToSchoolForm(Form):
    returned_on = ChineseDateField(label="返岗日期", help_text="回校上班的第一天")


# Transition → the form of what it registers; the others ask for words only.
STEP_FORMS: dict[str, type[Form]] = {
    "approve": ApproveForm,
    "file": FileForm,
    "record": FileForm,
    "lend": ApprovalForm,
    "approve_item": ApprovalForm,
    "school_agree": TeacherConsentForm,
    "end": ReturnToSchoolForm,
}
NUMBER_HINT = EXAMPLE


class WithdrawForm(Form):
    note = TextField(label="撤回理由", rows=3, max_length=500)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)


class AttachmentForm(Form):
    kind = ChoiceField(label="材料类别", choices=AttachmentKind.choices)
    file = FileField(
        label="文件", max_length=255, help_text="PDF、Word、Excel、WPS、OFD 或图片，不超过 20 MB"
    )


class FilterForm(Form):
    """查找 in the list of applications; every answer of it stands in the address."""

    q = TextField(label="查找", required=False, max_length=100)
    road = ChoiceField(label="类型", required=False)
    state = ChoiceField(label="环节", required=False, choices=[("", "全部"), *State.choices[1:]])
    year = ChoiceField(label="年度", required=False)

    def __init__(
        self, *args: Any, years: list[int], roads: Mapping[str, int] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        there = roads or {}
        offered = [(road.value, f"{road.label} {there.get(road, 0)}") for road in Road]
        self.fields["road"].choices = [("", "全部"), *offered]
        self.fields["q"].widget.attrs["placeholder"] = "编号、名称、拼音或单位"
        self.fields["year"].choices = [("", "全部"), *((str(year), f"{year}年") for year in years)]

    def narrowed(self, rows: Any) -> Any:
        """The rows that fit; what was asked wrongly narrows nothing."""
        self.full_clean()
        data = self.cleaned_data
        if data.get("q"):
            rows = rows.matching(data["q"])
        if data.get("road"):
            rows = rows.filter(road=data["road"])
        if data.get("state"):
            rows = rows.filter(state=data["state"])
        return rows.filter(year=int(data["year"])) if data.get("year") else rows


class OpinionForm(Form):
    """An expert's sheet: nine points with a grade and a note each, a conclusion, words.

    Only the ``final`` one must be complete; a draft may be as empty as it is.
    """

    conclusion = ChoiceField(
        label="论证结论",
        choices=Conclusion.choices,
        widget=forms.RadioSelect(attrs={"class": "inline"}),
    )
    comment = TextField(label="论证意见", rows=3, max_length=500, help_text="一两句话即可")

    def __init__(self, *args: Any, final: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for point in POINTS:
            self.fields[f"{point}_grade"] = ChoiceField(
                label=point.label,
                choices=Grade.choices,
                required=final,
                error_messages={"required": f"选择{point.label}的意见"},
                widget=forms.RadioSelect(attrs={"class": "inline"}),
            )
            self.fields[f"{point}_note"] = TextField(
                label=f"{point.label}的说明", max_length=200, required=False
            )
        self.order_fields([name for name in self.fields if name not in {"conclusion", "comment"}])
        if not final and self.is_bound:
            self.fields["conclusion"].required = self.fields["comment"].required = False

    def rows(self) -> list[dict[str, Any]]:
        return [{"point": p, "grade": self[f"{p}_grade"], "note": self[f"{p}_note"]} for p in POINTS]

    def items(self) -> dict[str, tuple[str, str]]:
        data = self.cleaned_data
        return {p.value: (data.get(f"{p}_grade") or "", data.get(f"{p}_note") or "") for p in POINTS}


POINTS = (*Dimension, *Judgement)


def sheet(opinion: Any) -> dict[str, Any]:
    """A kept opinion as the form's initial values."""
    filled = {"conclusion": opinion.conclusion, "comment": opinion.comment}
    for item in opinion.items.all():
        filled |= {f"{item.point}_grade": item.grade, f"{item.point}_note": item.note}
    return filled


def offered(application: Application, name: str) -> dict[str, Any]:
    """What is known before the form of a step is filled."""
    filing = {"body": application.district.filing_body}
    return {"file": filing, "record": filing}.get(name, {})
