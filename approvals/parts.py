"""The five parts of the application form, and how far each has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from jianfu.kernel.policy import Finding, examine

from .facts import facts_of
from .rules import REQUIRED, RULES_OF, missing
from .states import Road


@dataclass(frozen=True)
class FormPart:
    """One page of the form. ``fields`` are columns of `Application`; ``criteria`` belongs to the first."""

    key: str
    title: str
    fields: tuple[str, ...]


PARTS = (
    FormPart(
        "basis",
        "一 活动名称和政策依据",
        ("title", "category", "year", "term", "contact_name", "contact_phone"),
    ),
    FormPart(
        "content",
        "二 内容和育人价值",
        ("content", "expected_effect", "integration", "course_overlap", "evaluation"),
    ),
    FormPart(
        "scope",
        "三 学校、年级和日期",
        (
            "stages", "grades", "schools_text", "school_count", "student_count",
            "starts_on", "ends_on", "frequency", "minutes",
        ),
    ),
    FormPart(
        "conduct",
        "四 课时、教师人数和组织方式",
        (
            "delivery", "method", "class_hours", "teacher_count", "teacher_duties", "funding",
            "charges_fee", "appraises_schools", "demands_traces", "safety",
        ),
    ),
    FormPart("files", "五 附件和承诺", ("committed",)),
)  # fmt: skip
BY_KEY = {part.key: part for part in PARTS}
FORM_FIELDS = tuple(name for part in PARTS for name in part.fields)

_SOMEWHERE = {*FORM_FIELDS, "criteria"}

# Known without typing: they do not make a part look begun.
_KNOWN = frozenset({"contact_name", "contact_phone", "year"})
# What is merely not answered yet is missing, not wrong.
_UNANSWERED = {"R-CAM-01": "选择准入条件，至少一项", "R-CAM-11": "阅读并勾选承诺"}


@dataclass(frozen=True)
class Progress:
    """How far one part is: what is missing (field → words), and what the rules say."""

    part: FormPart
    missing: dict[str, str]
    findings: list[Finding]
    begun: bool

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


def progress(application: Any, on: date, *, alone: bool = False) -> list[Progress]:
    """The five parts as they stand on the day. ``alone``: without what lies around, for lists."""
    facts = facts_of(application, on, alone=alone)
    empty = missing(facts, application.road)
    rules = RULES_OF[Road(application.road)]
    findings = examine(rules, facts, district_id=application.district_id, on=on)
    empty |= {f.rule.field: _UNANSWERED[f.rule.code] for f in findings if f.rule.code in _UNANSWERED}
    said = [found for found in findings if found.rule.code not in _UNANSWERED]
    touched = _touched(application, facts)
    return [_progress_of(part, empty, said, touched) for part in PARTS]


def _progress_of(part: FormPart, empty: dict[str, str], said: list[Finding], touched: set[str]) -> Progress:
    own = owned(part)
    if part is PARTS[0]:  # what no part asks for is said at the beginning, never lost
        own |= ({*empty} | {found.rule.field for found in said}) - _SOMEWHERE
    return Progress(
        part,
        {name: words for name, words in empty.items() if name in own},
        [found for found in said if found.rule.field in own],
        bool(touched & own),
    )


def owned(part: FormPart) -> set[str]:
    """The names under which errors of the part appear."""
    return {*part.fields, *({"criteria"} if part.key == "basis" else ())}


def _touched(application: Any, facts: dict[str, Any]) -> set[str]:
    names = {name for name in FORM_FIELDS if getattr(application, name) not in (None, "", [], False)}
    names |= {name for name in FORM_FIELDS if getattr(application, name) is False and name != "committed"}
    if facts["criteria"]:
        names.add("criteria")
    return names - _KNOWN


def carried_fields(application: Any) -> int:
    """How many items of the form were there before anybody typed: the first version in the history."""
    first = application.history.order_by("history_id").first()
    if first is None:
        return 0
    filled = [name for name in FORM_FIELDS if getattr(first, name) not in (None, "", [], False)]
    return len(filled) + 1  # 申报单位


ITEMS = len(FORM_FIELDS) + 3  # 申报单位, 准入条件, 附件
ASKED = frozenset(REQUIRED)
