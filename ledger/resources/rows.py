"""Lists with one heading row, read into a plan: what every register that comes in from a file has in common.

A file's row is read by the form that a person would fill in on the page, so that both are held to the same
rules; it is written by the same services. An empty cell changes nothing: what is not filled in is not known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any

from jianfu.kernel.dates import chinese_date
from jianfu.kernel.decisions import Refused
from jianfu.kernel.documents.reading import Book, Sheet, letter
from jianfu.kernel.documents.reading.values import Unreadable
from jianfu.kernel.documents.reading.values import words as plain_words
from jianfu.kernel.intake import Change, Place, Plan, Problem

HEADING_WITHIN = 10  # rows among which the headings are looked for
MOST_ROWS = 10_000
ADDED = "新增"


@dataclass(frozen=True)
class Checked:
    """A row as the form read it: what would have been sent, what it means, and what is wrong by field."""

    data: Mapping[str, Any]
    cleaned: Mapping[str, Any]
    errors: Mapping[str, list[str]]


class Checker:
    """One form that looks at row after row: to build a form anew for each takes most of the time, and so
    does reading the same words again. Its instance, if it has one, is no item's; ``beginning`` is how one
    begins."""

    def __init__(self, form: Any, beginning: Mapping[str, Any]) -> None:
        self.form = form
        form.is_bound = True
        self._new = self._sent(beginning)
        self._labels: dict[str, dict[Any, Any]] = {}
        for known in form.fields.values():
            known.clean = _remembering(known.clean)

    def check(self, standing: Mapping[str, Any] | None, posted: Mapping[str, str]) -> Checked:
        """``standing`` is what stands there, None for a new item; ``posted`` is what the file says."""
        form = self.form
        form.data = {**(self._new if standing is None else self._sent(standing)), **posted}
        form.full_clean()
        errors = {name: [str(words) for words in found] for name, found in form.errors.items()}
        return Checked(form.data, dict(form.cleaned_data), errors)

    def _sent(self, standing: Mapping[str, Any]) -> dict[str, Any]:
        return {name: sent(field, standing.get(name)) for name, field in self.form.fields.items()}

    def in_words(self, name: str, value: Any) -> str:
        """A value as the page shows it."""
        if isinstance(value, bool):
            return "是" if value else "否"
        if isinstance(value, str):
            return str(self._labels_of(name).get(value, value))
        if isinstance(value, datetime | date):
            return chinese_date(value)
        return "" if value is None else str(value)

    def _labels_of(self, name: str) -> dict[Any, Any]:
        if name not in self._labels:
            field = self.form.fields[name]
            self._labels[name] = {} if hasattr(field, "queryset") else dict(getattr(field, "choices", ()))
        return self._labels[name]


def _remembering(clean: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """The same words mean the same throughout a file; what is refused is looked at again."""
    known: dict[str | int, Any] = {}

    def cleaned(value: Any) -> Any:
        if value.__class__ not in {str, int}:
            return clean(value)
        if value not in known:
            known[value] = clean(value)
        return known[value]

    return cleaned


@dataclass
class Line:
    """One filled row of the file: its cells by the form's field, and where they stand: the sheet, the row's
    number, and the letters of the fields' columns."""

    sheet: str
    number: int
    values: dict[str, str]
    letters: Mapping[str, str]
    checked: Checked | None = None
    item: Any = None
    problems: list[Problem] = field(default_factory=list)
    unread: list[tuple[str, str]] = field(default_factory=list)  # field and words

    def place(self, name: str = "") -> Place:
        """Of a field's cell; of the row as a whole where no column is the field's."""
        return Place(sheet=self.sheet, row=self.number, column=self.letters.get(name, ""))


class RowsTarget:
    """`jianfu.kernel.intake.Target` over rows. ``headings`` maps the sheet's headings to the form's fields,
    ``required`` are those without which the table is not recognised.

    An heir finds the items that rows mean (`match`), names the page's form (`form`, `standing`), and writes
    (`add`, `change`).
    """

    headings: Mapping[str, str]
    required: tuple[str, ...]
    ignored: frozenset[str] = frozenset()

    def form(self, by: Any) -> Any:
        """The form of the page, unbound."""
        raise NotImplementedError

    def standing(self, item: Any) -> Mapping[str, Any]:
        """The values of the form's fields as they stand in the item; None: as a new one begins."""
        raise NotImplementedError

    def match(self, lines: list[Line], by: Any) -> None:
        """Set ``line.item`` of every line that means an item that is there."""
        raise NotImplementedError

    def key(self, line: Line) -> tuple[Any, ...]:
        raise NotImplementedError

    def current(self, item: Any, name: str) -> Any:
        return getattr(item, name)

    def row_label(self, line: Line) -> str:
        raise NotImplementedError

    def heading_of(self, form: Any, name: str) -> str:
        return next(heading for heading, known in self.headings.items() if known == name)

    def unit(self, words: str, by: Any) -> str:
        """The key of the unit that a cell names; nothing where there is none of that name."""
        raise NotImplementedError

    def may_change(self, item: Any, by: Any) -> Any:
        raise NotImplementedError

    def posted(self, values: Mapping[str, str], unit: Callable[[str], str]) -> dict[str, str]:
        """The words of the cells as the form's fields take them: the code of a choice, the key of a row.
        ``unit`` is the heir's own, each name looked up once in a file."""
        raise NotImplementedError

    def read_rows(self, book: Book, by: Any) -> Plan:
        found = [(sheet, row) for sheet in book.shown if (row := self._heading_row(sheet)) is not None]
        if not found:
            wanted = "、".join(self.required)
            words = f"没有找到表头。表里要有一行列名，至少有：{wanted}。从清单页面“导出 Excel”可以得到样表"
            return Plan(problems=(Problem(words=words, stops=True),))
        sheet, heading = found[0]
        columns, problems = self._columns(sheet, heading)
        lines = list(self.lines(sheet, heading, columns))
        if len(lines) > MOST_ROWS:
            words = f"有 {len(lines)} 行，一次最多 {MOST_ROWS} 行。分成几份再上传"
            return Plan(problems=(Problem(words=words, stops=True),))
        return self._plan(lines, problems, by)

    def _heading_row(self, sheet: Sheet) -> int | None:
        for row in list(sheet.rows)[:HEADING_WITHIN]:
            said = {_heading(cell.words) for cell in sheet.rows[row].values()}
            if said >= set(self.required):
                return row
        return None

    def _columns(self, sheet: Sheet, row: int) -> tuple[dict[int, str], list[Problem]]:
        """The fields by column; a heading that nobody knows is told, and its column left out."""
        columns, problems = {}, []
        for column, cell in sheet.rows[row].items():
            heading = _heading(cell.words)
            place = Place(sheet=sheet.name, row=row, column=letter(column))
            if heading in self.headings and self.headings[heading] not in columns.values():
                columns[column] = self.headings[heading]
            elif heading not in self.ignored:
                words = f"不认识列名“{heading[:30]}”，这一列没有读入"
                problems.append(Problem(words=words, place=place))
            else:
                problems.append(
                    Problem(words=f"“{heading}”由系统得出，这一列没有读入", place=place, is_remark=True)
                )
        return columns, problems

    def lines(self, sheet: Sheet, heading: int, columns: Mapping[int, str]) -> Iterator[Line]:
        letters = {name: letter(column) for column, name in columns.items()}
        for number, cells in sheet.rows.items():
            if number <= heading:
                continue
            values, unread = {}, []
            for column, name in columns.items():
                try:
                    if text := plain_words(cells.get(column)):
                        values[name] = text
                except Unreadable as unreadable:
                    unread.append((name, str(unreadable)))
            if values or unread:
                yield Line(sheet.name, number, values, letters, unread=unread)

    def _plan(self, lines: list[Line], problems: list[Problem], by: Any) -> Plan:
        self.match(lines, by)
        checker = self._checker(by)
        unit = cache(lambda words: self.unit(words, by))
        seen: dict[tuple[Any, ...], int] = {}
        for line in lines:
            self._check(line, checker, unit, by)
            key = self.key(line)
            if key in seen and not line.problems:
                words = f"和第 {seen[key]} 行是同一条，这一行没有读入。只留一行"
                line.problems.append(Problem(words=words, place=line.place()))
            seen.setdefault(key, line.number)
            problems += line.problems
        good = [line for line in lines if not line.problems]
        changes = [change for line in good for change in self._changes(line, checker)]
        touched = {change.key.partition(":")[0] for change in changes}
        data = [self._kept(line) for line in good if str(line.number) in touched]
        added = sum(line["pk"] is None for line in data)
        bad = len(lines) - len(good)
        words = f"读到 {len(lines)} 行：新增 {added} 条，修改 {len(data) - added} 条，"
        words += f"没有变化 {len(good) - len(data)} 条" + (f"，有问题 {bad} 行没有读入" if bad else "")
        return Plan(tuple(changes), tuple(problems), {"rows": data}, words)

    def _checker(self, by: Any) -> Checker:
        return Checker(self.form(by), self.standing(None))

    def _check(self, line: Line, checker: Checker, unit: Callable[[str], str], by: Any) -> None:
        posted: Mapping[str, str] = {}
        try:
            posted = self.posted(line.values, unit)
        except Unread as unread:
            line.unread += unread.found
        if not line.unread:
            standing = None if line.item is None else self.standing(line.item)
            line.checked = checker.check(standing, posted)
            line.unread = [(name, words) for name, said in line.checked.errors.items() for words in said]
        line.problems = [Problem(words=words, place=line.place(name)) for name, words in line.unread]
        if line.item is not None and not line.problems:
            decision = self.may_change(line.item, by)
            if not decision and any(True for _ in self._changes(line, checker)):
                line.problems.append(Problem(words=decision.text, place=line.place()))

    def _changes(self, line: Line, checker: Checker) -> Iterator[Change]:
        """Cell by cell; of a new item all that is filled in."""
        cleaned = line.checked.cleaned if line.checked else {}
        label = self.row_label(line) + ("" if line.item is not None else f"（{ADDED}）")
        for name in line.values:
            after = cleaned.get(name)
            before = None if line.item is None else self.current(line.item, name)
            if line.item is not None and before == after:
                continue
            yield Change(
                key=f"{line.number}:{name}",
                row=label,
                column=self.heading_of(checker.form, name),
                before="" if line.item is None else checker.in_words(name, before),
                after=checker.in_words(name, after),
                place=line.place(name),
            )

    def _kept(self, line: Line) -> dict[str, Any]:
        item, data = line.item, line.checked.data if line.checked else {}
        posted = {name: data[name] for name in line.values}
        pk, version = (None, 0) if item is None else (item.pk, item.version)
        return {"row": line.number, "pk": pk, "version": version, "posted": posted}

    def write_rows(self, plan: Plan, by: Any) -> str:
        """Every row through the services; the first that is refused takes everything back."""
        added = changed = 0
        checker = self._checker(by)
        for kept in plan.data["rows"]:
            try:
                if self.write_row(kept, checker, by):
                    added += 1
                else:
                    changed += 1
            except Refused as refused:
                raise type(refused)(refused.decision.about(f"第 {kept['row']} 行")) from refused
        return f"新增 {added} 条，修改 {changed} 条"

    def write_row(self, kept: Mapping[str, Any], checker: Checker, by: Any) -> bool:
        """True where a new item was made."""
        raise NotImplementedError


class Unread(Exception):  # noqa: N818 - what was not understood, by field
    """Words of cells that mean nothing that there is."""

    def __init__(self, found: Iterable[tuple[str, str]]) -> None:
        self.found = list(found)
        super().__init__("；".join(words for _name, words in self.found))


def coded(words: str, choices: Iterable[tuple[Any, Any]], heading: str) -> str:
    """The code of a choice by its label. Raises ValueError with what there is."""
    known = {str(label): str(code) for code, label in choices if str(code)}
    if words in known:
        return known[words]
    raise ValueError(f"“{heading}”填{'、'.join(known)}中的一个，现在是“{words[:30]}”")


YES, NO = frozenset({"是", "√", "✓"}), frozenset({"否", "×"})


def ticked(words: str, heading: str) -> str:
    """on for 是, nothing for 否."""
    if words in YES:
        return "on"
    if words in NO:
        return ""
    raise ValueError(f"“{heading}”填“是”或“否”，现在是“{words[:30]}”")


def sent(field: Any, value: Any) -> Any:
    """What the page would send for a field that nobody touched; ``value`` None: as it begins."""
    shown = field.initial if value is None else value
    if isinstance(shown, bool):
        return "on" if shown else ""
    prepared = field.prepare_value(shown() if callable(shown) else shown)
    return "" if prepared is None else prepared


def _heading(words: str) -> str:
    return "".join(words.split())
