"""Ledgers as districts really filled them in, read into the typed rows of a year.

A row is found by its number and the likeness of its official words; a number in a sentence by the sentence
around it; every line of 落实情况 becomes one entry. What is not understood is named and left out: nothing is
guessed, and 无 or / is not 0. Entries are added to those that stand there, never in place of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Any

from jianfu.kernel.documents.reading import Book, Cell, letter
from jianfu.kernel.documents.reading.values import Unreadable, require_plain
from jianfu.kernel.intake import Part, Place, Plan, Problem
from ledger import wording
from ledger.models import BlankValue, Ledger, LedgerRow
from ledger.rules import form as rules
from ledger.services.filling import CONTENT, EntryInput

from . import layout, lines, sentences
from .contents import RowPlan, as_data, changed_since, rows_of, shown
from .tables import OldRow, old_rows, squeezed

SAME, LIKE = 0.6, 0.85  # likeness of the words for a row of the same number, and of another


def read_form(ledger: Ledger, book: Book, settle: Callable[[RowPlan], None], *, whole: bool = False) -> Plan:
    """``settle`` leaves out of each row what may not be written into it. ``whole``: every row is expected."""
    found = old_rows(book, ledger.columns)
    if not found:
        words = "没有找到台账的表头（序号、重点任务、落实情况、重点监测数据）。核对文件，或先导出填报表再填"
        return Plan(problems=(Problem(words=words, stops=True),), summary="文件没有读入。")
    rows = rows_of(ledger)
    matched = [(old, *_match(old, rows)) for old in found]
    counts = Counter(row.pk for _old, row, _words in matched if row)
    plans, problems = [], []
    for old, row, words in matched:
        place = Place(sheet=old.sheet.name, row=old.first)
        if row is None:
            problems.append(Problem(words=words, place=place))
        elif counts[row.pk] > 1:
            twice = f"有 {counts[row.pk]} 行都像第 {row.number} 项，都没有读入。留下一行再上传"
            problems.append(Problem(words=twice, place=place))
        else:
            plan = RowPlan(row)
            if words:
                plan.problem(place, words, is_remark=True)
            _RowReading(plan, old).read()
            settle(plan)
            plans.append(plan)
    missing = [row for row in rows if whole and not counts[row.pk]]
    return _whole(plans, problems, len(found), missing)


def _whole(plans: list[RowPlan], problems: list[Problem], count: int, missing: Iterable[LedgerRow]) -> Plan:
    changes = tuple(change for plan in plans for change in plan.changes)
    found = [problem for plan in plans for problem in plan.problems] + problems
    summary = (
        f"按往年台账的样子读：文件里有 {count} 行，认出 {len(plans)} 项任务，可以写入 {len(changes)} 处。"
    )
    parts = [(plan.row.number, plan.part()) for plan in plans]
    parts += [(row.number, Part(row=f"第 {row.number} 项", missed="文件里没有这一项")) for row in missing]
    ordered = tuple(part for _number, part in sorted(parts, key=lambda each: each[0]))
    return Plan(changes, tuple(found), as_data(plans), summary, ordered)


def _match(old: OldRow, rows: list[LedgerRow]) -> tuple[LedgerRow | None, str]:
    """(the row, what to say of it): by number where the words agree, by the words alone where they leave no
    doubt."""
    number = squeezed(old.text("number"))
    numbered = next((row for row in rows if str(row.number) == number), None)
    words = squeezed(old.text("task"))
    if numbered and (not words or _likeness(words, numbered) >= SAME):
        return numbered, "" if words else f"没有重点任务的文字，按序号 {number} 认的"
    alike = [row for row in rows if words and _likeness(words, row) >= LIKE]
    if len(alike) == 1:
        return alike[0], f"表里的序号是“{number or '空'}”，按重点任务的文字认作第 {alike[0].number} 项"
    if numbered:
        return None, f"序号是 {number}，但重点任务和第 {number} 项的不同，这一行没有读入。核对后再上传"
    return None, f"认不出是哪一项（序号“{number or '空'}”），这一行没有读入。核对序号和重点任务"


def _likeness(words: str, row: LedgerRow) -> float:
    """Of the task alone, or with the 事项 in front, as some forms print it."""
    official = squeezed(row.task)
    if words in official or official in words:
        return min(len(words), len(official)) / max(len(words), len(official), 1) / 2 + 0.5
    return SequenceMatcher(None, words, official, autojunk=False).ratio()


class _RowReading:
    """One row of the old form against one of the ledger."""

    def __init__(self, plan: RowPlan, old: OldRow) -> None:
        self.plan, self.old, self.row, self.sheet = plan, old, plan.row, old.sheet

    def read(self) -> None:
        for number in self.old.unnumbered:
            self.plan.problem(self._at(number), "这一行没有序号，算作上一项的", is_remark=True)
        self._entries()
        self._figures()
        for number, column, words in self.old.comments():
            self.plan.problem(self._at(number, column), f"批注“{words[:100]}”没有读入", is_remark=True)

    def _at(self, number: int, column: int = 0) -> Place:
        return Place(sheet=self.sheet.name, row=number, column=letter(column) if column else "")

    def _readable(self, key: str) -> Iterator[Cell]:
        for cell in self.old.cells(key):
            try:
                require_plain(cell)
            except Unreadable as problem:
                self.plan.problem(self._at(cell.row, cell.column), f"这一格{problem}")
            else:
                yield cell

    # ---- 落实情况 ----

    def _entries(self) -> None:
        cells = list(self._readable("implementation"))
        text = "\n".join(cell.words for cell in cells)
        if not text.strip():
            return
        place = self._at(cells[0].row, cells[0].column)
        if lines.says_nothing(text):
            self.plan.problem(place, f"落实情况写的是“{text.strip()}”，当作没有填", is_remark=True)
            return
        here = {_printed(entry) for entry in self.row.entries.all()}
        room = rules.ENTRIES_LIMIT - len(here)
        for number, entry in enumerate(lines.entries(text), 1):
            if _printed(entry) in here:
                continue
            if room <= 0 or len(entry.outcome) > lines.OUTCOME_LIMIT:
                self.plan.problem(
                    place, f"落实情况第 {number} 条太长或超过 {rules.ENTRIES_LIMIT} 条，没有读入"
                )
                continue
            here.add(_printed(entry))
            room -= 1
            self._add_entry(number, entry, place)

    def _add_entry(self, number: int, entry: EntryInput, place: Place) -> None:
        key = f"{self.row.key}|+{number}|{self.old.first}"
        label = f"落实情况（新增{layout.KINDS[entry.kind]}）"
        change = self.plan.change(key, label, "", wording.entry_words(entry), place)
        kept = {name: getattr(entry, name) for name in CONTENT}
        kept = {name: str(value) if isinstance(value, Decimal) else value for name, value in kept.items()}
        self.plan.add({"what": "new", "entry": kept}, change)

    # ---- 重点监测数据 ----

    def _figures(self) -> None:
        cells = list(self._readable("figures"))
        blanks = list(self.row.blanks.all())
        text = "".join(cell.words for cell in cells)
        if not text.strip():
            return
        place = self._at(cells[0].row, cells[0].column)
        if not blanks:
            if not lines.says_nothing(text):
                self.plan.problem(place, "这一项没有要填的监测数据，格里的文字没有读入", is_remark=True)
            return
        for code, found in sentences.find(self.row.figures, blanks, text).items():
            self._blank(next(blank for blank in blanks if blank.code == code), found, place, text)

    def _blank(self, blank: BlankValue, found: sentences.Found, place: Place, text: str) -> None:
        if found.trouble:
            words = f"“{blank.name}”没有读入：{found.trouble}。原文“{' '.join(text.split())[:60]}”"
            self.plan.problem(place, words)
            return
        if found.value is None:
            if found.word:
                self.plan.problem(place, f"“{blank.name}”写的是“{found.word}”，当作没有填", is_remark=True)
            return
        if not blank.is_text and abs(int(found.value)) > rules.HIGHEST:
            self.plan.problem(place, f"“{blank.name}”是 {found.value}，不能大于 {rules.HIGHEST:,}")
            return
        if found.loosely:
            self.plan.problem(place, f"“{blank.name}”按格里唯一的数 {found.loosely} 读的", is_remark=True)
        if found.value == blank.value:
            return
        by = changed_since(self.row, -1) if blank.is_filled else ""
        change = self.plan.change(
            layout.blank_cell(self.row.key, blank.code),
            blank.name,
            shown("", blank.value),
            shown("", found.value),
            place,
            by=by,
        )
        self.plan.add({"what": "blank", "code": blank.code, "value": found.value}, change)


def _printed(entry: Any) -> tuple[str, str]:
    """Two entries that print the same words are the same to whoever reads the form."""
    return entry.kind, wording.entry_words(entry)
