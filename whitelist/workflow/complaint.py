"""The road of a complaint, as a table: 举报 → 核查 → 认定 → 通报 → 约谈 → 曝光 → 办结 (004 四(五))."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from jianfu.kernel import trail
from jianfu.kernel.decisions import refuse, require
from jianfu.kernel.workflow import Act, Workflow, transition
from jianfu.organisations.selectors import work_calendar
from whitelist.complaints import guards
from whitelist.complaints.figures import STEP_LIMITS, value_of
from whitelist.permissions.complaint import is_handler, may_sign
from whitelist.states.complaint import ComplaintState, Finding

S = ComplaintState


class Confidential(Workflow):
    """The trail learns who took which step of which number; the words stay beside the complaint.

    The auditor may work in the accused unit, and what is in the trail can never be taken out of it.
    """

    def _record(self, fresh: Any, act: Act) -> None:
        trail.record(
            action=f"{self.name}.{act.transition.name}",
            target=fresh,
            by=act.by,
            source=act.source,
            destination=act.target,
        )


def _day(act: Act) -> date:
    return timezone.localtime(act.at).date()


def _accept(complaint: Any, act: Act) -> None:
    complaint.accepted_on = _day(act)


def _find(complaint: Any, act: Act) -> None:
    finding = str(act.data.get("finding") or "")
    if finding not in Finding.values:
        require(refuse("选择认定结果"))
    complaint.finding, complaint.found_on = finding, _day(act)


def _notify(complaint: Any, act: Act) -> None:
    complaint.notified_on, complaint.signer = _day(act), act.by.person


def _summon(complaint: Any, act: Act) -> None:
    complaint.summoned_on = act.data.get("held_on") or _day(act)


def _propose_exposure(complaint: Any, act: Act) -> None:
    text = str(act.data.get("public_text") or "").strip()
    require(guards.may_be_public(complaint, text))
    complaint.public_text = text


def _expose(complaint: Any, act: Act) -> None:
    complaint.exposed_on, complaint.signer = _day(act), act.by.person


def _close(complaint: Any, act: Act) -> None:
    complaint.closed_on = _day(act)


def _reopen(complaint: Any, _act: Act) -> None:
    """A new finding is to be made; what was notified and exposed has happened and stays dated."""
    complaint.finding, complaint.found_on, complaint.closed_on = "", None, None


def _limit(complaint: Any, act: Act) -> None:
    figure = STEP_LIMITS.get(S(act.target))
    days = value_of(figure, complaint.district_id, _day(act)) if figure else None
    complaint.due_on = None if days is None else work_calendar().add(_day(act), days)


def _trace(complaint: Any, act: Act) -> None:
    complaint.write_step(act)


COMPLAINT = Confidential(
    name="complaint",
    label="投诉举报",
    states=S,
    initial=S.RECEIVED,
    entering=_limit,
    trace=_trace,
    transitions=(
        transition(
            "accept",
            "受理，开始核查",
            [S.RECEIVED],
            S.CHECKING,
            is_handler,
            guards=(guards.is_complaint,),
            effect=_accept,
            tone="primary",
        ),
        transition(
            "answer",
            "答复并办结",
            [S.RECEIVED],
            S.CLOSED,
            is_handler,
            guards=(guards.is_feedback,),
            note_required=True,
            note_label="答复",
            effect=_close,
            tone="primary",
        ),
        transition(
            "refer",
            "转其他单位",
            [S.RECEIVED],
            S.REFERRED,
            is_handler,
            note_required=True,
            note_label="转给哪个单位、为什么",
        ),
        transition(
            "decline",
            "不予受理",
            [S.RECEIVED],
            S.DECLINED,
            is_handler,
            note_required=True,
            note_label="不予受理的理由",
            tone="danger",
        ),
        transition(
            "find",
            "作出认定",
            [S.CHECKING],
            S.FOUND,
            is_handler,
            guards=(guards.names_a_unit,),
            note_required=True,
            note_label="核查情况",
            effect=_find,
            tone="primary",
        ),
        transition(
            "propose_notice",
            "拟通报，送签发",
            [S.FOUND],
            S.NOTICE_PROPOSED,
            is_handler,
            guards=(guards.is_proved,),
            note_required=True,
            note_label="通报内容",
        ),
        transition(
            "sign_notice",
            "签发通报",
            [S.NOTICE_PROPOSED],
            S.NOTIFIED,
            may_sign,
            effect=_notify,
            tone="primary",
        ),
        transition(
            "return_notice",
            "退回办理人",
            [S.NOTICE_PROPOSED],
            S.FOUND,
            may_sign,
            note_required=True,
            note_label="退回理由",
        ),
        transition(
            "summon",
            "登记约谈",
            [S.FOUND, S.NOTIFIED],
            S.SUMMONED,
            is_handler,
            guards=(guards.is_proved,),
            note_required=True,
            note_label="约谈要求",
            effect=_summon,
        ),
        transition(
            "propose_exposure",
            "拟曝光，送签发",
            [S.NOTIFIED, S.SUMMONED],
            S.EXPOSURE_PROPOSED,
            is_handler,
            guards=(guards.is_upheld, guards.was_notified),
            effect=_propose_exposure,
        ),
        transition(
            "sign_exposure",
            "签发曝光",
            [S.EXPOSURE_PROPOSED],
            S.EXPOSED,
            may_sign,
            effect=_expose,
            tone="primary",
        ),
        transition(
            "return_exposure",
            "退回办理人",
            [S.EXPOSURE_PROPOSED],
            S.NOTIFIED,
            may_sign,
            note_required=True,
            note_label="退回理由",
        ),
        transition(
            "close",
            "办结，告知结果",
            [S.FOUND, S.NOTIFIED, S.SUMMONED, S.EXPOSED],
            S.CLOSED,
            is_handler,
            guards=(guards.consequences_drawn,),
            note_required=True,
            note_label="处理结果（反映人凭回执码看得到）",
            effect=_close,
            tone="primary",
        ),
        transition(
            "reopen",
            "重新核查",
            [S.CLOSED],
            S.CHECKING,
            is_handler,
            guards=(guards.is_complaint,),
            note_required=True,
            note_label="重新核查的理由",
            effect=_reopen,
        ),
    ),
)
