"""Tables of a Word document (.docx), each as a sheet: 表格 1, 表格 2. Text outside tables is not read."""

from __future__ import annotations

from .cells import TEXT, FileRefused
from .limits import Limits
from .markup import Attributes, Walker, attribute
from .package import Package
from .telling import Teller, Told

MAIN = "word/document.xml"
_UNSEEN = frozenset({"del", "moveFrom", "Fallback", "instrText"})


def read_document(package: Package, tell: Teller, limits: Limits) -> None:
    tables = Tables(tell, limits)
    tell.expect(package.size(MAIN))
    tables.feed(tell.counting(package.pieces(MAIN)))
    if not tables.count:
        raise FileRefused("这个 Word 文件里没有表格。上传带台账表格的文件")


class Tables(Walker):
    """The outer tables; what stands in a table inside a cell is part of that cell's words."""

    def __init__(self, tell: Teller, limits: Limits) -> None:
        super().__init__()
        self.count = 0
        self._tell, self._limits = tell, limits
        self._depth = self._unseen = 0
        self._row = self._column = self._span = 0
        self._merge = ""
        self._cells: list[Told] = []
        self._words: list[str] = []
        self._listening = False
        # By column: where the vertical merge that is going on began, and how wide it is.
        self._open: dict[int, tuple[int, int]] = {}
        self._merged: list[tuple[int, int, int, int]] = []

    def start(self, name: str, attributes: Attributes) -> None:
        if name in _UNSEEN:
            self._unseen += 1
        elif name == "tbl":
            self._depth += 1
            if self._depth == 1:
                self._begin_table()
        elif self._depth == 1 and name in {"tr", "tc"}:
            self._begin(name)
        elif self._depth == 1 and name in {"gridSpan", "vMerge", "gridBefore"}:
            self._measure(name, attribute(attributes, "val"))
        elif name == "t":
            self._listening = not self._unseen
        elif name in {"br", "cr"} and self._depth:
            self._words.append("\n")

    def end(self, name: str) -> None:
        if name in _UNSEEN:
            self._unseen -= 1
        elif name == "t":
            self._listening = False
        elif name == "p" and self._depth:
            self._words.append("\n")
        elif name == "tbl":
            self._depth -= 1
            if not self._depth:
                self._end_table()
        elif self._depth == 1 and name == "tc":
            self._end_cell()
        elif self._depth == 1 and name == "tr" and self._cells:
            self._tell.row(self._row, self._cells)

    def text(self, text: str) -> None:
        if self._listening and self._depth:
            self._words.append(text)

    def _begin_table(self) -> None:
        self.count += 1
        if self.count > self._limits.sheets:
            raise FileRefused(f"文件里的表格超过 {self._limits.sheets} 个。删去不用的再上传")
        self._row, self._merged, self._open = 0, [], {}
        self._tell.sheet(f"表格 {self.count}")

    def _begin(self, name: str) -> None:
        if name == "tr":
            self._row += 1
            self._column, self._cells = 1, []
        else:
            self._span, self._merge, self._words = 1, "", []

    def _measure(self, name: str, given: str) -> None:
        width = int(given) if given.isascii() and given.isdigit() and len(given) < 4 else 1
        if name == "gridSpan":
            self._span = max(width, 1)
        elif name == "gridBefore":
            self._column += width
        else:
            self._merge = "begun" if given == "restart" else "going on"

    def _end_cell(self) -> None:
        column, last = self._column, self._column + self._span - 1
        self._column = last + 1
        if last > self._limits.last_column:
            raise FileRefused(f"表格 {self.count} 超过 {self._limits.last_column} 列，不像台账。核对后再上传")
        words = "".join(self._words).strip()
        self._words = []
        if self._merge == "going on" and column in self._open:
            return
        self._close(column)
        if self._merge == "begun":
            self._open[column] = self._row, last
        elif last > column:
            self._merged.append((self._row, column, self._row, last))
        if words:
            self._cells.append((column, TEXT, words[: self._limits.cell_text]))

    def _close(self, column: int) -> None:
        """A vertical merge ends above the row in which its column begins anew."""
        begun = self._open.pop(column, None)
        if begun and self._row - 1 > begun[0]:
            self._merged.append((begun[0], column, self._row - 1, begun[1]))

    def _end_table(self) -> None:
        self._row += 1
        for column in list(self._open):
            self._close(column)
        self._tell.merged(self._merged[: self._limits.ranges])
