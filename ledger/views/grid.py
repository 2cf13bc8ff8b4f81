"""What the grid prints: the rows chosen by the filter, merged by 事项, each with its sentence and light."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q

from jianfu.kernel.calendar import Remaining
from jianfu.kernel.indicators import Value
from jianfu.organisations.states import Role
from ledger.forms.filling import FiguresForm, Piece, sentence, versions_words, was_sent
from ledger.models import BlankValue, Ledger, LedgerRow
from ledger.permissions import form as permissions
from ledger.querysets import LedgerRows
from ledger.selectors import figures
from ledger.selectors.ledger import Overview, overview, remaining
from ledger.selectors.origins import Origin, origins
from ledger.states import TONES
from ledger.workflow import ROW

PAGE = 100  # rows
SENT = re.compile(r"row(\d{1,18})-")


@dataclass(frozen=True)
class Line:
    """One row of the form on the screen. ``form`` only where this person may type now."""

    row: LedgerRow
    url: str
    sentence: list[Piece]
    tone: str
    remaining: Remaining | None
    form: FiguresForm | None
    mine: bool
    others: bool
    acceptable: bool
    sections: str
    moved: tuple[str, ...]

    @property
    def words(self) -> str:
        """落实情况 on one line, for a cell of two."""
        return " ".join(self.row.implementation.split("\n"))


@dataclass
class Group:
    subject: str
    lines: list[Line] = field(default_factory=list)


@dataclass
class Grid:
    """The rows of a page in their groups."""

    ledger: Ledger
    last: Mapping[str, BlankValue]
    groups: list[Group]

    @property
    def lines(self) -> list[Line]:
        return [line for group in self.groups for line in group.lines]

    @property
    def forms(self) -> list[FiguresForm]:
        return [line.form for line in self.lines if line.form]

    @property
    def versions(self) -> str:
        return versions_words(form.row for form in self.forms)

    @property
    def has_acceptable(self) -> bool:
        return any(line.acceptable for line in self.lines)


def rows_of(ledger: Ledger, user: Any) -> LedgerRows:
    """Each of them knows its ledger."""
    rows: LedgerRows = ledger.rows.visible_to(user).order_by("number")
    return rows


def page_of(rows: Any, count: int, number: int) -> Page:
    """A page of rows that were counted already; the last one where there are not as many."""
    pages = Paginator(rows, PAGE)
    pages.count = count
    return pages.get_page(number)


@dataclass(frozen=True)
class Found:
    """What the filter finds: the numbers of all rows of the ledger, and the cells of one page."""

    above: Overview
    cells: figures.Cells


def find_rows(
    ledger: Ledger, rows: LedgerRows, wanted: Q, number: int, on: date, asked: figures.Asked
) -> Found:
    above = overview(ledger, rows, wanted, on)
    page = page_of(rows.filter(wanted), above.found, number)
    return Found(above, figures.cells_of(ledger, page.object_list.with_cells(), asked))


def sent_rows(rows: LedgerRows, data: Any) -> LedgerRows:
    """Those of whose blanks the page sent any."""
    keys = {int(found[1]) for name in data if (found := SENT.match(name))}
    return rows.filter(pk__in=keys)


def build(
    ledger: Ledger,
    user: Any,
    on: date,
    *,
    cells: figures.Cells,
    asked: figures.Asked,
    data: Any = None,
) -> Grid:
    """The grid of the rows as this person sees it on the day; ``data`` binds the blanks that were sent."""
    kept, last, this = cells.rows, cells.last, dict(cells.elsewhere)
    figures.bring_up_to_date(ledger, kept, last, this, asked)
    this |= {blank.code: blank.value for row in kept for blank in row.blanks.all()}

    def count(row: LedgerRow) -> dict[str, Value]:
        if ledger.is_past:  # the paper's numbers, and no others
            return {}
        return figures.measured(ledger, row.blanks.all(), last=last, this=this, asked=asked)

    beside = origins(ledger, kept, last, this, asked)
    lines = [_line(row, user, on, last, count, data, beside) for row in kept]
    asked.keep()
    grouped = groupby(lines, key=lambda line: (line.row.group, line.row.subject))
    return Grid(ledger, last, [Group(subject, list(items)) for (_, subject), items in grouped])


def _line(
    row: LedgerRow,
    user: Any,
    on: date,
    last: Mapping[str, BlankValue],
    count: Callable[[LedgerRow], dict[str, Value]],
    data: Any,
    beside: Mapping[int, Origin],
) -> Line:
    mine = bool(permissions.may_fill(row, user))
    form = None
    if mine and row.is_fillable and row.ledger.is_writable and row.blanks.all():
        form = FiguresForm(row, count(row), data if was_sent(row, data) else None)
    return Line(
        row=row,
        url=row.get_absolute_url(),
        sentence=sentence(row, last, form, beside),
        tone=TONES[row.state],
        remaining=remaining(row, on),
        form=form,
        mine=mine,
        others=not mine and user.has(Role.SECTION_CLERK),
        acceptable=_acceptable(row, user),
        sections=sections_words(row.assignments.all()),
        moved=tuple(o.change.words for b in row.blanks.all() if (o := beside[b.pk]).change),
    )


def _acceptable(row: LedgerRow, user: Any) -> bool:
    """Cheap questions first: most rows are not waiting, most people are not the office."""
    return bool(row.state in ROW.transitions["accept"].sources and permissions.may_accept(row, user))


def sections_words(assignments: Iterable[Any]) -> str:
    """The 科室 that answer for the row, the leading one first."""
    return "、".join(str(assignment.organisation) for assignment in assignments)
