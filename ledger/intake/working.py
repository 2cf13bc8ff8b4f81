"""The working form (填报表) on its way back: what was filled in since it was exported, cell by cell.

A cell counts as filled in where it differs from what stood in it at the export (the stamp). Then it is
compared with what stands in the ledger now: the same is nothing to do; what nobody else changed is written;
the rest is a conflict, shown and only written where it is chosen.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from jianfu.kernel.documents.reading import Book, Cell, Sheet, letter, values
from jianfu.kernel.documents.reading.values import Unreadable
from jianfu.kernel.intake import Place, Plan, Problem
from ledger import wording
from ledger.models import Achievement, BlankValue, Ledger
from ledger.rules import form as rules
from ledger.services.filling import CONTENT, EntryInput

from . import layout
from .contents import RowPlan, as_data, changed_since, rows_of, shown
from .layout import Line

AGAIN = "从台账页重新导出填报表再填"
_WITH_UNIT = re.compile(r"\s*[0-9０-９.,，．]+\s*([\u4e00-\u9fff]{1,3})\s*")


@dataclass
class Stamp:
    """What the very hidden sheet says: which ledger, each row's version, what stood in each cell."""

    form: str = ""
    ledger: str = ""
    ledger_name: str = ""
    versions: dict[str, int] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)


def read_stamp(book: Book) -> Stamp | None:
    """None where the file is no working form."""
    sheet = book.sheet(layout.STAMP)
    if sheet is None:
        return None
    stamp = Stamp()
    for number in sheet.rows:
        what, name, value = (sheet.text(number, column) for column in (1, 2, 3))
        if what == "格式":
            stamp.form = name
        elif what == "台账":
            stamp.ledger, stamp.ledger_name = name, value
        elif what == "版本" and value.isascii() and value.isdigit():
            stamp.versions[name] = int(value[:9])
        elif what == "原值":
            cell = sheet.cell(number, 3)
            stamp.cells[name] = str(cell.value) if cell else ""
    return stamp


def keyed_lines(book: Book) -> Iterator[tuple[Sheet, int, Line]]:
    """Every line of the visible sheets that says what it belongs to."""
    for sheet in book.shown:
        for number in sheet.rows:
            line = Line.read(sheet.text(number, layout.KEY))
            if line:
                yield sheet, number, line


def is_working_form(book: Book) -> bool:
    return read_stamp(book) is not None or any(True for _ in keyed_lines(book))


def read_form(ledger: Ledger, book: Book, by: Any) -> Plan:
    stamp = read_stamp(book)
    problem = _unusable(stamp, ledger)
    if stamp is None or problem:
        return Plan(problems=(Problem(words=problem, stops=True),), summary="文件没有读入。")
    return _Reading(ledger, book, stamp).plan(by)


def _unusable(stamp: Stamp | None, ledger: Ledger) -> str:
    if stamp is None or stamp.form != layout.FORMAT:
        return f"文件里的“{layout.STAMP}”页不见了，不能对照原来的内容。{AGAIN}"
    if stamp.ledger != str(ledger.pk):
        return f"这是{stamp.ledger_name}的填报表，不是{ledger.district.name}{ledger.year}年的。{AGAIN}"
    return ""


class _Reading:
    """One file against one ledger."""

    def __init__(self, ledger: Ledger, book: Book, stamp: Stamp) -> None:
        self.stamp = stamp
        self.rows = {row.key: row for row in rows_of(ledger)}
        self.plans: dict[str, RowPlan] = {}
        self.problems: list[Problem] = []
        self.lines = list(keyed_lines(book))
        self.unmarked = list(_unmarked(book))

    def plan(self, by: Any) -> Plan:
        self._name_duplicates()
        for sheet, number, line in self.lines:
            row = self.rows.get(line.row)
            place = Place(sheet=sheet.name, row=number)
            if row is None:
                words = f"行标记“{line.row[:20]}”不在这本台账里，这一行没有读入。{AGAIN}"
                self.problems.append(Problem(words=words, place=place))
                continue
            reading = _LineReading(self, sheet, number, self.plans.setdefault(line.row, RowPlan(row)))
            reading.read(line)
        self.problems += self.unmarked
        for found in self.plans.values():
            found.settle(by)
        return self._whole()

    def _name_duplicates(self) -> None:
        """A line that was copied with its mark stands twice; neither is read."""
        parts = [part for _sheet, _number, line in self.lines for part in _parts(line)]
        twice = {part for part, count in Counter(parts).items() if count > 1}
        kept = []
        for sheet, number, line in self.lines:
            if twice.intersection(_parts(line)):
                words = "行标记和另一行相同，两行都没有读入。新条目写在空行里，不要复制整行"
                self.problems.append(Problem(words=words, place=Place(sheet=sheet.name, row=number)))
            else:
                kept.append((sheet, number, line))
        self.lines = kept

    def _whole(self) -> Plan:
        plans = list(self.plans.values())
        changes = tuple(change for plan in plans for change in plan.changes)
        problems = [problem for plan in plans for problem in plan.problems] + self.problems
        conflicts = sum(change.conflict for change in changes)
        summary = f"读到 {len(self.plans)} 项任务，和台账不同的有 {len(changes)} 处"
        if conflicts:
            summary += f"，其中 {conflicts} 处在导出之后又改过"
        if not changes and not problems:
            summary += "，没有要写入的"
        return Plan(changes, tuple(problems), as_data(plans), f"{summary}。")


def _parts(line: Line) -> list[str]:
    found = [f"{line.row}|{line.entry}"] if line.entry else []
    return found + ([f"{line.row}!{line.blank}"] if line.blank else [])


def _unmarked(book: Book) -> Iterator[Problem]:
    """Lines of a sheet of ours that hold entries and no mark: added below, or copied from elsewhere."""
    for sheet in book.shown:
        if sheet.text(layout.GROUP_ROW, layout.KEY) != layout.KEY_HEADING:
            continue
        for number, cells in sheet.rows.items():
            if number < layout.FIRST_ROW or Line.read(sheet.text(number, layout.KEY)):
                continue
            if any(column in cells for column in (*layout.ENTRY_COLUMNS.values(), layout.VALUE)):
                words = "这一行没有行标记，不知道属于哪一项，没有读入。把内容写到那一项的空行里"
                yield Problem(words=words, place=Place(sheet=sheet.name, row=number))


class _LineReading:
    """One line: an entry on its left, a blank on its right."""

    def __init__(self, whole: _Reading, sheet: Sheet, number: int, plan: RowPlan) -> None:
        self.whole, self.sheet, self.number, self.plan, self.row = whole, sheet, number, plan, plan.row
        self.version = whole.stamp.versions.get(plan.row.key, 0)

    def read(self, line: Line) -> None:
        if line.entry_pk is not None:
            self._known_entry(line.entry_pk)
        elif line.entry:
            self._new_entry(line)
        if line.blank:
            self._blank(line.blank)

    def _cell(self, column: int) -> Cell | None:
        return self.sheet.cell(self.number, column)

    def _place(self, column: int) -> Place:
        return Place(sheet=self.sheet.name, row=self.number, column=letter(column))

    def _since(self) -> str:
        return changed_since(self.row, self.version)

    # ---- entries ----

    def _typed(self) -> dict[str, Any]:
        """The cells of the entry that can be read, by field; the others are named as problems."""
        typed: dict[str, Any] = {}
        for name, column in layout.ENTRY_COLUMNS.items():
            try:
                typed[name] = self._entry_value(name, self._cell(column))
            except Unreadable as problem:
                words = f"{layout.ENTRY_LABELS[name]}{problem}，这一格没有读入"
                self.plan.problem(self._place(column), words)
        self._unit_of_quantity(typed)
        return typed

    def _entry_value(self, name: str, cell: Cell | None) -> Any:
        if name == "kind":
            return values.choice(cell, layout.KINDS) or ""
        if name == "quantity":
            return values.decimal(cell, unit=self._unit(), least=0, most=Decimal("9999999999.99"))
        if name == "ratio":
            return values.decimal(cell, unit="%", least=0, most=100)
        return values.words(cell, most={"name": 200, "unit": 10, "outcome": 1000}[name])

    def _unit(self) -> str:
        """The unit beside the number; where there is none, the one written behind the number."""
        return self.sheet.text(self.number, layout.ENTRY_COLUMNS["unit"]) or self._written_unit()

    def _written_unit(self) -> str:
        match = _WITH_UNIT.fullmatch(self.sheet.text(self.number, layout.ENTRY_COLUMNS["quantity"]))
        return match.group(1) if match else ""

    def _unit_of_quantity(self, typed: dict[str, Any]) -> None:
        if typed.get("quantity") is not None and not typed.get("unit"):
            typed["unit"] = self._written_unit()

    def _known_entry(self, pk: int) -> None:
        base = {
            name: self.whole.stamp.cells.get(layout.entry_cell(self.row.key, pk, name)) for name in CONTENT
        }
        if None in base.values():
            self.plan.problem(self._place(layout.KEY), f"行标记里的条目不是从这里导出的，没有读入。{AGAIN}")
            return
        typed = self._typed()
        changed = [name for name in CONTENT if name in typed and typed[name] != _from_stamp(name, base[name])]
        entry = next((entry for entry in self.row.entries.all() if entry.pk == pk), None)
        if not changed:
            return
        if len(typed) == len(CONTENT) and not any(typed.values()):
            self._dropped(pk, entry)
        elif entry is None:
            self._gone(pk, typed)
        elif "name" in changed and not typed["name"]:
            self.plan.problem(
                self._place(layout.ENTRY_COLUMNS["name"]), "名称空着，这一条没有读入。要删去就整行清空"
            )
        else:
            for name in changed:
                self._entry_cell(entry, name, typed[name], _from_stamp(name, base[name]))

    def _entry_cell(self, entry: Achievement, name: str, value: Any, base: Any) -> None:
        now = getattr(entry, name)
        if value == now:
            return
        key = layout.entry_cell(self.row.key, entry.pk, name)
        change = self.plan.change(
            key,
            f"{entry.name}：{layout.ENTRY_LABELS[name]}",
            shown(name, now),
            shown(name, value),
            self._place(layout.ENTRY_COLUMNS[name]),
            by="" if now == base else self._since(),
        )
        kept = str(value) if isinstance(value, Decimal) else value
        self.plan.add({"what": "entry", "pk": entry.pk, "field": name, "value": kept}, change)

    def _dropped(self, pk: int, entry: Achievement | None) -> None:
        """Every cell of the line was cleared: the entry goes, unless somebody wrote in it meanwhile."""
        if entry is None:
            return
        stamp = self.whole.stamp.cells
        same = all(
            getattr(entry, name) == _from_stamp(name, stamp[layout.entry_cell(self.row.key, pk, name)])
            for name in CONTENT
        )
        key = layout.entry_cell(self.row.key, pk, "drop")
        place = self._place(layout.ENTRY_COLUMNS["name"])
        change = self.plan.change(
            key,
            "落实情况（删去一条）",
            wording.entry_words(entry),
            "",
            place,
            by="" if same else self._since(),
        )
        self.plan.add({"what": "drop", "pk": pk}, change)

    def _gone(self, pk: int, typed: Mapping[str, Any]) -> None:
        """Filled in here, deleted there."""
        if any(name not in typed for name in CONTENT) or not (typed["name"] and typed["kind"]):
            return
        key = layout.entry_cell(self.row.key, pk, "new")
        self._add_entry(key, typed, by=f"{self._since()}，删去了这一条")

    def _new_entry(self, line: Line) -> None:
        if not any(self._cell(column) for column in layout.ENTRY_COLUMNS.values()):
            return
        typed = self._typed()
        if len(typed) < len(CONTENT):
            return  # its problem is named; half an entry is not written
        for name, words in (("name", "名称空着"), ("kind", "没有选类别，从下拉框中选一项")):
            if not typed[name]:
                self.plan.problem(self._place(layout.ENTRY_COLUMNS[name]), f"{words}，这一条没有读入")
                return
        if self._is_here(typed):
            return
        self._add_entry(f"{self.row.key}|{line.entry}|{self.sheet.name}|{self.number}", typed)

    def _is_here(self, typed: Mapping[str, Any]) -> bool:
        """The same line stands in the ledger already: this file was read before."""
        return any(
            all(getattr(entry, name) == typed[name] for name in CONTENT) for entry in self.row.entries.all()
        )

    def _add_entry(self, key: str, typed: Mapping[str, Any], *, by: str = "") -> None:
        entry = EntryInput(**typed)
        place = self._place(layout.ENTRY_COLUMNS["name"])
        label = f"落实情况（新增{layout.KINDS[entry.kind]}）"
        change = self.plan.change(key, label, "", wording.entry_words(entry), place, by=by)
        kept = {name: str(value) if isinstance(value, Decimal) else value for name, value in typed.items()}
        self.plan.add({"what": "new", "entry": kept}, change)

    # ---- blanks ----

    def _blank(self, code: str) -> None:
        blank = next((found for found in self.row.blanks.all() if found.code == code), None)
        base = self.whole.stamp.cells.get(layout.blank_cell(self.row.key, code))
        if blank is None or base is None:
            self.plan.problem(
                self._place(layout.KEY), f"行标记里的监测数据不是从这里导出的，没有读入。{AGAIN}"
            )
            return
        self._blank_value(blank, base)
        self._blank_reason(blank)

    def _blank_value(self, blank: BlankValue, base: str) -> None:
        try:
            value = read_blank(blank, self._cell(layout.VALUE))
        except Unreadable as problem:
            self.plan.problem(self._place(layout.VALUE), f"“{blank.name}”{problem}，这一格没有读入")
            return
        was: Any = (base or None) if blank.is_text else int(base) if base else None
        if value in (was, blank.value):
            return
        key = layout.blank_cell(self.row.key, blank.code)
        change = self.plan.change(
            key,
            blank.name,
            _with_unit(blank, blank.value),
            _with_unit(blank, value),
            self._place(layout.VALUE),
            by="" if blank.value == was else self._since(),
        )
        self.plan.add({"what": "blank", "code": blank.code, "value": value}, change)

    def _blank_reason(self, blank: BlankValue) -> None:
        try:
            reason = values.words(self._cell(layout.REASON), most=200)
        except Unreadable as problem:
            self.plan.problem(
                self._place(layout.REASON), f"“{blank.name}”的改动说明{problem}，这一格没有读入"
            )
            return
        was = self.whole.stamp.cells.get(layout.reason_cell(self.row.key, blank.code), "")
        if reason in (was, blank.override_reason):
            return
        key = layout.reason_cell(self.row.key, blank.code)
        by = "" if blank.override_reason == was else self._since()
        place = self._place(layout.REASON)
        change = self.plan.change(key, f"{blank.name}：改动说明", blank.override_reason, reason, place, by=by)
        self.plan.add({"what": "reason", "code": blank.code, "value": reason, "now": blank.value}, change)


def read_blank(blank: BlankValue, cell: Cell | None) -> Any:
    """A blank of the form: a whole number in its unit, or words."""
    if blank.is_text:
        field = BlankValue._meta.get_field("text")
        return values.words(cell, most=field.max_length) or None
    least = -rules.HIGHEST if blank.compares else 0
    return values.whole(cell, unit=blank.unit, least=least, most=rules.HIGHEST)


def _with_unit(blank: BlankValue, value: Any) -> str:
    words = shown("", value)
    return f"{words} {blank.unit}".rstrip() if words and not blank.is_text else words


def _from_stamp(name: str, text: str | None) -> Any:
    if name in {"quantity", "ratio"}:
        return Decimal(text) if text else None
    return text or ""
