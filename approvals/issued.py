"""What was issued on an application: what a document of ours says that somebody holds in the hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from jianfu.organisations.selectors import organisations
from jianfu.organisations.states import Kind

from .states import DECIDED, Road
from .subject import EXEMPT_FORM, subject_of

_YES = ("approve", "approve_item", "approve_in_plan", "agree", "answer_from_data", "register")


@dataclass(frozen=True)
class Issued:
    """``unit`` issued ``document`` on ``on``; ``numbers`` stand in it (名称, 文号). All as it was printed.

    ``answered``: the bureau gives the data itself, nobody is to be asked.
    """

    application: Any
    unit: str
    on: date
    numbers: tuple[tuple[str, str], ...]
    answered: bool

    @property
    def document(self) -> str:
        return self.named(self.application.title)

    def named(self, title: str) -> str:
        """The document's title, were the matter called so."""
        if self.road == Road.CAMPUS_EXEMPT:
            return EXEMPT_FORM
        return self.unit + subject_of(self.road, title, answered=self.answered)

    @property
    def road(self) -> str:
        return str(self.application.road)


def issued_on(application: Any) -> Issued | None:
    """None where there was no yes, or it no longer holds. Three queries."""
    if application.state not in DECIDED:
        return None
    steps = application.steps.filter(transition__in=_YES).order_by("at", "pk")
    last = steps.values_list("transition", "at").last()
    name, at = last or ("", application.state_entered_at)
    return Issued(
        application,
        _unit(application),
        application.decided_on or timezone.localtime(at).date(),
        tuple(_numbers(application)),
        answered=name == "answer_from_data",
    )


def _unit(application: Any) -> str:
    """领导小组 answers what goes into schools, 区教委 the rest."""
    kind = Kind.LEADING_GROUP if application.is_campus else Kind.BUREAU
    # As `exports.case` picks it: the first in the order of the units.
    found = organisations(application.district_id).filter(kind=kind).order_by("position", "pk").first()
    if found:
        return str(found.name)
    return "区委教育工作领导小组" if application.is_campus else f"{application.district.name}教育委员会"


def _numbers(application: Any) -> list[tuple[str, str]]:
    meeting = "会议纪要文号" if application.is_campus else "批准文号"
    rows = [
        ("申请编号", application.number),
        (meeting, application.meeting_number),
        ("备案文号", application.filing_number),
    ]
    return [(label, words) for label, words in rows if words]
