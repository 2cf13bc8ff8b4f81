"""The road of a removal: 提出 → 听取部门意见 → 领导小组决定 → 移出、保留或限期整改 (R56)."""

from __future__ import annotations

from typing import Any

from jianfu.kernel import dates
from jianfu.kernel.decisions import Decision, allow, refuse, require
from jianfu.kernel.policy import figure_value
from jianfu.kernel.steps import dated, filled, step_columns, words_in
from jianfu.kernel.workflow import Act, Workflow, transition
from jianfu.organisations.selectors import work_calendar
from jianfu.organisations.states import Role
from whitelist.permissions import removal as permissions
from whitelist.privacy import reaches_a_person
from whitelist.rules.removal import STEP_DAYS
from whitelist.states import RemovalState as S

PUBLIC_LIMIT = 300
_ANOTHER = "不能再作决定，由领导小组另一位成员决定"
_ROLES = {
    "reply": (Role.APPLICANT,),
    "report_mending": (Role.APPLICANT,),
    "remove": (Role.LEADER,),
    "keep": (Role.LEADER,),
    "mend": (Role.LEADER,),
}


def public_reason_decision(words: str) -> Decision:
    """What the department and the public read: there, short enough, and no way to a person in it."""
    decision = filled(words, "填写告知部门和公开的理由")
    if len(words) > PUBLIC_LIMIT:
        decision &= refuse(f"告知部门和公开的理由最多 {PUBLIC_LIMIT} 字，现在是 {len(words)} 字")
    if reaches_a_person(words):
        decision &= refuse("告知部门和公开的理由里有电话、证件号或邮箱，删去后再提交")
    return decision


def still_listed(removal: Any, _by: Any) -> Decision:
    if removal.entry.removed_on is None:
        return allow()
    return refuse(f"“{removal.entry}”已于{dates.chinese_date(removal.entry.removed_on)}移出，不用再决定")


def separated(removal: Any, by: Any) -> Decision:
    """Who proposed, who spoke for the department and who decides are different natural people."""
    people, _principal = permissions.acting_people(by, Role.LEADER)
    if people & {removal.proposed_by_id, removal.proposed_for_id}:
        return refuse(f"本人或被代理人提出了这项移出建议，{_ANOTHER}", "R-REM-01")
    if people & removal.spoke_for_the_department():
        return refuse(f"本人或被代理人代表部门说过意见，{_ANOTHER}", "R-REM-01")
    own = {by.person.organisation_id, *(r.organisation_id for r in by.memberships if r.on_behalf_of is None)}
    if removal.department_id in own:
        return refuse(f"本人是{removal.department_name}的人员，不能决定本单位的事项", "R-REM-01")
    return allow()


def answer_is_due(removal: Any, _by: Any) -> Decision:
    """The department has its days to the end."""
    if removal.due_on and removal.due_on < dates.today():
        return allow()
    until = dates.chinese_date(removal.due_on) if removal.due_on else "期限"
    return refuse(f"部门可以答复到{until}，次日起才能记作逾期没有答复")


def mending_is_over(removal: Any, _by: Any) -> Decision:
    if removal.due_on and removal.due_on < dates.today():
        return allow()
    until = dates.chinese_date(removal.due_on) if removal.due_on else "期限"
    return refuse(f"整改期限到{until}，次日起才能提请复核；部门可以提前报告")


def _send(removal: Any, act: Act) -> None:
    removal.hearing_number = words_in(act, "hearing_number")
    removal.heard_from, removal.reply, removal.replied_on = dates.today(), "", None


def _answer(removal: Any, act: Act) -> None:
    """By account today; on paper, the day that stands on it."""
    day = act.data.get("replied_on") or dates.today()
    require(dated(day, "答复日期"))
    if removal.heard_from and day < removal.heard_from:
        require(refuse(f"答复日期不能早于发函日期（{dates.chinese_date(removal.heard_from)}）"))
    removal.reply, removal.replied_on = act.note, day


def _decide(removal: Any, act: Act) -> None:
    number = words_in(act, "meeting_number")
    require(dated(act.data.get("decided_on"), "决定日期") & filled(number, "填写会议纪要文号"))
    removal.decided_on, removal.meeting_number = act.data["decided_on"], number


def _remove(removal: Any, act: Act) -> None:
    _decide(removal, act)
    day, words = act.data.get("effective_on"), words_in(act, "public_reason") or removal.public_reason
    decision = allow() if day else refuse("填写移出生效日期")
    if day and day < dates.today():
        decision &= refuse(f"移出生效日期不能早于今天（{dates.chinese_date(dates.today())}）")
    require(decision & public_reason_decision(words))
    removal.effective_on, removal.public_reason = day, words


def _mend(removal: Any, act: Act) -> None:
    _decide(removal, act)
    day = act.data.get("mend_until")
    if not day or day <= dates.today():
        require(refuse("填写整改期限，要在今天以后"))
    removal.mend_until = day


def _enter(removal: Any, act: Act) -> None:
    """Until when the new state lasts, in working days; 整改 until the day that was decided."""
    if act.target == S.MENDING:
        removal.due_on = removal.mend_until
        return
    figure = STEP_DAYS.get(S(act.target))
    days = figure_value(figure, removal.district_id, dates.today()) if figure else None
    removal.due_on = None if days is None else work_calendar().add(dates.today(), days)
    if act.target == S.HEARING:
        removal.answer_until = removal.due_on


def _write_step(removal: Any, act: Act) -> None:
    roles = _ROLES.get(act.transition.name, (Role.PUBLICATION_CLERK,))
    _people, principal = permissions.acting_people(act.by, *roles)
    removal.steps.create(**step_columns(act, on_behalf_of=principal))


_OFFICE, _DEPARTMENT, _LEADER = permissions.is_office, permissions.is_department, permissions.is_leader

REMOVAL = Workflow(
    name="removal",
    label="移出白名单",
    states=S,
    initial=S.PROPOSED,
    entering=_enter,
    trace=_write_step,
    transitions=(
        transition(
            "hear", "发函听取意见", [S.PROPOSED], S.HEARING, _OFFICE, guards=(still_listed,), effect=_send,
            tone="primary",
        ),
        transition(
            "reply", "提交意见", [S.HEARING], S.HEARD, _DEPARTMENT, note_required=True, note_label="部门意见",
            effect=_answer, tone="primary",
        ),
        transition(
            "record_reply", "登记书面答复", [S.HEARING], S.HEARD, _OFFICE, note_required=True,
            note_label="部门意见", effect=_answer,
        ),
        transition(
            "record_silence", "记作逾期没有答复", [S.HEARING], S.HEARD, _OFFICE, guards=(answer_is_due,),
        ),
        transition(
            "remove", "决定移出", [S.HEARD], S.REMOVED, _LEADER, guards=(still_listed, separated),
            effect=_remove, tone="danger",
        ),
        transition(
            "mend", "限期整改", [S.HEARD], S.MENDING, _LEADER, guards=(still_listed, separated),
            note_required=True, note_label="整改要求", effect=_mend,
        ),
        transition(
            "keep", "决定保留", [S.HEARD], S.KEPT, _LEADER, guards=(separated,), note_required=True,
            note_label="保留的理由", effect=_decide,
        ),
        transition(
            "report_mending", "报告整改情况", [S.MENDING], S.HEARD, _DEPARTMENT, note_required=True,
            note_label="整改情况", tone="primary",
        ),
        transition(
            "call_back", "整改到期，提请复核", [S.MENDING], S.HEARD, _OFFICE, guards=(mending_is_over,),
            tone="primary",
        ),
        transition(
            "withdraw", "撤回建议", [S.PROPOSED, S.HEARING, S.HEARD], S.WITHDRAWN, _OFFICE,
            note_required=True, note_label="撤回的理由",
        ),
    ),
)  # fmt: skip
