"""Entries out of the words of 落实情况: one line, one entry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from jianfu.kernel.documents.reading.values import NOTHING
from ledger.services.filling import EntryInput
from ledger.states import AchievementKind
from ledger.wording import entry_words

NAME_LIMIT, OUTCOME_LIMIT = 200, 1000
_NUMBERED = re.compile(
    r"^\s*(?:[（(]?[0-9０-９]{1,2}[)）.．、](?![0-9０-９])|[①-⑳]|[（(]?[一二三四五六七八九十]{1,3}[)）、])\s*"
)
_HEADINGS = {
    "已组织开展": AchievementKind.HELD,
    "已组织开展的": AchievementKind.HELD,
    "不符合要求而未开展": AchievementKind.DECLINED,
    "不符合要求而未开展的": AchievementKind.DECLINED,
}
# What `wording.entry_words` prints. It is only believed where it prints the same words again.
_PRINTED = re.compile(
    r"(?P<name>.+?)(?:，(?P<quantity>\d+(?:\.\d{1,2})?)(?: (?P<unit>[^，。]{1,10}))?)?"
    r"(?:，占 (?P<ratio>\d+(?:\.\d{1,2})?)%)?。(?P<outcome>.*)",
    re.DOTALL,
)


def entries(text: str) -> Iterator[EntryInput]:
    """The entries that the words of the cell name; headings say of which kind the following are."""
    kind = AchievementKind.HELD
    for raw in text.replace("\r", "\n").split("\n"):
        line = _NUMBERED.sub("", raw).strip()
        heading = _HEADINGS.get(line.strip("：: 　"))
        if heading:
            kind = heading
            continue
        for start, found in _HEADINGS.items():
            if line.startswith((f"{start}：", f"{start}:")):
                kind, line = found, line[len(start) + 1 :].strip()
                break
        if line and line not in NOTHING and line.strip("。；;") not in NOTHING:
            yield entry(line, kind)


def says_nothing(text: str) -> bool:
    """无, / and their like, alone in the cell."""
    return text.strip().strip("。；;") in NOTHING


def entry(line: str, kind: AchievementKind) -> EntryInput:
    printed = _as_printed(line, kind)
    if printed:
        return printed
    if len(line) <= NAME_LIMIT:
        return EntryInput(kind=kind, name=line)
    cut = _cut(line)
    return EntryInput(kind=kind, name=line[:cut], outcome=line[cut:])


def _cut(line: str) -> int:
    """Behind the last full stop or comma within the limit of a name: nothing is lost."""
    for marks in ("。；", "，、,;"):
        places = [line.rfind(mark, 0, NAME_LIMIT) for mark in marks]
        if max(places) > 0:
            return max(places) + 1
    return NAME_LIMIT


def _as_printed(line: str, kind: AchievementKind) -> EntryInput | None:
    match = _PRINTED.fullmatch(line)
    if match is None:
        return None
    parts = match.groupdict()
    found = EntryInput(
        kind=kind,
        name=parts["name"],
        quantity=Decimal(parts["quantity"]) if parts["quantity"] else None,
        unit=parts["unit"] or "",
        ratio=Decimal(parts["ratio"]) if parts["ratio"] else None,
        outcome=parts["outcome"],
    )
    if (found.ratio is not None and found.ratio > 100) or len(found.name) > NAME_LIMIT:
        return None
    found = replace(found, outcome=found.outcome.removesuffix("。"))
    return found if line == entry_words(found) else None
