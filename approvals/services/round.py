"""Writes of a round: what it gathers, what is provisionally marked, and all of it put into force at once.

Whoever writes to a round locks its row first, so marks, members and 生效 of one round follow each other.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction

from approvals import round_permissions
from approvals.models import Application, Round, RoundItem
from approvals.states import (
    PASSING,
    STATE_OF_STAGE,
    Delivery,
    Outcome,
    RoundStage,
    RoundState,
)
from approvals.workflow import ROUND, workflow_of
from jianfu.kernel import dates, trail
from jianfu.kernel.decisions import Conflicted, Decision, Refused, allow, refuse, require
from jianfu.kernel.steps import dated
from jianfu.kernel.workflow import hold, locked, save_tracked

_PASSES = {
    RoundStage.APPRAISAL: "conclude",
    RoundStage.REVIEW: "pass_review",
    RoundStage.APPROVAL: "approve",
}
_NEGATIVES = {Outcome.RETURN: "return_", Outcome.REJECT: "reject", Outcome.MERGE: "merge"}
TITLE_LIMIT = 100


def open_round(*, by: Any, stage: str, title: str, applications: Iterable[Application]) -> Round:
    """A new round of applications that stand at the stage. Raises `Refused` for one in another open round."""
    round_ = Round(
        district_id=by.district_id,
        stage=stage,
        title=title.strip(),
        created_by=by,
        created_at=dates.now(),
        state_entered_at=dates.now(),
    )
    require(round_permissions.may_prepare_round(round_, by))
    require(_named(round_.title))
    with transaction.atomic():
        save_tracked(round_, by=by, reason="建立批次")
        _gather(round_, applications, by)
        trail.record(action="round.opened", target=round_, by=by)
    return round_


def _named(title: str) -> Decision:
    if not title:
        return refuse("填写批次名称，例如“2026年第3批（区教委初审）”")
    if len(title) > TITLE_LIMIT:
        return refuse(f"批次名称最多 {TITLE_LIMIT} 字，现在是 {len(title)} 字")
    return allow()


def add_to_round(*, round_: Round, by: Any, applications: Iterable[Application]) -> Round:
    with transaction.atomic():
        fresh = opened(round_, by)
        _gather(fresh, applications, by)
        save_tracked(fresh, by=by, reason="加入申请")
        trail.record(action="round.items_added", target=fresh, by=by)
    return fresh


def remove_from_round(*, item: RoundItem, by: Any) -> Round:
    """移出批次: the application stays where it is."""
    with transaction.atomic():
        fresh = opened(item.round, by)
        found = fresh.items.filter(pk=item.pk).first()
        if found is None:
            raise Conflicted(refuse("这一项已经移出批次"))
        found._history_user = by
        found.delete()
        save_tracked(fresh, by=by, reason="移出申请")
        trail.record(
            action="round.item_removed", target=fresh, by=by, data={"application": found.application_id}
        )
    return fresh


def _gather(round_: Round, applications: Iterable[Application], by: Any) -> None:
    wanted = STATE_OF_STAGE[RoundStage(round_.stage)]
    position = max(round_.items.values_list("position", flat=True), default=0)
    keys = {application.pk for application in applications}
    if not keys:
        raise Refused(refuse("勾选至少一项申请"))
    rows = Application.objects.visible_to(by).campus().select_for_update(of=("self",)).filter(pk__in=keys)
    found = list(rows.order_by("pk"))
    if len(found) != len(keys):
        raise Refused(refuse("所选的申请里有不能列入批次的，刷新后重新勾选"))
    for row in sorted(found, key=lambda row: row.number):
        require(_may_join(row, wanted))
        position += 1
        item = RoundItem(
            round=round_, application=row, content_version=row.content_version, position=position
        )
        save_tracked(item, by=by, reason="列入批次")


def _may_join(application: Application, wanted: str) -> Decision:
    if application.state != wanted:
        return refuse(f"“{application}”现在是“{application.get_state_display()}”，不在这一环节")
    other = application.round_items.filter(round__state=RoundState.OPEN).select_related("round").first()
    if other is not None:
        return refuse(f"“{application}”已在批次“{other.round}”里，先从那里移出")
    return allow()


def put_in_force(
    *,
    round_: Round,
    by: Any,
    met_on: date,
    meeting_number: str = "",
    head: Any = None,
    expected_version: int | None = None,
) -> Round:
    """Every application of the round takes its step, or none does; each refusal names its line.

    Merged ones come first, while the application they go into is still under way. Raises `Refused`.
    """
    with transaction.atomic():
        fresh: Round = locked(round_)
        if expected_version is not None and fresh.version != expected_version:
            raise Conflicted(refuse("这一批次刚刚被同事改过，看过后再生效"))
        require(ROUND.decide(fresh, "put_in_force", by))
        fresh.met_on, fresh.meeting_number, fresh.head = met_on, meeting_number.strip(), head
        require(_meeting(fresh))
        _lock_applications(fresh)
        save_tracked(fresh, by=by, reason="登记会议")
        meeting = {"met_on": met_on, "meeting_number": fresh.meeting_number}
        fresh = ROUND.perform(fresh, "put_in_force", by=by, data=meeting)
        lines = list(enumerate(fresh.items.select_related("application", "merge_into"), start=1))
        lines.sort(key=lambda line: line[1].outcome != Outcome.MERGE)
        refused = Decision()
        for number, item in lines:
            refused &= _take(fresh, item, by).about(f"第 {number} 项“{item.application}”")
        require(refused)
    return fresh


def _lock_applications(round_: Round) -> None:
    """All at once and in one order: two rounds that merge into each other wait, and never for each other."""
    pairs = round_.items.values_list("application_id", "merge_into_id")
    keys = {key for pair in pairs for key in pair if key}
    hold(Application.objects.filter(pk__in=keys))


def _meeting(round_: Round) -> Decision:
    met = dated(round_.met_on, "会议日期")
    if not met:
        return met
    if round_.stage == RoundStage.APPROVAL and not round_.meeting_number:
        return refuse("填写会议纪要文号")
    concluding = round_.items.filter(outcome__in=PASSING).exists()
    if round_.stage == RoundStage.APPRAISAL and round_.head is None and concluding:
        return refuse("选择组长：论证意见由组长签字")
    return allow()


def _take(round_: Round, item: RoundItem, by: Any) -> Decision:
    """The step of one line, or what refuses it."""
    name = _NEGATIVES.get(Outcome(item.outcome)) or _PASSES[RoundStage(round_.stage)]
    try:
        workflow_of(item.application).perform(
            item.application, name, by=by, note=item.note, data=_data(round_, item)
        )
    except Refused as refused:
        return refused.decision
    return allow()


def _data(round_: Round, item: RoundItem) -> dict[str, Any]:
    if item.outcome in _NEGATIVES:
        return {"grounds": [item.ground] if item.ground else [], "into": item.merge_into}
    if round_.stage == RoundStage.APPRAISAL:
        return {"conclusion": item.conclusion, "head": round_.head, "met_on": round_.met_on}
    delivery = Delivery.RESOURCES if item.outcome == Outcome.RESOURCES else ""
    manner = {"delivery": delivery, "integration": item.integration}
    if round_.stage == RoundStage.REVIEW:
        return manner  # what the first review recommends stays with its step
    return {"decided_on": round_.met_on, "meeting_number": round_.meeting_number, **manner}


def dissolve(*, round_: Round, by: Any) -> Round:
    """撤销批次: its applications stay where they are."""
    return ROUND.perform(round_, "dissolve", by=by)


def opened(round_: Round, by: Any) -> Round:
    """The row, locked, of a round that the person may still change. Call inside ``atomic``."""
    fresh: Round = locked(round_)
    require(round_permissions.may_prepare_round(fresh, by))
    if fresh.state != RoundState.OPEN:
        require(refuse(f"批次“{fresh}”{fresh.get_state_display()}，不能再改"))
    return fresh
