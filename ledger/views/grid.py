"""What the grid prints: the rows chosen by the filter, merged by 事项, each with its sentence and light."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any

from django.core.paginator import Page, Paginator

from jianfu.kernel.calendar import Remaining
from jianfu.kernel.indicators import Value
from jianfu.organisations.states import Role
from ledger.forms.filling import FiguresForm, Piece, sentence, versions_words, was_sent
from ledger.forms.opening import GridFilter
from ledger.models import BlankValue, Ledger, LedgerRow
from ledger.permissions import form as permissions
from ledger.selectors import figures
from ledger.selectors.ledger import remaining
from ledger.selectors.origins import Origin, origins_of_many
from ledger.states import TONES
from ledger.workflow import ROW

PAGE = 100  # rows


@dataclass(frozen=True)
class Line:
    """One row of the form on the screen. ``form`` only where this person may type now."""

    row: LedgerRow
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
    """All of a ledger's rows, and those of them that the filter keeps, in their groups."""

    ledger: Ledger
    rows: list[LedgerRow]
    last: Mapping[str, BlankValue]
    groups: list[Group]
    page: Page

    @property
    def lines(self) -> list[Line]:
        return [line for group in self.groups for line in group.lines]

    @property
    def forms(self) -> list[FiguresForm]:
        return [line.form for line in self.lines if line.form]

    @property
    def is_first_year(self) -> bool:
        """No ledger of the year before: last year's figures are entered by hand, if at all."""
        return not any(blank.pk for blank in self.last.values())

    @property
    def versions(self) -> str:
        return versions_words(form.row for form in self.forms)

    @property
    def has_acceptable(self) -> bool:
        return any(line.acceptable for line in self.lines)


def rows_of(ledger: Ledger, user: Any) -> list[LedgerRow]:
    return list(LedgerRow.objects.visible_to(user).filter(ledger=ledger).for_grid())


def build(
    ledger: Ledger,
    user: Any,
    on: date,
    *,
    rows: list[LedgerRow],
    chosen: GridFilter | None = None,
    data: Any = None,
    page: str | None = None,
) -> Grid:
    """The grid as this person sees it on the day; ``data`` binds the blanks that were sent. Without a
    ``page`` all of it: no official form needs a second one."""
    last = figures.last_year(ledger)
    asked = figures.bring_up_to_date(ledger, rows, last)
    mine = user.organisation_ids(Role.SECTION_CLERK)
    found = [row for row in rows if chosen is None or chosen.keeps(row, mine)]
    shown = Paginator(found, max(len(found), 1) if page is None else PAGE).get_page(page)
    kept = list(shown.object_list)
    this = {blank.code: blank.value for row in rows for blank in row.blanks.all()}

    def count(row: LedgerRow) -> dict[str, Value]:
        if ledger.is_past:  # the paper's numbers, and no others
            return {}
        return figures.measured(ledger, row.blanks.all(), last=last, this=this, asked=asked)

    beside = origins_of_many(ledger, kept, last, this, asked)
    lines = [_line(row, user, on, last, count, data, beside) for row in kept]
    grouped = groupby(lines, key=lambda line: (line.row.group, line.row.subject))
    groups = [Group(subject, list(items)) for (_, subject), items in grouped]
    return Grid(ledger, rows, last, groups, shown)


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
