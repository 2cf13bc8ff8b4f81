"""Which grades and classes a text names, as far as it can be read."""

from __future__ import annotations

import re

_NAMES = "一二三四五六七八九"
PRIMARY, JUNIOR, SENIOR = range(1, 7), range(7, 10), range(10, 13)
LEAVING = {6, 9, 12}  # 毕业年级
_STAGES = {"小学": PRIMARY, "初中": JUNIOR, "高中": SENIOR}
_ONE = r"(?:初|高)?[一二三四五六七八九1-9]"
_RANGE = re.compile(rf"({_ONE})(?:年级)?[至到\-—~～]({_ONE})(?:年级)?")
_GRADE = re.compile(r"(初|高)([一二三])|([一二三四五六七八九1-9])年级")
_CLASS = re.compile(r"[（(]?(\d{1,2}|[一二三四五六七八九十]{1,3})[)）]?班")
_EVERY = ("各年级", "全校", "全体", "所有年级")
_SPLIT = re.compile(r"[、，,；;。和及\s]+")

# A grade, and the class in it; "" is all of the grade.
Group = tuple[int, str]


def groups_of(text: str) -> frozenset[Group] | None:
    """{(4, "1"), (5, "")} of 四年级（1）班、五年级; None where it names nothing that can be read."""
    found: set[Group] = set()
    last: int | None = None
    for part in _SPLIT.split(text or ""):
        grades = _grades_in(part)
        classes = _CLASS.findall(part)
        if not grades and classes and last is not None:
            grades = {last}
        found |= {(grade, each) for grade in grades for each in (classes or [""])}
        last = max(grades) if len(grades) == 1 else last
    if "毕业" in (text or "") and re.search(r"非毕业|除毕业|不含毕业|不选毕业", text):
        found = {group for group in found if group[0] not in LEAVING}
    return frozenset(found) or None


def _grades_in(part: str) -> set[int]:
    found: set[int] = set()
    rest = part
    for match in _RANGE.finditer(part):
        first, last = _number(match[1]), _number(match[2], like=match[1])
        found |= set(range(first, last + 1))
        rest = rest.replace(match[0], "")
    for match in _GRADE.finditer(rest):
        grade = _number(match[0].removesuffix("年级"))
        found |= set(_upwards(grade)) if "以上" in rest else {grade}
    if not found:
        for name, grades in _STAGES.items():
            found |= set(grades) if name in part else set()
        if any(word in part for word in _EVERY) or "除毕业年级外" in part:
            found |= found or set(range(1, 13))
    return found


def _upwards(grade: int) -> range:
    """小学三年级以上: to the end of its own stage."""
    stage = next(one for one in _STAGES.values() if grade in one)
    return range(grade, stage[-1] + 1)


def _number(text: str, like: str = "") -> int:
    """七 is 7, 初一 is 7, 高二 is 11; 初一至三: the second one as the first."""
    prefix = text[0] if text[0] in "初高" else like[:1] if like[:1] in {"初", "高"} else ""
    figure = text[-1]
    value = int(figure) if figure.isdigit() else _NAMES.index(figure) + 1
    return value + {"初": 6, "高": 9}.get(prefix, 0)


def overlap(one: str, other: str) -> bool:
    """The same class in both; a text that says nothing readable means everybody."""
    first, second = groups_of(one), groups_of(other)
    if first is None or second is None:
        return True
    return any(a == c and (not b or not d or b == d) for a, b in first for c, d in second)


def beyond(wanted: str, approved: str) -> set[int]:
    """Grades that were not approved; nothing where either text cannot be read."""
    first, second = groups_of(wanted), groups_of(approved)
    if first is None or second is None:
        return set()
    return {grade for grade, _class in first} - {grade for grade, _class in second}


def label_of(grade: int) -> str:
    return f"高{_NAMES[grade - 10]}" if grade > 9 else f"{_NAMES[grade - 1]}年级"
