"""Applications that were not admitted, and last year's inspections that the clean-up merged or cancelled."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.urls import reverse

from approvals import selectors as approvals
from approvals.states import CAMPUS, INSPECTIONS, Disposition, Road
from ledger.states import AchievementKind

from .proposal import Draft, Proposal, declare, each

Propose = Callable[[Any, int], Iterator[Proposal]]


def _declined(slug: str, roads: frozenset[str], words: str) -> Propose:
    def propose(by: Any, year: int) -> Iterator[Proposal]:
        rows = approvals.declined(by.district_id, year).visible_to(by).filter(road__in=roads)
        everything = reverse("approvals:application_list")
        together = Proposal("", words, everything, AchievementKind.DECLINED, unit="项")
        return each(f"declined-{slug}-{year}", rows.prefetch_related("steps"), _refused, together=together)

    return propose


def _refused(application: Any) -> Proposal:
    notes = [step.note for step in application.steps.all() if step.transition == "reject"]
    return Proposal(
        key=f"application-{application.pk}",
        name=f"{application}（{application.organisation}）"[:200],
        url=application.get_absolute_url(),
        kind=AchievementKind.DECLINED,
        outcome=f"不予通过：{notes[-1]}"[:1000] if notes else "不予通过",
    )


def cleaned_up(by: Any, year: int) -> Iterator[Proposal]:
    """Of the plan that was published: before that the opinions may still change."""
    plan = approvals.published_plans(by.district_id).filter(year=year).first()
    if plan is None:
        return iter(())
    gone = [Disposition.MERGED, Disposition.CANCELLED]
    rows = plan.past_items.filter(disposition__in=gone).select_related("merged_with")
    together = Proposal("", "合并、取消的督查检查评比考核事项", plan.get_absolute_url(), unit="项")
    return each(f"past-{year}", rows, _past_item, together=together)


def _past_item(item: Any) -> Proposal:
    goal = f"，并入“{item.merged_with}”" if item.merged_with else ""
    return Proposal(
        key=f"past-item-{item.pk}",
        name=f"{item.get_disposition_display()}“{item.title}”"[:200],
        url=item.plan.get_absolute_url(),
        outcome=f"{item.reason}{goal}".lstrip("，"),
    )


for _slug, _topics, _roads, _words in (
    ("campus", {"T08"}, CAMPUS, "未获准入的进校园申请"),
    ("inspection", {"T01", "T02"}, INSPECTIONS, "未同意的督查检查评比考核事项"),
    ("survey", {"T13"}, frozenset({Road.SURVEY}), "未同意的统计和调研"),
):
    declare(Draft(_words, frozenset(_topics), _declined(_slug, _roads, _words)))
declare(Draft("督查清理", frozenset({"T02"}), cleaned_up))
