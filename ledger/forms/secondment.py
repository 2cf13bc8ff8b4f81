"""Forms of the register of borrowed teachers. Six fields do for the usual case (ux F11)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse_lazy

from jianfu.kernel import dates
from jianfu.kernel.decisions import Decision
from jianfu.kernel.fields import BooleanField, ChineseDateField, ChoiceField, ModelChoiceField, TextField
from jianfu.kernel.forms import Form
from jianfu.organisations import selectors as organisations
from ledger.models import Secondment
from ledger.rules.secondment import BEFORE_SAVING, ON_A_RECORD
from ledger.services.secondment import DETAILS
from ledger.states import ENDING_WITHIN_DAYS, Establishment, SecondmentKind, Standing

NOW_AWAY = "now"
YEARS_BACK = 10
_FIELD_OF = {rule.code: rule.field for rule in (*BEFORE_SAVING, *ON_A_RECORD)}


def _limits(name: str) -> dict[str, Any]:
    """Label and longest text as the column has them."""
    column = Secondment._meta.get_field(name)
    return {"label": str(column.verbose_name), "max_length": column.max_length}


class SecondmentForm(Form):
    """One borrowing. The due day may stay empty: it is then the last day of the half year."""

    school = ModelChoiceField(
        None,
        label="原学校",
        empty_label="选择学校",
        widget=forms.Select(
            attrs={
                "hx-get": reverse_lazy("ledger:secondment_teachers"),
                "hx-target": "#known-teachers",
                "hx-trigger": "change",
            }
        ),
    )
    teacher_name = TextField(
        label="教师姓名",
        max_length=50,
        help_text="登记过的会提示，选中即可",
        widget=forms.TextInput(attrs={"list": "known-teachers", "autocomplete": "off"}),
    )
    borrowing_unit_name = TextField(
        **_limits("borrowing_unit_name"),
        widget=forms.TextInput(attrs={"list": "known-units", "autocomplete": "off"}),
    )
    work_item = TextField(**_limits("work_item"), help_text="借去做什么，例如 人口普查专班")
    starts_on = ChineseDateField(label="借用开始")
    approving_body = TextField(
        **_limits("approving_body"),
        required=False,
        help_text="没有经过批准的留空，会标出",
        widget=forms.TextInput(attrs={"list": "known-approvers", "autocomplete": "off"}),
    )
    kind = ChoiceField(label="类别", choices=SecondmentKind.choices, initial=SecondmentKind.MAJOR_TASK)
    ends_on = ChineseDateField(label="借用到期", required=False, help_text="不填就到半年的最后一天")
    document_number = TextField(
        **_limits("document_number"), required=False, help_text="例如 云教委发〔2026〕5号"
    )
    filing_body = TextField(**_limits("filing_body"), required=False, help_text="同级党委或人社部门")
    filed_on = ChineseDateField(label="备案日期", required=False)
    school_consented = BooleanField(label="原学校同意")
    teacher_consented = BooleanField(label="教师本人同意")
    subject = TextField(**_limits("subject"), required=False)
    establishment = ChoiceField(
        label="编制情况", required=False, choices=[("", "未填"), *Establishment.choices]
    )
    is_head_teacher = BooleanField(label="现任班主任")
    extension_reason = TextField(
        **_limits("extension_reason"),
        required=False,
        rows=2,
        help_text="超过半年的写明原因和续借批准文件",
    )
    note = TextField(**_limits("note"), required=False, rows=2)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school"].queryset = organisations.schools(user.district_id)

    def clean_teacher_name(self) -> str:
        return "".join(self.cleaned_data["teacher_name"].split())

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        starts, ends = data.get("starts_on"), data.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", f"借用到期要在{dates.chinese_date(starts)}或以后")
        return data

    @property
    def details(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in DETAILS}

    def refuse(self, decision: Decision) -> None:
        show_refusals(self, decision)

    @property
    def has_errors_below(self) -> bool:
        """Whether a field of the folded part was refused: then it is shown open."""
        return bool(set(self.errors) - set(FIRST_FIELDS))


FIRST_FIELDS = ("school", "teacher_name", "borrowing_unit_name", "work_item", "starts_on", "approving_body")


class ReturnForm(Form):
    returned_on = ChineseDateField(label="返岗日期", help_text="回到原学校上班的第一天")
    extension_reason = TextField(
        **_limits("extension_reason"), required=False, rows=2, help_text="超过半年才返岗的，写明原因"
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class VoidForm(Form):
    reason = TextField(label="作废原因", max_length=80, rows=2, help_text="例如 同一人重复登记")
    version = forms.IntegerField(widget=forms.HiddenInput)


class SecondmentFilter(Form):
    """Search and filter; the name is asked for only of readers who may see names."""

    q = TextField(
        label="姓名", required=False, max_length=50, widget=forms.TextInput(attrs={"type": "search"})
    )
    year = ChoiceField(label="年度", required=False)
    school = ModelChoiceField(None, label="原学校", required=False, empty_label="全部")
    unit = TextField(label="借用单位", required=False, max_length=100)
    kind = ChoiceField(label="类别", required=False, choices=[("", "全部"), *SecondmentKind.choices])
    standing = ChoiceField(
        label="状态",
        required=False,
        choices=[
            ("", "全部"),
            (NOW_AWAY, "现在在借"),
            (Standing.ENDING, f"{ENDING_WITHIN_DAYS} 天内到期"),
            (Standing.OVERDUE, Standing.OVERDUE.label),
            (Standing.PLANNED, Standing.PLANNED.label),
            (Standing.BACK, Standing.BACK.label),
            (Standing.VOIDED, Standing.VOIDED.label),
        ],
    )

    def __init__(self, *args: Any, user: Any, names: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        newest = dates.today().year + 1
        years = [(str(year), f"{year}年") for year in range(newest, newest - YEARS_BACK, -1)]
        self.fields["year"].choices = [("", "全部"), *years]
        self.fields["school"].queryset = organisations.schools(user.district_id)
        if not names:
            del self.fields["q"]


def show_refusals(form: forms.Form, decision: Decision) -> None:
    """Each reason at the field that its rule is about, or above the form."""
    for refusal in decision.refusals:
        field = _FIELD_OF.get(refusal.code)
        form.add_error(field if field in form.fields else None, str(refusal))
