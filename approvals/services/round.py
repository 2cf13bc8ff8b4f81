"""Writes of a round: what it gathers, what is provisionally marked, and all of it put into force at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction

from approvals import permissions
from approvals.models import Application, Round, RoundItem
from approvals.states import (
    STATE_OF_STAGE,
    Conclusion,
    Delivery,
    Ground,
    Integration,
    Outcome,
    RoundStage,
    RoundState,
)
from approvals.workflow import ROUND, workflow_of
from jianfu.kernel import dates, trail
from jianfu.kernel.decisions import Conflicted, Decision, Refusal, Refused, allow, refuse, require
from jianfu.kernel.workflow import NOTE_LIMIT, locked, save_tracked

_PASSES = {
    RoundStage.APPRAISAL: "conclude",
    RoundStage.REVIEW: "pass_review",
    RoundStage.APPROVAL: "approve",
}
_NEGATIVES = {Outcome.RETURN: "return_", Outcome.REJECT: "reject", Outcome.MERGE: "merge"}
MARKS = ("outcome", "conclusion", "ground", "integration", "merge_into", "note")


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
    require(permissions.may_prepare_round(round_, by))
    if not round_.title:
        raise Refused(refuse("填写批次名称，例如“2026年秋季第一批”"))
    with transaction.atomic():
        save_tracked(round_, by=by, reason="建立批次")
        _gather(round_, applications, by)
        trail.record(action="round.opened", target=round_, by=by)
    return round_


def add_to_round(*, round_: Round, by: Any, applications: Iterable[Application]) -> Round:
    with transaction.atomic():
        fresh = _open(round_, by)
        _gather(fresh, applications, by)
        save_tracked(fresh, by=by, reason="加入申请")
    return fresh


def remove_from_round(*, item: RoundItem, by: Any) -> Round:
    with transaction.atomic():
        fresh = _open(item.round, by)
        item._history_user = by
        item.delete()
        save_tracked(fresh, by=by, reason="移出申请")
    return fresh


def _gather(round_: Round, applications: Iterable[Application], by: Any) -> None:
    wanted = STATE_OF_STAGE[RoundStage(round_.stage)]
    position = max(round_.items.values_list("position", flat=True), default=0)
    keys = [application.pk for application in applications]
    rows = Application.objects.visible_to(by).campus().select_for_update(of=("self",)).filter(pk__in=keys)
    for row in rows.order_by("number"):
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


def mark(
    *, item: RoundItem, by: Any, marks: Mapping[str, Any], expected_version: int | None = None
) -> RoundItem:
    """Save a provisional outcome. ``marks`` holds some of `MARKS`; nothing outside the round changes."""
    with transaction.atomic():
        _open(item.round, by)
        fresh = locked(item)
        if expected_version is not None and fresh.version != expected_version:
            raise Conflicted(refuse(f"第 {fresh.position} 项刚刚被同事标记过，看过后再改"))
        for name in MARKS:
            if name in marks:
                setattr(fresh, name, marks[name])
        require(_sensible(fresh))
        fresh.content_version = locked(fresh.application).content_version
        fresh.marked_by, fresh.marked_at = by, dates.now()
        save_tracked(fresh, by=by, reason="标记拟定结果")
    return fresh


def mark_many(*, items: Iterable[RoundItem], by: Any, marks: Mapping[str, Any]) -> list[RoundItem]:
    """The same mark for several; all or none."""
    with transaction.atomic():
        return [mark(item=item, by=by, marks=marks) for item in items]


def _sensible(item: RoundItem) -> Decision:
    choices = {
        "outcome": Outcome.values,
        "conclusion": Conclusion.values,
        "ground": Ground.values,
        "integration": Integration.values,
    }
    for name, values in choices.items():
        if getattr(item, name) and getattr(item, name) not in values:
            label = item._meta.get_field(name).verbose_name
            return refuse(f"所选的{label}不在可选范围内，重新选择")
    if len(item.note) > NOTE_LIMIT:
        return refuse(f"意见最多 {NOTE_LIMIT} 字，现在是 {len(item.note)} 字")
    if item.merge_into_id == item.application_id:
        return refuse("不能并入自己，选另一项申请")
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
        fresh.met_on, fresh.meeting_number, fresh.head = met_on, meeting_number.strip(), head
        require(_meeting(fresh))
        if expected_version is not None and fresh.version != expected_version:
            raise Conflicted(refuse("这一批次刚刚被同事改过，看过后再生效"))
        save_tracked(fresh, by=by, reason="登记会议")
        fresh = ROUND.perform(fresh, "put_in_force", by=by)
        items = fresh.items.select_related("application", "merge_into")
        merging = [item for item in items if item.outcome == Outcome.MERGE]
        others = [item for item in items if item.outcome != Outcome.MERGE]
        refusals = [r for item in (*merging, *others) for r in _take(fresh, item, by)]
        require(Decision(*refusals))
    return fresh


def _meeting(round_: Round) -> Decision:
    if round_.met_on is None:
        return refuse("填写会议日期")
    if round_.met_on > dates.today():
        return refuse(f"会议日期不能晚于今天（{dates.chinese_date(dates.today())}）")
    if round_.stage == RoundStage.APPROVAL and not round_.meeting_number:
        return refuse("填写会议纪要文号")
    return allow()


def _take(round_: Round, item: RoundItem, by: Any) -> list[Refusal]:
    """The step of one line; what refuses it, in words that name the line."""
    name = _NEGATIVES.get(Outcome(item.outcome)) or _PASSES[RoundStage(round_.stage)]
    try:
        workflow_of(item.application).perform(
            item.application, name, by=by, note=item.note, data=_data(round_, item)
        )
    except Refused as refused:
        return [
            Refusal(f"第 {item.position} 项“{item.application}”：{r.message}", r.code, r.clause)
            for r in refused.decision.refusals
        ]
    return []


def _data(round_: Round, item: RoundItem) -> dict[str, Any]:
    if item.outcome in _NEGATIVES:
        return {"grounds": [item.ground] if item.ground else [], "into": item.merge_into}
    if round_.stage == RoundStage.APPRAISAL:
        return {"conclusion": item.conclusion, "head": round_.head, "met_on": round_.met_on}
    if round_.stage == RoundStage.REVIEW:
        return {}
    delivery = Delivery.RESOURCES if item.outcome == Outcome.RESOURCES else ""
    return {
        "decided_on": round_.met_on,
        "meeting_number": round_.meeting_number,
        "delivery": delivery,
        "integration": item.integration,
    }


def dissolve(*, round_: Round, by: Any) -> Round:
    """撤销批次: its applications stay where they are."""
    return ROUND.perform(round_, "dissolve", by=by)


def _open(round_: Round, by: Any) -> Round:
    fresh: Round = locked(round_)
    require(permissions.may_prepare_round(fresh, by))
    if fresh.state != RoundState.OPEN:
        require(refuse(f"批次“{fresh}”{fresh.get_state_display()}，不能再改"))
    return fresh
