"""不在名单内来校: who came without being on a list, as schools wrote it down, and what became of the clue."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from jianfu.kernel import registry
from jianfu.kernel.dates import chinese_date
from jianfu.kernel.documents.xlsx import RegisterColumn, render_table

from . import permissions
from .clues import UNLISTED, unlisted_clue
from .models import ClosedClue, Visit
from .permissions.complaint import handles_complaints
from .states import ClueVerdict, Season, VisitKind

COLUMNS = (
    RegisterColumn("日期", 16, centred=True),
    RegisterColumn("学校", 34),
    RegisterColumn("来校单位", 34),
    RegisterColumn("事由", 46),
    RegisterColumn("情况", 12),
    RegisterColumn("线索", 14),
    RegisterColumn("核实情况", 46),
)


@dataclass(frozen=True)
class Line:
    """A visit, the clue that it is (``verdict`` "" while nobody looked into it), and where to go from it."""

    visit: Visit
    verdict: str = ""
    note: str = ""
    clue_url: str = ""
    record_url: str = ""
    report_url: str = ""

    @property
    def ended(self) -> str:
        """How: that none of them was on a list stands over the page."""
        return "已放行" if self.visit.kind == VisitKind.UNLISTED_ADMITTED else "已拒绝"

    @property
    def tone(self) -> str:
        return "red" if self.visit.kind == VisitKind.UNLISTED_ADMITTED else "green"

    @property
    def cells(self) -> tuple[str, ...]:
        visit = self.visit
        said = (str(visit.school), visit.visitor, visit.purpose, self.ended)
        return (chinese_date(visit.day), *said, self.verdict or "待核实", self.note)


def lines(visits: Iterable[Visit], user: Any) -> list[Line]:
    """One query besides that of the visits. A school reads no clue of the bureau's."""
    rows = list(visits)
    keys = {visit.pk: unlisted_clue(visit).key for visit in rows}
    reads = bool(permissions.may_read_clues(user))
    closes = reads and bool(permissions.may_close_clue(user.district_id, user))
    closed = ClosedClue.objects.visible_to(user).filter(code=UNLISTED, key__in=keys.values()) if reads else ()
    found = {row.key: row for row in closed}
    return [_line(visit, keys[visit.pk], found.get(keys[visit.pk]), user, closes=closes) for visit in rows]


def _line(visit: Visit, key: str, closed: ClosedClue | None, user: Any, *, closes: bool) -> Line:
    clue = [UNLISTED, Season.of(visit.day).key, key]
    refused = visit.kind == VisitKind.UNLISTED_REFUSED
    return Line(
        visit,
        ClueVerdict(closed.verdict).label if closed else "",
        closed.note if closed else "",
        reverse("whitelist:clue_close", args=clue) if closes and not closed else "",
        registry.way_to("refusals", user) if refused else "",
        _report_url(visit, user),
    )


def _report_url(visit: Visit, user: Any) -> str:
    """Who handles complaints takes it down; everybody else writes it as the public does."""
    if handles_complaints(user):
        return f"{reverse('whitelist:complaint_enter')}?visit={visit.pk}"
    return reverse("whitelist:complaint_form", args=[user.person.district.code])


def workbook(title: str, found: Iterable[Line], *, made_on: date, author: str) -> bytes:
    rows = (line.cells for line in found)
    return render_table(title, COLUMNS, rows, made_on=made_on, author=author, name="名单外来校")
