"""开展频次, free text in the forms: how many rounds it means, where it can be read for certain.

Only the whole text in one of the shapes below counts; 不超过, 自选, 每班, 另增 and whatever else leaves a
doubt is not read. Never guess: what is not read counts once, and whoever adds up says how many those were.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta

MOST = 99
_DIGITS = {char: value for value, char in enumerate("一二三四五六七八九", 1)} | {"两": 2}
_NUMBER = r"\d{1,2}|[一两二三四五六七八九]|[二三四五六七八九]?十[一二三四五六七八九]?"
_SHAPE = re.compile(
    r"(?:每校|每所学校|各校)?"
    r"(?:(?P<each>每学期|每月|每周)|每学年度?|每年度?|全年|全学年|本学年|本年度?|年度内)?共?"
    rf"(?P<number>{_NUMBER})(?:场次|场|次)"
)
_AUTUMN, _SPRING = range(9, 13), range(2, 8)  # January belongs to autumn, August to none


def rounds(text: str, starts_on: date | None, ends_on: date | None) -> int | None:
    """每学期1次, 每月2次, 全年共3场, 每周一次; None where it cannot be read for certain.

    每学期 counts the terms that the days touch; 每月 and 每周 the months and weeks, within one term only, for
    nobody knows how many of a holiday were meant. Without days such a text is not read.
    """
    written = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).rstrip("。")
    match = _SHAPE.fullmatch(written)
    number = _number(match["number"]) if match else 0
    if not match or not number:
        return None
    times = _times(match["each"], starts_on, ends_on)
    found = number * times if times else None
    return found if found and found <= MOST else None


def _number(written: str) -> int:
    if written.isdigit():
        return int(written)
    tens, ten, ones = written.rpartition("十")
    if not ten:
        return _DIGITS[written]
    return 10 * _DIGITS.get(tens, 1) + _DIGITS.get(ones, 0)


def _times(each: str | None, starts_on: date | None, ends_on: date | None) -> int | None:
    """How often the period comes round within the days."""
    if each is None:
        return 1
    if starts_on is None or ends_on is None or ends_on < starts_on:
        return None
    terms = _terms(starts_on, ends_on)
    if each == "每学期":
        return len(terms) or None
    if len(terms) != 1 or None in {_term(starts_on), _term(ends_on)}:
        return None
    if each == "每月":
        return (ends_on.year - starts_on.year) * 12 + ends_on.month - starts_on.month + 1
    monday = starts_on - timedelta(days=starts_on.weekday())
    return (ends_on - monday).days // 7 + 1


def _terms(starts_on: date, ends_on: date) -> set[tuple[int, str]]:
    """The terms of which a day lies in between."""
    found, day = set(), starts_on
    while day <= ends_on and len(found) <= MOST:
        term = _term(day)
        if term:
            found.add(term)
        day = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return found


def _term(day: date) -> tuple[int, str] | None:
    """(year in which it began, its name); None in August."""
    if day.month in _AUTUMN or day.month == 1:
        return day.year - (day.month == 1), "autumn"
    return (day.year, "spring") if day.month in _SPRING else None
