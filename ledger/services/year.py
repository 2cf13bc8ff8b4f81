"""A new year from an earlier one: rows, 科室 and leads as they were, days moved, words as the office chose.

The figures of the year before need no carrying: `selectors.figures.last_year` reads them where they stand.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from jianfu.kernel import dates
from jianfu.kernel.decisions import Decision, allow, refuse, require
from jianfu.organisations import selectors as organisations
from ledger.models import Ledger, LedgerRow, LedgerTemplate, TemplateRow
from ledger.permissions import form as permissions
from ledger.states import Wording

from .opening import Planned, open_ledger, plan

TEXTS = {
    "subject": "事项",
    "task": "重点任务",
    "requirement": "工作要求",
    "figures": "重点监测数据",
    "sections_text": "责任科室",
}
BLANK = ("code", "name", "kind", "unit", "compares", "remark")
_YEAR = re.compile(r"(?<!\d)(20\d{2})(?=年)")


@dataclass(frozen=True)
class Difference:
    """One text of a row as it was, and as the template now has it, or with its years moved on."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Carried:
    """A row of the new year before it is opened: what it was, what the template says now, what to choose."""

    last: LedgerRow | None
    official: TemplateRow | None
    sections: tuple[Any, ...]
    gone: tuple[str, ...]
    due_on: date
    shifted: Mapping[str, str]

    @property
    def source(self) -> Any:
        return self.last or self.official

    @property
    def key(self) -> str:
        return str(self.source.key)

    @property
    def place(self) -> int:
        return int((self.official or self.source).number)

    @property
    def differences(self) -> list[Difference]:
        """Where the template of today differs from last year's words, blanks included."""
        if self.last is None or self.official is None:
            return []
        found = [
            Difference(label, getattr(self.last, name), getattr(self.official, name))
            for name, label in TEXTS.items()
            if getattr(self.last, name) != getattr(self.official, name)
        ]
        before, now = _blanks(self.last), _blanks(self.official)
        return [*found, *([Difference("填空项", _named(before), _named(now))] if before != now else [])]

    @property
    def moved_years(self) -> list[Difference]:
        return [
            Difference(TEXTS[name], getattr(self.last, name), text) for name, text in self.shifted.items()
        ]

    @property
    def wordings(self) -> list[Wording]:
        """What the office may choose, the first unless it says otherwise."""
        if self.last is None:
            return [Wording.TEMPLATE, Wording.LEFT_OUT]
        if self.official is None:
            return [Wording.KEPT, Wording.LEFT_OUT]
        found = [Wording.KEPT]
        if self.shifted:
            found.append(Wording.SHIFTED)
        if self.differences:
            found.append(Wording.TEMPLATE)
        return found

    @property
    def asks(self) -> bool:
        return len(self.wordings) > 1

    @property
    def news(self) -> str:
        """What is to be decided, in words."""
        if self.last is None:
            return "现行表样新增的任务"
        if self.official is None:
            return "现行表样里没有这一项"
        return ""


def current_template(ledger: Ledger) -> LedgerTemplate:
    """The newest version of what the ledger was opened from."""
    return LedgerTemplate.objects.newest().get(code=ledger.template.code)


def carry(*, last: Ledger, year: int, fill_by: date) -> list[Carried]:
    """What opening ``year`` from ``last`` would do, for the preview and for the doing."""
    rows = {row.key: row for row in last.rows.for_grid()}
    template = current_template(last)
    listed = plan(template=template, district_id=last.district_id, year=year, fill_by=fill_by)
    official = {planned.source.key: planned for planned in listed}
    known = {section.pk for section in organisations.sections(last.district_id)}
    again = [_again(row, official.get(row.key), known, last, year, fill_by) for row in rows.values()]
    found = [*again, *(_new(planned) for key, planned in official.items() if key not in rows)]
    return sorted(found, key=lambda each: (each.place, each.last is None))


def _new(planned: Planned) -> Carried:
    return Carried(None, planned.source, planned.sections, planned.unknown, planned.due_on, {})


def _again(
    row: LedgerRow, official: Planned | None, known: set[int], last: Ledger, year: int, fill_by: date
) -> Carried:
    named = [item.organisation for item in row.assignments.all()]
    return Carried(
        last=row,
        official=official.source if official else None,
        sections=tuple(section for section in named if section.pk in known),
        gone=tuple(str(section) for section in named if section.pk not in known),
        due_on=_due_again(row, last, year, fill_by),
        shifted=_shifted(row, year - last.year),
    )


def _due_again(row: LedgerRow, last: Ledger, year: int, fill_by: date) -> date:
    """The same day of the new year; a row that was due with the whole ledger is so again."""
    if row.due_on == last.fill_by:
        return fill_by
    return dates.add_months(row.due_on, 12 * (year - last.year))


def _shifted(row: LedgerRow, years: int) -> dict[str, str]:
    """The texts that name a year, with every year moved on."""
    found = {}
    for name in TEXTS:
        old = getattr(row, name)
        new = _YEAR.sub(lambda match: str(int(match.group()) + years), old)
        if new != old:
            found[name] = new
    return found


def _blanks(row: Any) -> list[tuple[Any, ...]]:
    return sorted(tuple(getattr(blank, name) for name in BLANK) for blank in row.blanks.all())


def _named(blanks: Iterable[tuple[Any, ...]]) -> str:
    """The blanks by name and unit, as far as a person wants to compare them."""
    return "、".join(
        f"{name}（{unit or '文字'}，{remark or '口径未写'}）" for _, name, _, unit, _, remark in blanks
    )


def digest(carried: Iterable[Carried]) -> str:
    """Recognises what was previewed: anything that was to be decided since shows as another digest."""
    told = [
        [
            each.key,
            each.due_on.isoformat(),
            [str(section) for section in each.sections],
            [wording.value for wording in each.wordings],
            [[change.old, change.new] for change in (*each.differences, *each.moved_years)],
        ]
        for each in carried
    ]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()[:32]


def open_again(
    *, last: Ledger, year: int, fill_by: date, wordings: Mapping[str, str], seen: str, by: Any
) -> Ledger:
    """Open ``year`` as the preview showed it; ``wordings`` by row key, the first one where none is named.

    Raises `Refused` where the words changed since the preview (``seen`` is its `digest`).
    """
    require(permissions.may_open_ledger(by))
    if last.district_id != by.district_id:
        require(refuse("只能从本区县的台账打开"))
    carried = carry(last=last, year=year, fill_by=fill_by)
    if digest(carried) != seen:
        require(refuse("上年台账或表样刚刚改动过，看过新的预览再打开"))
    chosen = [(each, Wording(wordings.get(each.key, each.wordings[0]))) for each in carried]
    kept = [(each, wording) for each, wording in chosen if wording != Wording.LEFT_OUT]
    if not kept:
        require(refuse("至少列入一项任务"))
    newest = any(wording == Wording.TEMPLATE for _, wording in kept)
    planned = [_planned(each, wording, number) for number, (each, wording) in enumerate(kept, start=1)]
    template = current_template(last) if newest else last.template
    return open_ledger(template=template, year=year, fill_by=fill_by, by=by, planned=planned)


def _planned(each: Carried, wording: Wording, number: int) -> Planned:
    require(_offered(each, wording))
    source = each.official if wording == Wording.TEMPLATE else each.last
    words: dict[str, Any] = {"number": number}
    if wording == Wording.SHIFTED:
        words |= each.shifted
    deadlines = [item["text"] for item in each.official.deadlines] if each.official else []
    due_text = each.last.due_text if each.last else next(iter(deadlines), "")
    return Planned(source, each.sections, each.gone, each.due_on, due_text, words)


def _offered(each: Carried, wording: Wording) -> Decision:
    names = "、".join(str(offered.label) for offered in each.wordings)
    return refuse(f"第 {each.place} 项只能选{names}") if wording not in each.wordings else allow()
