"""Where what stands in the working form (填报表), and how its lines say what they belong to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ledger.states import AchievementKind

FORMAT = "jianfu-form-1"
STAMP = "填报信息"  # the very hidden sheet: what was exported, and what stood in each cell
KEY_HEADING = "行标记"
TITLE_ROW, HINT_ROW, GROUP_ROW, HEADER_ROW = 1, 2, 3, 4
FIRST_ROW = HEADER_ROW + 1
SPARE, LEAST_LINES = 4, 5  # empty lines for new entries; lines that any row has

KEY, NUMBER, SUBJECT, TASK, REQUIREMENT = 1, 2, 3, 4, 5
ENTRY_COLUMNS = {"kind": 6, "name": 7, "quantity": 8, "unit": 9, "ratio": 10, "outcome": 11}
FIGURE, VALUE, UNIT, REASON, SECTIONS = 12, 13, 14, 15, 16
LAST = SECTIONS
WIDTHS_MM = {
    KEY: 10, NUMBER: 10, SUBJECT: 18, TASK: 30, REQUIREMENT: 58,
    6: 36, 7: 46, 8: 14, 9: 12, 10: 18, 11: 46,
    FIGURE: 34, VALUE: 20, UNIT: 10, REASON: 26, SECTIONS: 20,
}  # fmt: skip
ENTRY_LABELS = {
    "kind": "类别", "name": "名称", "quantity": "数量",
    "unit": "单位", "ratio": "比例%", "outcome": "成效",
}  # fmt: skip
FIGURE_LABELS = {FIGURE: "监测数据", VALUE: "填写", UNIT: "单位", REASON: "改动说明"}
KINDS: Mapping[str, str] = {kind.value: kind.label for kind in AchievementKind}


@dataclass(frozen=True)
class Line:
    """What one line of the sheet belongs to: a row; an entry of it (its key, or "+3" for the third new one);
    a blank. Written in the hidden first column as 000-08|12|I8a."""

    row: str
    entry: str = ""
    blank: str = ""

    def __str__(self) -> str:
        return f"{self.row}|{self.entry}|{self.blank}"

    @classmethod
    def read(cls, text: str) -> Line | None:
        parts = text.strip().split("|")
        return cls(*parts) if len(parts) == 3 and parts[0] else None

    @property
    def entry_pk(self) -> int | None:
        return int(self.entry) if self.entry.isascii() and self.entry.isdigit() else None


def entry_cell(row: str, pk: int, field: str) -> str:
    """The name of an entry's cell in the stamp and in the plan."""
    return f"{row}|{pk}|{field}"


def blank_cell(row: str, code: str) -> str:
    return f"{row}||{code}"


def reason_cell(row: str, code: str) -> str:
    return f"{row}||{code}!"
