"""Where the hours go: person-hours of teachers, granted and refused, by department and by theme."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from approvals.selectors import Burden
from approvals.states import Category

from .tables import Line, Table, side_by_side

DEFINITION = (
    "人时＝一轮的需教师人数×单次时长（小时）×轮数，各项相加，四舍五入到整人时；人次＝需教师人数×轮数。"
    "轮数从频次读：“每学期2次”按开展期跨的学期数，“每月1次”“每周1次”按开展期内的月数、周数（只在一个学期内的才算），"
    "“每学年1次”“全年共3场”按写的数。"
    "没有写明教师人数或时长的不计入人时，单列一栏。不予通过的是没有花出去的人时。"
)
HEADINGS = (
    "已批准（项）",
    "需教师（人次）",
    "占用（人时）",
    "未写明（项）",
    "不予通过（项）",
    "省下（人时）",
)


def units_table(burdens: Sequence[Burden]) -> Table:
    order = sorted({(row.position, row.unit) for row in burdens})
    return _table(
        "hours-units", "部门", [(unit, unit) for _position, unit in order], burdens, lambda row: row.unit
    )


def themes_table(burdens: Sequence[Burden]) -> Table:
    labels = [(str(key), str(label)) for key, label in [*Category.choices, ("", "没有选主题")]]
    return _table("hours-themes", "主题", labels, burdens, lambda row: row.category)


def _table(
    key: str, noun: str, labels: list[tuple[str, str]], burdens: Sequence[Burden], of: Callable[[Burden], str]
) -> Table:
    found: dict[str, Counter[str]] = {}
    for row in burdens:
        found.setdefault(of(row), Counter()).update(_counts(row))
    most = max((one["spent"] + one["spared"] for one in found.values()), default=0)
    lines = tuple(_line(label, found[name], most) for name, label in labels if name in found)
    return Table(
        key,
        _title(noun, found, dict(labels)),
        f"{DEFINITION}{_unread(burdens)}",
        (noun, *HEADINGS),
        lines,
        (("占用", "blue"), ("不予通过而省下", "pale")),
        "这一年还没有批准或不予通过的进校园活动。",
        numbers=tuple(range(1, len(HEADINGS) + 1)),
    )


def _unread(burdens: Sequence[Burden]) -> str:
    count = sum(row.rounds is None for row in burdens)
    return f"有 {count} 项的频次没有写，或不能肯定是几轮，按一轮计。" if count else ""


def _counts(row: Burden) -> dict[str, int]:
    minutes = row.person_minutes
    if not row.granted:
        return {"refused": 1, "spared": minutes or 0}
    return {
        "granted": 1,
        "teachers": row.teacher_turns,
        "spent": minutes or 0,
        "unsaid": minutes is None,
    }


def _line(label: str, found: Counter[str], most: int) -> Line:
    spent, spared = hours(found["spent"]), hours(found["spared"])
    cells = (found["granted"], found["teachers"], spent, found["unsaid"], found["refused"], spared)
    return Line(label, cells, side_by_side([(found["spent"], "blue"), (found["spared"], "pale")], most))


def hours(minutes: int) -> int:
    """Whole hours, half an hour up."""
    return (minutes + 30) // 60


def _title(noun: str, found: dict[str, Counter[str]], labels: dict[str, str]) -> str:
    spent = sum(one["spent"] for one in found.values())
    if not spent:
        return f"按{noun}：批准的活动没有占用教师" if found else f"按{noun}：教师的时间花在哪里"
    name = max(found, key=lambda each: (found[each]["spent"], each))
    return (
        f"按{noun}：共占用 {hours(spent)} 人时，最多的是{labels[name]}（{hours(found[name]['spent'])} 人时）"
    )
