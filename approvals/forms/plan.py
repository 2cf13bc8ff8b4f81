"""What the steps of the yearly plan register, last year's list on paper, and the clean-up."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from approvals.forms.acts import FileForm
from approvals.models import PastItem
from approvals.states import Disposition, InspectionKind
from jianfu.kernel.document_numbers import EXAMPLE, read_document_number
from jianfu.kernel.fields import ChineseDateField, ChoiceField, IntegerField, TextField
from jianfu.kernel.forms import Form

REMOVE = "remove"
MOST_LINES = 200


class NumberForm(Form):
    document_number = TextField(label="审核文号或办件编号", max_length=60, help_text=f"例如 {EXAMPLE}")

    def clean_document_number(self) -> str:
        return read_document_number(self.cleaned_data["document_number"]).text[:60]


class ApprovalForm(NumberForm):
    decided_on = ChineseDateField(label="批准日期", help_text="")
    document_number = TextField(label="批准文号", max_length=60, help_text=f"例如 {EXAMPLE}")


# Step of the plan → the form of what it registers; the others ask for words only.
PLAN_FORMS: dict[str, type[Form]] = {
    "party_review": NumberForm,
    "government_review": NumberForm,
    "approve": ApprovalForm,
    "file": FileForm,
}


class OpenPlanForm(Form):
    year = ChoiceField(label="年度")

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(str(year), f"{year}年") for year in years]


class BaselineForm(Form):
    count = IntegerField(
        label="上年事项数", max_value=9_999, required=False, unit="项", help_text="不登记就留空"
    )
    source = TextField(label="来源", max_length=200, required=False, help_text="文件或清单名称、文号")


class PastItemsForm(Form):
    """Last year's list, one item a line, as it is pasted from Excel or WPS: 名称, 牵头单位, 类型."""

    lines = TextField(
        label="上年事项，一行一项",
        rows=12,
        max_length=40_000,
        help_text="可以从 Excel 整块粘贴：名称、牵头单位、类型",
    )
    source = TextField(label="来源", max_length=200, help_text="文件或清单名称、文号")

    def clean_lines(self) -> list[dict[str, str]]:
        rows = [line for line in self.cleaned_data["lines"].split("\n") if line.strip()]
        if len(rows) > MOST_LINES:
            raise ValidationError(f"一次最多登记 {MOST_LINES} 项，现在是 {len(rows)} 项，分几次登记")
        return [_item(number, line) for number, line in enumerate(rows, start=1)]

    def rows(self) -> list[dict[str, str]]:
        return [{**row, "source": self.cleaned_data["source"]} for row in self.cleaned_data["lines"]]


def _item(number: int, line: str) -> dict[str, str]:
    """Cells of a pasted line; what is no kind of inspection stays out rather than be guessed."""
    cells = [cell.strip() for cell in line.split("\t")] + ["", ""]
    title, unit, kind = cells[:3]
    for words, name, limit in ((title, "事项名称", 200), (unit, "牵头单位", 100)):
        if len(words) > limit:
            raise ValidationError(f"第 {number} 行：{name}最多 {limit} 字，现在是 {len(words)} 字")
    if not title:
        raise ValidationError(f"第 {number} 行：填写事项名称")
    kinds = {label: value for value, label in InspectionKind.choices}
    if kind and kind not in kinds:
        raise ValidationError(f"第 {number} 行：类型“{kind[:20]}”不在{'、'.join(kinds)}之内，改过再登记")
    return {"title": title, "unit_name": unit, "inspection_kind": kinds.get(kind, "")}


class DisposeForm(Form):
    """Which lines, what is to become of them, and why. A line comes with the version that was looked at."""

    chosen = forms.MultipleChoiceField(error_messages={"required": "先勾选上年事项，再记清理意见"})
    disposition = forms.ChoiceField(
        choices=[*Disposition.choices, (REMOVE, "删去")],
        error_messages=dict.fromkeys(["required", "invalid_choice"], "选择清理意见：保留、合并或取消"),
    )
    merged_with = forms.ModelChoiceField(queryset=None, required=False)
    reason = TextField(label="依据或理由", max_length=300, required=False)

    def __init__(self, *args: Any, items: list[PastItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = {f"{item.pk}-{item.version}": item for item in items}
        self.fields["chosen"].choices = [(key, key) for key in self.items]
        self.fields["chosen"].error_messages["invalid_choice"] = "勾选的事项刚刚被同事改过，看过后再记"
        self.fields["merged_with"].queryset = PastItem.objects.filter(pk__in=[item.pk for item in items])

    @property
    def ticked(self) -> list[tuple[PastItem, int]]:
        return [(self.items[key], int(key.split("-")[1])) for key in self.cleaned_data["chosen"]]

    @property
    def words(self) -> str:
        return "；".join(dict.fromkeys(str(error) for found in self.errors.values() for error in found))
