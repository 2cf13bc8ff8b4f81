"""What a step writes besides the state. Runs inside `Workflow.perform`, on the locked row."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from jianfu.kernel import dates
from jianfu.kernel.decisions import Refused, refuse, require
from jianfu.kernel.steps import dated, filled, step_columns, words_in
from jianfu.kernel.verification import new_code
from jianfu.kernel.workflow import Act, save_tracked

from .facts import printed
from .figures import STEP_LIMITS
from .findings import frozen
from .parts import findings_of
from .plan_effects import leave_plan
from .separation import ACTS_AT, PART_OF, capacity
from .sheets import parts_of
from .states import DECIDED, INSPECTIONS, SECONDMENTS, UNDER_WAY, Conclusion, Ground, Part, Road, State
from .step_limits import last_day

PREFIXES = {
    Road.INSPECTION_PLAN: "DC",
    Road.INSPECTION_SINGLE: "DC",
    Road.SURVEY: "DY",
    Road.SECONDMENT: "JY",
    Road.SECONDMENT_SHORT: "JY",
}
CAMPUS_PREFIX = "JXY"
_PARTS = {
    "submit": Part.APPLICANT,
    "withdraw": Part.APPLICANT,
    "party_review": Part.PARTY_OFFICE,
    "government_review": Part.GOVERNMENT_OFFICE,
    "approve_in_plan": Part.LEADER,
}


def enter(application: Any, act: Act) -> None:
    """A new step: its last day, in working days, and nobody in particular to handle it.

    With the yes a 核验码; what is decided about a teacher is nobody's to ask for, and has none.
    """
    application.responsible = None
    leave_plan(application, act)
    application.due_on = last_day(STEP_LIMITS.get(State(act.target)), application.district_id, act.at)
    if act.target in DECIDED and application.road not in SECONDMENTS and not application.verification_code:
        application.verification_code = new_code()


def hand_in(application: Any, act: Act) -> None:
    """Give the number at the first time, freeze the content, forget what was decided on older content."""
    if application.number is None:
        application.number = _next_number(application)
    application.content_version += 1
    application.panel_conclusion = ""
    application.submissions.create(
        content_version=application.content_version,
        content=printed(application),
        findings=frozen(findings_of(application, dates.today())),
        submitted_at=act.at,
        submitted_by=act.by,
    )


def _next_number(application: Any) -> str:
    """The road's letters, year, four digits (JXY20260001), without gaps within a district and year."""
    prefix = PREFIXES.get(Road(application.road), CAMPUS_PREFIX)
    numbers, key = application.district.application_numbers, {"prefix": prefix, "year": application.year}
    numbers.get_or_create(**key)
    series = numbers.select_for_update().get(**key)
    series.last += 1
    series.save(update_fields=["last"])
    return f"{prefix}{application.year}{series.last:04d}"


def take_conclusion(application: Any, act: Act) -> None:
    """The panel's one opinion: its conclusion, 组长, day, and whose sheets it was written from."""
    conclusion, head = act.data.get("conclusion"), act.data.get("head")
    if conclusion not in Conclusion.values:
        raise Refused(refuse("选择论证结论：同意、修改后同意、建议整合或不同意"))
    met_on = act.data.get("met_on") or timezone.localtime(act.at).date()
    require(dated(met_on, "论证日期"))
    sheets = application.assignments.counting().current().filter(opinion__submitted_at__isnull=False)
    members = sheets.select_related("expert__organisation")
    if head is not None and head.pk not in {row.expert_id for row in members}:
        raise Refused(refuse(f"组长要从已提交意见的专家里选，{head.name}没有提交"))
    application.panel_conclusion = conclusion
    application.panel_opinions.create(
        content_version=application.content_version,
        conclusion=conclusion,
        text=act.note,
        head=head,
        met_on=met_on,
        members=[f"{row.expert.name}（{row.expert.organisation or '—'}）" for row in members],
        written_by=act.by,
        written_at=act.at,
    )


def take_grounds(application: Any, act: Act) -> None:
    """Ready-made grounds are words of a list; which pages to mend are keys of the form."""
    unknown = set(act.data.get("grounds", ())) - set(Ground.values)
    if unknown:
        raise Refused(refuse("所选的理由不在可选范围内，重新选择"))
    if set(act.data.get("pages", ())) - {part.key for part in parts_of(application.road)}:
        raise Refused(refuse("所选的页不在这份申请里，重新选择"))


def take_merge(application: Any, act: Act) -> None:
    """并入: the original stays as it is and points to the one that goes on in its stead (R28, R54, R61)."""
    into = act.data.get("into")
    if into is None:
        raise Refused(refuse("选择并入哪一项申请"))
    found = type(application).objects.select_for_update().get(pk=into.pk)
    if found.district_id != application.district_id or found.pk == application.pk:
        raise Refused(refuse("只能并入本区的另一项申请"))
    if found.state not in UNDER_WAY or (found.is_campus, found.road in INSPECTIONS) != (
        application.is_campus,
        application.road in INSPECTIONS,
    ):
        now = found.get_state_display()
        raise Refused(refuse(f"“{found}”现在是“{now}”，只能并入同类型、办理中的申请"))
    application.merged_into = found


def take_meeting(application: Any, act: Act) -> None:
    """领导小组 decides in a meeting: its day, the number of its 会议纪要, and how it may be done."""
    decided_on, number = act.data.get("decided_on"), words_in(act, "meeting_number")
    require(dated(decided_on, "审批日期") & filled(number, "填写会议纪要文号"))
    application.decided_on, application.meeting_number = decided_on, number
    application.granted_delivery = act.data.get("delivery") or application.delivery
    application.granted_integration = act.data.get("integration") or application.integration


def take_approval(application: Any, act: Act) -> None:
    """党委, 区委督查室 or 人社: the day and the number of the document that approves."""
    decided_on, number = act.data.get("decided_on"), words_in(act, "document_number")
    require(dated(decided_on, "批准日期") & filled(number, "填写批准文号"))
    application.decided_on, application.meeting_number = decided_on, number


def take_teacher_consent(application: Any, act: Act) -> None:
    """The teacher's own consent, on paper, on a day (教师厅〔2025〕2号)."""
    agreed_on = act.data.get("agreed_on")
    require(dated(agreed_on, "教师本人同意日期"))
    _keep(application, act, teacher_agreed_on=agreed_on)


def take_return_to_school(application: Any, act: Act) -> None:
    """返岗, confirmed in writing: the first day back."""
    returned_on = act.data.get("returned_on")
    require(dated(returned_on, "返岗日期"))
    if returned_on < _first_day_away(application):
        raise Refused(refuse("返岗日期早于借用开始日期，请核对"))
    _keep(application, act, returned_on=returned_on)


def _first_day_away(application: Any) -> date:
    """Of a renewal, the first day of what it renews: the teacher may come back before the new term begins."""
    while application.predecessor is not None:
        application = application.predecessor
    first: date = application.starts_on
    return first


def _keep(application: Any, act: Act, **values: Any) -> None:
    row = application.particulars
    for name, value in values.items():
        setattr(row, name, value)
    save_tracked(row, by=act.by, reason=act.transition.label, at=act.at)


def take_filing(application: Any, act: Act) -> None:
    """备案机关, 文号, 日期 (004 四（三）)."""
    body, number = words_in(act, "body"), words_in(act, "document_number")
    filed_on = act.data.get("filed_on")
    require(filled(body, "填写备案机关") & filled(number, "填写备案文号") & dated(filed_on, "备案日期"))
    if application.decided_on and filed_on < application.decided_on:
        raise Refused(refuse("备案日期早于审批日期，请核对"))
    application.filing_body, application.filing_number, application.filed_on = body, number, filed_on


def write_step(application: Any, act: Act) -> None:
    """The 办理记录, read by the page, by the separation of duties and by statistics."""
    part = _part(application, act)
    application.steps.create(
        part=part,
        content_version=application.content_version,
        **step_columns(act, on_behalf_of=capacity(application, act.by, part, act.source)[0]),
    )


def _part(application: Any, act: Act) -> str:
    """The part played: by the step where it names one, else by the role held at that step."""
    if act.transition.name in _PARTS:
        return _PARTS[act.transition.name]
    held = [role for role in ACTS_AT.get(act.source, ()) if act.by.has(role)]
    return PART_OF[held[0]] if held else Part.OFFICE
