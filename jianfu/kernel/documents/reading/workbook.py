"""Workbooks (.xlsx) of Excel, WPS and whatever else writes them, row by row as they stand in the file."""

from __future__ import annotations

from collections.abc import Iterator

from .cells import FileRefused
from .formats import Styles
from .limits import Limits
from .markup import Attributes, Elements, Walker
from .package import DAMAGED, Package, beside, relations_of
from .places import place_of
from .sheet_rows import Context, SheetRows
from .strings import Strings
from .telling import Teller


def read_workbook(package: Package, tell: Teller, limits: Limits) -> None:
    """Tell of every sheet, hidden ones too, in the order of the tabs."""
    start = _start_part(package)
    book = _Tabs()
    package.walk(start, book)
    if not book.tabs:
        raise FileRefused(DAMAGED)
    if len(book.tabs) > limits.sheets:
        raise FileRefused(f"文件里有 {len(book.tabs)} 张表，最多 {limits.sheets} 张。删去不用的表再上传")
    parts = _relations(package, start)
    context = Context(
        strings=_strings(package, parts, limits),
        kinds=_kinds(package, parts),
        since_1904=book.since_1904,
        limits=limits,
    )
    sheets = [(tab, parts.get(tab.relation, ("", ""))[1]) for tab in book.tabs]
    tell.expect(sum(package.size(part) for _, part in sheets))
    for tab, part in sheets:
        if part and part in package and "worksheet" in parts[tab.relation][0]:
            _read_sheet(package, tab, part, context, tell)


def _start_part(package: Package) -> str:
    found = _relations(package, "")
    for kind, target in found.values():
        if kind == "officeDocument" and target in package:
            return target
    return "xl/workbook.xml"


def _relations(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """(kind, part) by the relation's name; kinds without their addresses, which differ by standard."""
    found: dict[str, tuple[str, str]] = {}
    name = relations_of(part)
    if name not in package:
        return found

    def heard(element: str, attributes: Attributes) -> None:
        if element == "Relationship" and attributes.get("TargetMode") != "External":
            kind = attributes.get("Type", "").rpartition("/")[2]
            found[attributes.get("Id", "")] = kind, beside(part, attributes.get("Target", ""))

    package.walk(name, Elements(heard))
    return found


class Tab:
    """A sheet as the workbook lists it."""

    def __init__(self, attributes: Attributes) -> None:
        self.name = attributes.get("name", "")
        self.relation = next((v for k, v in attributes.items() if k.endswith(":id")), "")
        self.hidden = attributes.get("state", "visible") != "visible"


class _Tabs(Walker):
    def __init__(self) -> None:
        super().__init__()
        self.tabs: list[Tab] = []
        self.since_1904 = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "sheet":
            self.tabs.append(Tab(attributes))
        elif name == "workbookPr":
            self.since_1904 = attributes.get("date1904") in {"1", "true"}


def _of_kind(parts: dict[str, tuple[str, str]], kind: str) -> Iterator[str]:
    return (target for found, target in parts.values() if found == kind)


def _strings(package: Package, parts: dict[str, tuple[str, str]], limits: Limits) -> list[str]:
    for part in _of_kind(parts, "sharedStrings"):
        if part in package:
            strings = Strings(limits)
            package.walk(part, strings)
            return strings.found
    return []


def _kinds(package: Package, parts: dict[str, tuple[str, str]]) -> list[str]:
    for part in _of_kind(parts, "styles"):
        if part in package:
            styles = Styles()
            package.walk(part, styles)
            return styles.kinds
    return []


def _read_sheet(package: Package, tab: Tab, part: str, context: Context, tell: Teller) -> None:
    tell.sheet(tab.name, hidden=tab.hidden)
    rows = SheetRows(context, tell, tab.name)
    rows.feed(tell.counting(package.pieces(part)))
    tell.merged(rows.merged)
    for comments in _of_kind(_relations(package, part), "comments"):
        if comments in package:
            walker = _Comments(context.limits)
            package.walk(comments, walker)
            tell.comments(walker.found)


class _Comments(Walker):
    """Notes at cells, without the line that only names their writer."""

    def __init__(self, limits: Limits) -> None:
        super().__init__()
        self.found: list[tuple[int, int, str]] = []
        self._limits = limits
        self._place: tuple[int, int] | None = None
        self._words: list[str] = []
        self._listening = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "comment":
            self._place, self._words = place_of(attributes.get("ref", "")), []
        elif name == "t":
            self._listening = True

    def end(self, name: str) -> None:
        if name == "t":
            self._listening = False
        elif name == "comment" and self._place and len(self.found) < self._limits.ranges:
            self.found.append((*self._place, "".join(self._words).strip()[:2000]))

    def text(self, text: str) -> None:
        if self._listening:
            self._words.append(text)
