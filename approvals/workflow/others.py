"""统计调研 (R74–R77), 短期抽调 (R87) and 借用教师 (R83–R91)."""

from __future__ import annotations

from approvals import effects, guards, permissions
from approvals.permissions import plays_no_other_part
from approvals.states import Part, State
from approvals.workflow.shared import road, side_exits, submission
from jianfu.kernel.workflow import Transition, transition


def _bureau(name: str, label: str, source: str, target: str) -> Transition:
    return transition(
        name,
        label,
        [source],
        target,
        permissions.is_reviewer,
        guards=(plays_no_other_part(Part.REVIEWER), permissions.from_another_section),
        note_required=True,
        note_label="审核意见",
        tone="primary",
    )


_ASKED = [State.REQUESTED]
SURVEY = road(
    "survey",
    "统计调研",
    submission(State.REQUESTED),
    _bureau("agree", "同意并部署", State.REQUESTED, State.AGREED),
    # The best answer to a question is the one that nobody has to give again (R78, R79).
    _bureau("answer_from_data", "由现有数据提供", State.REQUESTED, State.AGREED),
    *side_exits(_ASKED, _ASKED),
)
SECONDMENT_SHORT = road(
    "secondment_short",
    "短期抽调",
    submission(State.REQUESTED),
    _bureau("agree", "同意抽调", State.REQUESTED, State.AGREED),
    *side_exits(_ASKED, _ASKED),
)
_JUDGED = [State.ASKED, State.SCHOOL_AGREED, State.BUREAU_AGREED]
SECONDMENT = road(
    "secondment",
    "借用教师",
    submission(State.ASKED),
    transition(
        "school_agree",
        "原学校和教师本人同意",
        [State.ASKED],
        State.SCHOOL_AGREED,
        permissions.is_the_school,
        guards=(plays_no_other_part(Part.SCHOOL),),
        note_required=True,
        note_label="原学校意见",
        effect=effects.take_teacher_consent,
        tone="primary",
    ),
    _bureau("agree", "区教委同意", State.SCHOOL_AGREED, State.BUREAU_AGREED),
    transition(
        "lend",
        "批准借用",
        [State.BUREAU_AGREED],
        State.LENT,
        permissions.is_committee,
        guards=(plays_no_other_part(Part.LEADER), guards.still_within_the_cap),
        note_required=True,
        note_label="审批意见",
        effect=effects.take_approval,
        tone="primary",
    ),
    transition(
        "end",
        "登记返岗",
        [State.LENT],
        State.ENDED,
        permissions.is_the_school,
        note_required=True,
        note_label="返岗确认",
        effect=effects.take_return_to_school,
        tone="primary",
    ),
    # Taken when the renewal is approved: the teacher stays away under the new approval.
    transition("renewed", "已续借", [State.LENT], State.ENDED, permissions.is_committee, button=False),
    *side_exits(_JUDGED, _JUDGED),
)
