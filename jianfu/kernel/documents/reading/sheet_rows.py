"""The rows of one sheet as they go by. Only what is filled is looked at: a sheet's dimension is not believed,
and a cell far away costs no more than one that is near."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from .cells import DATE, ERROR, FLAG, NUMBER, PERCENT, TEXT, FileRefused, letter
from .formats import day_of, from_iso
from .limits import Limits
from .markup import Attributes, Walker
from .package import DAMAGED
from .places import columns_of, range_of
from .strings import unescaped
from .telling import Teller, Told


@dataclass(frozen=True)
class Context:
    """What the sheets of a workbook share."""

    strings: list[str]
    kinds: list[str]
    since_1904: bool
    limits: Limits


class SheetRows(Walker):
    def __init__(self, context: Context, tell: Teller, name: str) -> None:
        super().__init__()
        self.merged: list[tuple[int, int, int, int]] = []
        self._context, self._tell, self._name = context, tell, name
        self._row = self._column = 0
        self._cells: list[Told] = []
        self._words: list[str] = []
        self._listening = self._reading = self._formula = False
        self._type = self._style = ""
        self._number = lru_cache(maxsize=20_000)(self._read_number)

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "v":
            self._listening = True
        elif name == "c":
            self._begin_cell(attributes)
        elif name == "row":
            self._begin_row(attributes.get("r", ""))
        elif name == "t":
            self._listening = not self._reading
        elif name == "f":
            self._formula = True
        elif name == "rPh":
            self._reading = True
        elif name == "mergeCell":
            self._keep_range(attributes.get("ref", ""))

    def end(self, name: str) -> None:
        if name in {"v", "t"}:
            self._listening = False
        elif name == "c":
            if self._words:
                self._end_cell("".join(self._words))
                self._words = []
            elif self._formula:
                self._put(TEXT, "")
        elif name == "row" and self._cells:
            self._tell.row(self._row, self._cells)
            self._cells = []
        elif name == "rPh":
            self._reading = False

    def text(self, text: str) -> None:
        if self._listening:
            self._words.append(text)

    def _begin_row(self, given: str) -> None:
        """Some programs leave out the numbers: the next row is meant."""
        self._row = int(given) if given.isascii() and given.isdigit() and len(given) < 9 else self._row + 1
        self._column = 0
        self._cells = []

    def _begin_cell(self, attributes: Attributes) -> None:
        reference = attributes.get("r")
        self._column = columns_of(reference) if reference else self._column + 1
        self._type, self._style = attributes.get("t", "n"), attributes.get("s", "")
        self._formula = False

    def _end_cell(self, raw: str) -> None:
        if self._type == "s":
            kind, value = TEXT, self._string(raw)
        elif self._type == "n":
            kind, value = self._number(raw, self._style)
        elif self._type == "b":
            kind, value = FLAG, raw.strip()
        elif self._type == "e":
            kind, value = ERROR, raw
        elif self._type == "d":
            kind, value = _iso(raw)
        else:  # inlineStr, str
            kind, value = TEXT, unescaped(raw)
        if value.strip() or self._formula:
            self._put(kind, value)

    def _put(self, kind: str, value: str) -> None:
        limits = self._context.limits
        if self._row > limits.last_row or self._column > limits.last_column or self._column < 1:
            raise FileRefused(
                f"“{self._name}”的 {letter(self._column)}{self._row} 格有内容，离表格太远，多半是误填。"
                "删去那一格再上传"
            )
        if len(value) > limits.cell_text:
            raise FileRefused(
                f"“{self._name}”的 {letter(self._column)}{self._row} 格有 {len(value):,} 字，"
                f"一格最多 {limits.cell_text:,} 字。精简后再上传"
            )
        self._cells.append((self._column, kind, value, 1) if self._formula else (self._column, kind, value))

    def _string(self, raw: str) -> str:
        try:
            return self._context.strings[abs(int(raw))]
        except (ValueError, IndexError) as error:
            raise FileRefused(DAMAGED) from error

    def _read_number(self, raw: str, style: str) -> tuple[str, str]:
        """A number as Excel shows it: 15 digits, so that 12.300000000000001 is 12.3."""
        try:
            number = float(raw)
        except ValueError as error:
            raise FileRefused(DAMAGED) from error
        kinds = self._context.kinds
        kind = kinds[int(style)] if style.isdigit() and int(style) < len(kinds) else NUMBER
        if kind == DATE:
            return day_of(number, since_1904=self._context.since_1904)
        return kind, f"{number * 100 if kind == PERCENT else number:.15g}"

    def _keep_range(self, reference: str) -> None:
        found = range_of(reference)
        if found is None:
            return
        if len(self.merged) >= self._context.limits.ranges:
            raise FileRefused(f"“{self._name}”里合并的单元格太多。取消不用的合并再上传")
        self.merged.append(found)


def _iso(raw: str) -> tuple[str, str]:
    try:
        return DATE, from_iso(raw).isoformat()
    except ValueError:
        return TEXT, raw
