"""Provisional marks on the lines of an open round; nothing outside the round changes by them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from approvals.models import Round, RoundItem
from approvals.services.round import opened
from approvals.states import (
    OUTCOMES_AT,
    STATE_OF_STAGE,
    Conclusion,
    Ground,
    Integration,
    Outcome,
    RoundStage,
)
from jianfu.kernel import dates
from jianfu.kernel.decisions import Conflicted, Decision, Refused, allow, refuse, require
from jianfu.kernel.workflow import NOTE_LIMIT, save_tracked

MARKS = ("outcome", "conclusion", "ground", "integration", "merge_into", "note")
# What a mark says besides outcome and words, and the outcomes it belongs to: elsewhere it is cleared.
_BELONGS = {
    "conclusion": {Outcome.PASS},
    "ground": {Outcome.RETURN, Outcome.REJECT},
    "integration": {Outcome.INTEGRATE},
    "merge_into": {Outcome.MERGE},
}


@dataclass(frozen=True)
class Marking:
    """What somebody marks on one line, and what the page showed: the line's version, the content's."""

    item_id: int
    marks: Mapping[str, Any]
    version: int | None = None
    content_version: int | None = None


def mark(
    *, item: RoundItem, by: Any, marks: Mapping[str, Any], expected_version: int | None = None
) -> RoundItem:
    """Save a provisional outcome. ``marks`` holds some of `MARKS`."""
    asked = Marking(item.pk, marks, expected_version)
    refused = save_marks(round_=item.round, by=by, markings=[asked])
    if refused:
        raise refused[item.pk]
    return RoundItem.objects.get(pk=item.pk)


def save_marks(*, round_: Round, by: Any, markings: Iterable[Marking]) -> dict[int, Refused]:
    """Save provisional outcomes of several lines; what a colleague marked meanwhile is left as it is.

    Lines stand each for themselves: the answer names those that were not saved, by item.
    """
    refused: dict[int, Refused] = {}
    with transaction.atomic():
        fresh = opened(round_, by)
        found = fresh.items.visible_to(by).select_related("application", "marked_by__person")
        items = {item.pk: item for item in found}
        asked = list(markings)
        for marking in asked:
            try:
                _mark(fresh, items.get(marking.item_id), marking, by)
            except Refused as no:
                refused[marking.item_id] = no
        if len(refused) < len(asked):
            save_tracked(fresh, by=by, reason="标记拟定结果")
    return refused


def _mark(round_: Round, item: RoundItem | None, marking: Marking, by: Any) -> None:
    if item is None:
        raise Conflicted(refuse("这一项已经移出批次"))
    require(_still_here(round_, item))
    if marking.version is not None and item.version != marking.version:
        raise Conflicted(refuse(_newer(item)))
    if marking.content_version not in {None, item.application.content_version}:
        raise Conflicted(refuse(f"“{item.application}”刚刚重新报送过，看过新内容后再标记"))
    for name in MARKS:
        if name in marking.marks:
            setattr(item, name, marking.marks[name])
    for name, outcomes in _BELONGS.items():
        if item.outcome not in outcomes:
            setattr(item, name, item._meta.get_field(name).get_default())
    item.note = item.note.strip()
    require(_sensible(round_, item))
    item.content_version = item.application.content_version
    item.marked_by, item.marked_at = by, dates.now()
    save_tracked(item, by=by, reason="标记拟定结果")


def _still_here(round_: Round, item: RoundItem) -> Decision:
    if item.application.state == STATE_OF_STAGE[RoundStage(round_.stage)]:
        return allow()
    now = item.application.get_state_display()
    return refuse(f"“{item.application}”现在是“{now}”，已不在这一环节，从批次移出")


def _newer(item: RoundItem) -> str:
    who = item.marked_by.person.name if item.marked_by else "同事"
    now = item.get_outcome_display() or "未标记"
    return f"“{item.application}”刚刚由{who}改为“{now}”，没有覆盖。看过后再改"


def _sensible(round_: Round, item: RoundItem) -> Decision:
    choices = {
        "outcome": OUTCOMES_AT[RoundStage(round_.stage)],
        "conclusion": Conclusion.values,
        "ground": Ground.values,
        "integration": Integration.values,
    }
    for name, values in choices.items():
        column, marked = item._meta.get_field(name), getattr(item, name)
        several = isinstance(column.get_default(), list)
        if isinstance(marked, list) is not several or not set(marked if several else [marked]) <= {
            "",
            *values,
        }:
            return refuse(f"所选的{column.verbose_name}不在可选范围内，重新选择")
    if len(item.note) > NOTE_LIMIT:
        return refuse(f"意见最多 {NOTE_LIMIT} 字，现在是 {len(item.note)} 字")
    if item.merge_into_id == item.application_id:
        return refuse("不能并入自己，选另一项申请")
    return allow()
