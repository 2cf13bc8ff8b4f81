"""The five pages of the application form. Each may be saved while it is incomplete."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Field

from approvals.models import Application
from approvals.rules import REQUIRED
from approvals.states import Criterion, Stage
from jianfu.kernel import dates
from jianfu.kernel.document_numbers import read_document_number
from jianfu.kernel.fields import (
    BooleanField,
    ChoiceField,
    ModelMultipleChoiceField,
    MultipleChoiceField,
    TextField,
)
from jianfu.kernel.forms import Form, column

LONG = 1000  # characters of a box


def asked(name: str, **more: Any) -> forms.Field:
    """The field of a column of `Application`, required where 提交 needs it, and its words."""
    found: Field = Application._meta.get_field(name)
    messages = {"required": REQUIRED[name]} if name in REQUIRED else {}
    made = column(found, required=name in REQUIRED, error_messages=messages, **more)
    if made is None:
        raise ValueError(name)
    return made


def box(name: str, rows: int = 4, limit: int = LONG, **more: Any) -> TextField:
    return TextField(
        label=str(Application._meta.get_field(name).verbose_name),
        rows=rows,
        max_length=limit,
        required=name in REQUIRED,
        error_messages={"required": REQUIRED[name]} if name in REQUIRED else {},
        **more,
    )


def one_of(name: str, **more: Any) -> ChoiceField:
    found: Any = Application._meta.get_field(name)
    return ChoiceField(
        label=str(found.verbose_name),
        choices=found.choices,
        required=name in REQUIRED,
        error_messages={"required": REQUIRED[name]} if name in REQUIRED else {},
        widget=forms.RadioSelect,
        **more,
    )


class YesNoField(ChoiceField):
    """是 or 否, with nothing chosen for somebody."""

    def __init__(self, name: str, **more: Any) -> None:
        super().__init__(
            label=str(Application._meta.get_field(name).verbose_name),
            choices=[("no", "否"), ("yes", "是")],
            error_messages={"required": REQUIRED[name]},
            widget=forms.RadioSelect(attrs={"class": "inline"}),
            **more,
        )

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value

    def clean(self, value: Any) -> bool | None:
        return {"yes": True, "no": False}.get(super().clean(value))


class PartForm(Form):
    """A part of one application: what is valid can be saved, whatever else is missing or wrong."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)

    def __init__(self, application: Application, *args: Any, **kwargs: Any) -> None:
        self.application = application
        kwargs.setdefault("initial", {}).update(self.initial_of(application))
        super().__init__(*args, **kwargs)

    def initial_of(self, application: Application) -> dict[str, Any]:
        return {name: getattr(application, name) for name in self.base_fields if hasattr(application, name)}

    @property
    def columns(self) -> list[str]:
        return [name for name in self.fields if name != "version" and hasattr(self.application, name)]

    def storable(self) -> dict[str, Any]:
        """What may be written: every valid value, and emptiness where a required answer is still open."""
        self.full_clean()
        kept = {name: self.cleaned_data[name] for name in self.columns if name in self.cleaned_data}
        for name in self.columns:
            if name not in kept and self._only_missing(name):
                kept[name] = self._empty(name)
        return kept

    def _only_missing(self, name: str) -> bool:
        return all(error.code == "required" for error in self.errors.as_data().get(name, []))

    def _empty(self, name: str) -> Any:
        found: Any = Application._meta.get_field(name)
        return None if found.null else found.get_default()

    def place_of(self, name: str) -> tuple[Form, str | None]:
        """The form and field where words about ``name`` are said; None: about the whole."""
        return self, name if name in self.fields else None

    @property
    def malformed(self) -> bool:
        """Something was typed that cannot be saved as it is; missing answers do not count."""
        errors = self.errors.as_data()
        return any(error.code != "required" for found in errors.values() for error in found)


class BasisForm(PartForm):
    title = asked("title", help_text="写活动本身，不写“关于……的通知”")
    category = one_of("category")
    year = ChoiceField(label="年度")
    term = one_of("term")
    contact_name = asked("contact_name")
    contact_phone = asked("contact_phone", help_text="学校和办理人联系用")
    joint = ModelMultipleChoiceField(queryset=None, label="联合单位", required=False, help_text="没有就不选")

    def __init__(self, application: Application, *args: Any, **kwargs: Any) -> None:
        super().__init__(application, *args, **kwargs)
        others = application.district.organisations.filter(
            is_active=True, kind__in=["department", "town", "section"]
        )
        self.fields["joint"].queryset = others.exclude(pk=application.organisation_id)
        this = dates.today().year
        years = sorted({application.year, this, this + 1})
        self.fields["year"].choices = [(year, f"{year}年") for year in years]
        self.claims = [self._claim(criterion, application) for criterion in Criterion]

    def initial_of(self, application: Application) -> dict[str, Any]:
        found = super().initial_of(application)
        if application.pk:
            found["joint"] = list(application.joint_organisations.values_list("pk", flat=True))
        return found

    def _claim(self, criterion: Criterion, application: Application) -> ClaimForm:
        basis = next((b for b in application.bases.all() if b.criterion == criterion), None)
        return ClaimForm(criterion, basis, self.data if self.is_bound else None)

    def clean_year(self) -> int:
        return int(self.cleaned_data["year"])

    def is_valid(self) -> bool:
        return all([super().is_valid(), *(claim.is_valid() for claim in self.claims)])

    def place_of(self, name: str) -> tuple[Form, str | None]:
        """The conditions are forms of their own: the first one speaks for all."""
        return (self.claims[0], "claimed_box") if name == "criteria" else super().place_of(name)

    @property
    def criteria_error(self) -> str:
        return "；".join(self.claims[0].errors.get("claimed_box", []))

    @property
    def malformed(self) -> bool:
        return super().malformed or not all(claim.is_valid() for claim in self.claims)

    def bases(self) -> dict[str, tuple[str, str, str]]:
        """criterion → (document, number, clause) of the conditions that are ticked."""
        return {claim.criterion: claim.words() for claim in self.claims if claim.claimed()}


class ClaimForm(Form):
    """One condition of admission and the document that shows it."""

    claimed_box = BooleanField(label="")
    document = TextField(label="文件名称", max_length=200, required=False)
    number = TextField(label="文号", max_length=60, required=False, help_text="例如 云教委发〔2026〕5号")
    clause = TextField(
        label="条款或说明", max_length=300, required=False, help_text="例如 第六条；文号和条款至少填一项"
    )

    def __init__(self, criterion: Criterion, basis: Any, data: Any) -> None:
        self.criterion = criterion
        initial = {"claimed_box": basis is not None}
        if basis:
            initial |= {"document": basis.document, "number": basis.document_number, "clause": basis.clause}
        super().__init__(data, initial=initial, prefix=criterion.value)
        self.fields["claimed_box"].label = criterion.label
        self.fields["document"].required = criterion != Criterion.EDUCATION  # ③ rests on the courses

    def full_clean(self) -> None:
        """What a condition needs is the rules' to say; 必填 here only tells the person."""
        shown, self.fields["document"].required = self.fields["document"].required, False
        super().full_clean()
        self.fields["document"].required = shown

    def clean_number(self) -> str:
        return read_document_number(self.cleaned_data["number"]).text[:60]

    def claimed(self) -> bool:
        return bool(self.is_valid() and self.cleaned_data["claimed_box"])

    def words(self) -> tuple[str, str, str]:
        data = self.cleaned_data
        return data["document"], data["number"], data["clause"]


class ContentForm(PartForm):
    content = box("content", 6, help_text="做什么、怎么做，学校要配合什么")
    expected_effect = box("expected_effect", 3, 500)
    integration = one_of("integration")
    course_overlap = box("course_overlap", 2, 300, help_text="课程里已有相关内容的，写明怎样融入")
    evaluation = box("evaluation", 2, 300, help_text="例如 学校反馈一句话意见，不考核")


class ScopeForm(PartForm):
    stages = MultipleChoiceField(
        label="学段",
        choices=Stage.choices,
        error_messages={"required": REQUIRED["stages"]},
        widget=forms.CheckboxSelectMultiple(attrs={"class": "inline"}),
    )
    grades = asked("grades", help_text="例如 小学一至四年级，不含毕业班")
    schools_text = box("schools_text", 2, 300, help_text="例如 全区小学；或逐所写明")
    school_count = asked("school_count")
    student_count = asked("student_count")
    starts_on = asked("starts_on")
    ends_on = asked("ends_on")
    frequency = asked("frequency", help_text="例如 每校每学年 1 次")
    minutes = asked("minutes")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        starts, ends = data.get("starts_on"), data.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", f"结束日期早于开始日期{dates.chinese_date(starts)}，请改其中一个")
        return data


for _name, _unit in {"school_count": "所", "student_count": "人", "minutes": "分钟"}.items():
    ScopeForm.base_fields[_name].unit = _unit
ScopeForm.base_fields["minutes"].label = "单次时长"


class ConductForm(PartForm):
    delivery = one_of("delivery")
    method = box("method", 4, help_text="谁来讲、在哪里、学校出什么")
    class_hours = asked("class_hours", help_text="不占用课时填 0")
    teacher_count = asked("teacher_count", help_text="不需要教师填 0")
    teacher_duties = box("teacher_duties", 2, 300, help_text="不需要教师就不填")
    funding = asked("funding", help_text="例如 单位部门预算")
    charges_fee = YesNoField("charges_fee")
    appraises_schools = YesNoField("appraises_schools")
    demands_traces = YesNoField("demands_traces")
    safety = box("safety", 2, 300)


for _name, _unit in {"class_hours": "课时", "teacher_count": "人"}.items():
    ConductForm.base_fields[_name].unit = _unit


class PromiseForm(PartForm):
    committed = BooleanField(
        required=True,
        label="本单位承诺：以上内容属实；不收费、不推销；不与学校、教师考核评价挂钩；"
        "不要求打卡、拍照、接龙等留痕；不把校门外安全责任推给学校和教师",
        error_messages={"required": "阅读并勾选承诺"},
    )


FORMS: dict[str, type[PartForm]] = {
    "basis": BasisForm,
    "content": ContentForm,
    "scope": ScopeForm,
    "conduct": ConductForm,
    "files": PromiseForm,
}
