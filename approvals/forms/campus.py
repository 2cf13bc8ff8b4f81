"""The pages of the 进校园 roads."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from approvals.services.application import one_manner
from jianfu.kernel.fields import ChoiceField, telephone

from .claims import ClaimsForm
from .part import PartForm, YesNoField, asked, box, one_of, promise, some_of
from .schools import SchoolsForm


class BasisForm(ClaimsForm):
    title = asked("title", help_text="写活动本身，不写“关于……的通知”")
    category = one_of("category")
    level = one_of("level", help_text="最先是哪一级要求的")
    year = ChoiceField(label="年度")
    term = one_of("term")
    contact_name = asked("contact_name")
    contact_phone = asked("contact_phone", help_text="学校和办理人联系用", validators=[telephone])


class OffPlanBasisForm(BasisForm):
    off_plan_reason = box("off_plan_reason", 2, 300, help_text="为什么不能等到下一次年度申报")


class ExemptBasisForm(BasisForm):
    exemption = one_of("exemption")


class ContentForm(PartForm):
    content = box("content", 6, help_text="做什么、怎么做，学校要配合什么")
    expected_effect = box("expected_effect", 3, 500)
    integration = some_of("integration", help_text="可以选几种；不融入的只选“未融合”")
    course_overlap = box("course_overlap", 2, 300, help_text="课程里已有相关内容的，写明怎样融入")
    evaluation = box("evaluation", 2, 300, help_text="例如 学校反馈一句话意见，不考核")

    def clean_integration(self) -> list[str]:
        chosen = list(self.cleaned_data["integration"])
        if decision := one_manner(chosen):
            return chosen
        raise ValidationError(list(decision.reasons))


class ScopeForm(SchoolsForm):
    stages = some_of("stages")
    grades = asked("grades", help_text="例如 小学一至四年级，不含毕业班")
    student_count = asked("student_count")
    starts_on = asked("starts_on")
    ends_on = asked("ends_on")
    frequency = asked("frequency", help_text="例如 每校每学年 1 次")
    minutes = asked("minutes")


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


class ExtentForm(SchoolsForm):
    content = box("content", 4, help_text="做什么、怎么做，学校要配合什么")
    stages = some_of("stages")
    grades = asked("grades", help_text="例如 小学一至四年级，不含毕业班")
    starts_on = asked("starts_on")
    ends_on = asked("ends_on")
    frequency = asked("frequency", help_text="例如 每校每学年 1 次")
    delivery = one_of("delivery")
    class_hours = asked("class_hours", help_text="不占用课时填 0")
    teacher_count = asked("teacher_count", help_text="不需要教师填 0")
    teacher_duties = box("teacher_duties", 2, 300, help_text="不需要教师就不填")


PROMISE = (
    "本单位承诺：以上内容属实；不收费、不推销；不与学校、教师考核评价挂钩；"
    "不要求打卡、拍照、接龙等留痕；不把校门外安全责任推给学校和教师"
)


class PromiseForm(PartForm):
    committed = promise(PROMISE)


class PlanForm(PromiseForm):
    plan = box("plan", 8, 3000, help_text="一天一行，例如 9月1日 上午 消防站参观，教师不参加")


_UNITS = {
    "student_count": "人", "minutes": "分钟", "class_hours": "课时", "teacher_count": "人",
}  # fmt: skip
for _form in (ScopeForm, ConductForm, ExtentForm):
    for _name, _unit in _UNITS.items():
        if _name in _form.base_fields:
            _form.base_fields[_name].unit = _unit
ScopeForm.base_fields["minutes"].label = "单次时长"
