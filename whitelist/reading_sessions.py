"""Sessions as people type and paste them: days without a year, 14:00-14:40, rows of a sheet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, time
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError

from jianfu.kernel.dates import FULL_WIDTH, parse_date
from jianfu.kernel.fields import read_number

MOST = 400  # sessions added at once: every school of a large district, twice
_SPLIT = re.compile(r"[、，,；;\n]+")
_MONTH_DAY = re.compile(r"(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?")
_TIME = re.compile(r"(\d{1,2})\s*[:：时点]\s*(\d{2})?分?")
_LATEST_HOUR = 23
COLUMNS = ("学校", "日期", "时间", "年级", "学生人数", "教师人数", "课时")


def read_day(text: str, starts_on: date, today: date) -> date | None:
    """2026-12-7 or 12月7日; without a year the next such day, not before the item begins."""
    plain = text.strip().translate(FULL_WIDTH)
    if day := parse_date(plain):
        return day
    match = _MONTH_DAY.fullmatch(plain)
    if match is None:
        return None
    first = max(starts_on, today)
    for year in (first.year, first.year + 1):
        try:
            day = date(year, int(match[1]), int(match[2]))
        except ValueError:
            return None
        if day >= first:
            return day
    return None


def read_days(text: str, starts_on: date, today: date) -> list[date]:
    """Each day once, in the order named. Raises ValidationError with the part that is none."""
    found: list[date] = []
    for part in filter(None, (part.strip() for part in _SPLIT.split(text))):
        day = read_day(part, starts_on, today)
        if day is None:
            raise ValidationError(f"“{part[:20]}”不是日期。写成 12月7日、12月9日，或 2026-12-07")
        found.append(day)
    if not found:
        raise ValidationError("填写日期，例如 12月7日")
    return list(dict.fromkeys(found))


def read_times(text: str) -> tuple[time, time]:
    """14:00-14:40, 14：00—14：40, 9时至9时40分. Raises ValidationError."""
    plain = text.translate(FULL_WIDTH)
    found = [(int(hour), int(minute or 0)) for hour, minute in _TIME.findall(plain)]
    if len(found) != 2 or any(hour > _LATEST_HOUR or minute > 59 for hour, minute in found):
        raise ValidationError(f"“{text.strip()[:20]}”不是起止时间。写成 14:00-14:40")
    begins, ends = (time(*pair) for pair in found)
    if ends <= begins:
        raise ValidationError(f"结束时间 {ends:%H:%M} 要晚于开始时间 {begins:%H:%M}")
    return begins, ends


def read_rows(
    text: str, schools: Iterable[Any], starts_on: date, today: date
) -> tuple[list[dict[str, Any]], list[str]]:
    """Rows of a sheet as sessions, and what is wrong with the others, by line."""
    known = _names(schools)
    rows, problems = [], []
    lines = [(number, line) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    if lines and _cells(lines[0][1])[0] == COLUMNS[0]:
        lines = lines[1:]
    if len(lines) > MOST:
        return [], [f"一次最多粘贴 {MOST} 行，现在是 {len(lines)} 行。请分几次"]
    for number, line in lines:
        try:
            rows.append(_row(_cells(line), known, starts_on, today))
        except ValidationError as wrong:
            problems += [f"第 {number} 行：{words}" for words in wrong.messages]
    if not rows and not problems:
        problems = ["没有读到场次。一行一场：学校、日期、时间"]
    return rows, problems[:20]


def _cells(line: str) -> list[str]:
    """By tabs, as a sheet pastes them; else by commas or wide blanks."""
    parts = line.split("\t") if "\t" in line else re.split(r"[，,]|\s{2,}|　", line)
    return [part.strip() for part in parts]


def _names(schools: Iterable[Any]) -> dict[str, Any]:
    """Every name a school is known by."""
    found: dict[str, Any] = {}
    for school in schools:
        for name in (school.name, school.short_name, *school.aliases.replace("，", "、").split("、")):
            if name.strip():
                found.setdefault(name.strip(), school)
    return found


def _row(cells: Sequence[str], known: dict[str, Any], starts_on: date, today: date) -> dict[str, Any]:
    name, day_text, times, grades, students, teachers, hours = [*cells, *[""] * len(COLUMNS)][: len(COLUMNS)]
    school = known.get(name)
    if school is None:
        raise ValidationError(f"没有叫“{name[:20]}”的学校。用全称或简称")
    day = read_day(day_text, starts_on, today)
    if day is None:
        raise ValidationError(f"“{day_text[:20]}”不是日期。写成 12月7日 或 2026-12-07")
    begins, ends = read_times(times)
    if len(grades) > 100:
        raise ValidationError(f"年级最多 100 字，现在是 {len(grades)} 字")
    return {
        "school": school,
        "day": day,
        "begins": begins,
        "ends": ends,
        "grades": grades,
        "students": _count(students, "学生人数") if students else None,
        "teacher_count": _count(teachers, "教师人数") if teachers else 0,
        "class_hours": _hours(hours) if hours else Decimal(0),
    }


def _count(text: str, name: str) -> int:
    digits = read_number(text)
    if digits is None or not digits.isdigit() or int(digits) > 99_999:
        raise ValidationError(f"{name}“{text[:20]}”不是整数")
    return int(digits)


def _hours(text: str) -> Decimal:
    try:
        hours = Decimal(read_number(text) or "")
    except InvalidOperation:
        raise ValidationError(f"课时“{text[:20]}”不是数") from None
    if not 0 <= hours <= 99:
        raise ValidationError(f"课时填 0 到 99 之间的数，现在是“{text[:20]}”")
    return hours
