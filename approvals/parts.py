"""How far each page of an application's form has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from jianfu.kernel.policy import Finding, examine

from .columns import column_of, empty
from .facts import facts_of
from .rules import RULES_OF, missing
from .sheets import FormPart, fields_of, page_of, parts_of
from .states import Road

__all__ = ["FormPart", "Progress", "carried_fields", "items_of", "parts_of", "progress"]

# Known without typing: they do not make a part look begun.
_KNOWN = frozenset({"contact_name", "contact_phone", "year"})
# What is merely not answered yet is missing, not wrong.
_UNANSWERED = {
    "R-CAM-01": "选择准入条件，至少一项",
    "R-CAM-11": "阅读并勾选承诺",
    "R-CAM-30": "上传活动实施方案",
    "R-SURV-05": "查过已有数据目录后勾选",
}


@dataclass(frozen=True)
class Progress:
    """How far one part is: what is missing (field → words), and what the rules say."""

    part: FormPart
    missing: dict[str, str]
    findings: list[Finding]
    begun: bool

    @property
    def warnings(self) -> list[Finding]:
        return [found for found in self.findings if not found.blocks]

    @property
    def blocking(self) -> list[Finding]:
        return [found for found in self.findings if found.blocks]

    @property
    def done(self) -> bool:
        return not self.missing and not self.blocking

    @property
    def words(self) -> str:
        if self.blocking:
            return "有问题"
        if not self.missing:
            return "已完成"
        return "填写中" if self.begun else "未开始"

    @property
    def tone(self) -> str:
        return {"有问题": "red", "填写中": "blue", "未开始": "grey"}.get(self.words, "")


def findings_of(application: Any, on: date, *, applied_on: date | None = None) -> list[Finding]:
    """What the rules of the application's road say on the day of one that was handed in on ``applied_on``."""
    return _examined(application, facts_of(application, on, applied_on=applied_on), on)


def _examined(application: Any, facts: dict[str, Any], on: date) -> list[Finding]:
    rules = RULES_OF[Road(application.road)]
    return examine(rules, facts, district_id=application.district_id, on=on)


def progress(application: Any, on: date, *, alone: bool = False) -> list[Progress]:
    """The pages of its form as they stand on the day. ``alone``: without what lies around, for lists."""
    road = Road(application.road)
    facts = facts_of(application, on, alone=alone)
    lacking = missing(facts, road)
    findings = _examined(application, facts, on)
    unanswered = [found for found in findings if found.blocks and found.rule.code in _UNANSWERED]
    lacking |= {found.rule.field: _UNANSWERED[found.rule.code] for found in unanswered}
    said = [found for found in findings if found not in unanswered]
    touched = _touched(application, facts)
    return [_progress_of(road, part, lacking, said, touched) for part in parts_of(road)]


def _progress_of(
    road: str, part: FormPart, lacking: dict[str, str], said: list[Finding], touched: set[str]
) -> Progress:
    """What is missing or said about something that stands on no page is told on the first."""
    return Progress(
        part,
        {name: words for name, words in lacking.items() if page_of(road, name) == part.key},
        [found for found in said if any(page_of(road, name) == part.key for name in found.fields)],
        any(page_of(road, name) == part.key for name in touched),
    )


def _touched(application: Any, facts: dict[str, Any]) -> set[str]:
    names = {name for name in fields_of(application.road) if not empty(facts[name])}
    names = {name for name in names if facts[name] is not False or _may_be_unanswered(application, name)}
    if facts["criteria"]:
        names.add("criteria")
    return names - _KNOWN


def _may_be_unanswered(application: Any, name: str) -> bool:
    """否 is an answer where there could be none; a box that nobody ticked is not."""
    return bool(column_of(application, name).null)


def carried_fields(application: Any) -> int:
    """How many items of the form were there before anybody typed: the first versions in the history."""
    first = application.history.order_by("history_id").first()
    if first is None:
        return 0
    particulars = application.particulars
    besides = particulars.history.order_by("history_id").first() if particulars else None
    filled = [name for name in fields_of(application.road) if _filled(first, name) or _filled(besides, name)]
    return len(filled) + 1  # 申报单位


def _filled(version: Any, name: str) -> bool:
    """The item stood in that version; a box that nobody ticked counts for nothing."""
    return getattr(version, name, None) not in (None, "", [], False)


def items_of(road: str) -> int:
    """How many items the form has, for 「本表 N 项」: those with a column, 申报单位, and what has rows."""
    besides = {name for part in parts_of(road) for name in part.besides}
    return len(fields_of(road)) + 1 + len(besides & {"criteria", "files"})
