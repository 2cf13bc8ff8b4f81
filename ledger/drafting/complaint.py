"""投诉举报 that were found true and acted on (R107, R111); nothing of who wrote, or where."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from whitelist.selectors.complaint import proved_complaints

from .proposal import Draft, Proposal, declare, each


def proved(by: Any, year: int) -> Iterator[Proposal]:
    page = reverse("whitelist:complaint_results", args=[by.person.district.code])
    together = Proposal("", "查实并处理增加教师负担的投诉举报", page, unit="件")
    return each(
        f"proved-{year}", proved_complaints(by, year), lambda row: _entry(row, page), together=together
    )


def _entry(row: Any, page: str) -> Proposal:
    return Proposal(
        key=f"complaint-{row.pk}",
        name=f"查处{row.accused_words}“{practice_of(row)}”"[:200],
        url=page,
        outcome=done_with(row),
    )


def practice_of(row: Any) -> str:
    return str(row.get_practice_display()) if row.practice else "增加教师非教育教学负担"


def done_with(row: Any) -> str:
    done = [word for word, day in _DONE.items() if getattr(row, day)]
    return f"经核查{row.get_finding_display()}，已{'、'.join(done)}"


_DONE = {"通报": "notified_on", "约谈": "summoned_on", "曝光": "exposed_on"}
declare(Draft("投诉举报", frozenset({"T25"}), proved))
