"""One cell read strictly: a number, a day, a word of a list, words. Never guessed, and never 0 for nothing.

Each function returns None (words: "") for an empty cell and raises Unreadable, whose words say what is wrong
and what to do; they stand behind the cell's place in a list, without a full stop.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from jianfu.kernel import dates
from jianfu.kernel.wording import storable

from .cells import DATE, ERROR, FLAG, NUMBER, PERCENT, Cell

_FULL_WIDTH = str.maketrans("０１２３４５６７８９．－＋，％　", "0123456789.-+,% ")
_NUMBER = re.compile(r"([-+−]?\d{1,15}(?:,\d{3})*(?:\.\d{1,6})?)\s*(%?)\s*([\u4e00-\u9fff]{0,4})")
# What people write where there is nothing to write. None of them is 0.
NOTHING = frozenset({"无", "没有", "暂无", "/", "／", "-", "—", "——", "－", "\\"})
EARLIEST, LATEST = date(1949, 10, 1), date(2199, 12, 31)


class Unreadable(Exception):  # noqa: N818 - a refusal with words, not a fault
    """The cell does not hold what belongs there."""


def is_empty(cell: Cell | None) -> bool:
    return cell is None or (not cell.formula and not cell.words.strip())


def says_nothing(cell: Cell | None) -> bool:
    """Whether it is filled with a word for "nothing": 无, /, —."""
    return cell is not None and cell.words.strip() in NOTHING


def require_plain(cell: Cell) -> None:
    """No formula and no error: a formula's stored result may be older than what it was computed from."""
    if cell.formula:
        shown = f"（显示 {cell.words}）" if cell.words.strip() else ""
        raise Unreadable(
            f"是公式{shown}，公式的结果可能没有更新，不读入。复制这一格，选择性粘贴为“数值”再上传"
        )
    if cell.kind == ERROR:
        raise Unreadable(f"是错误值 {cell.words[:20]}，改成正确的内容再上传")


def words(cell: Cell | None, *, most: int = 0) -> str:
    """Text without blanks around it. A number or a day is taken as it is shown."""
    if cell is None:
        return ""
    require_plain(cell)
    text = cell.words.strip()
    if most and len(text) > most:
        raise Unreadable(f"有 {len(text)} 字，最多 {most} 字，精简后再上传")
    _require_storable(text)
    return text


def _require_storable(text: str) -> None:
    try:
        storable(text)
    except Exception as error:  # ValidationError, which this module need not know
        raise Unreadable("里有不能保存的字符，删去后再上传") from error


def whole(cell: Cell | None, *, unit: str = "", least: int | None = 0, most: int = 999_999_999) -> int | None:
    """A whole number: 18, １８, 1,200, 「18项」 where 项 is the unit."""
    number = decimal(cell, unit=unit, places=None)
    if number is None:
        return None
    if number != number.to_integral_value():
        raise Unreadable(f"是 {_shown(cell)}，要填整数")
    found = int(number)
    if least is not None and found < least:
        raise Unreadable(f"是 {found}，不能小于 {least}")
    if found > most:
        raise Unreadable(f"是 {found}，不能大于 {most:,}")
    return found


def decimal(
    cell: Cell | None,
    *,
    unit: str = "",
    places: int | None = 2,
    least: Decimal | int | None = None,
    most: Decimal | int | None = None,
) -> Decimal | None:
    """A number with a fraction. ``unit="%"`` reads 50, 50% and a cell that shows 50%."""
    if cell is None or is_empty(cell):
        return None
    require_plain(cell)
    number = cell.value if cell.kind in {NUMBER, PERCENT} else _from_text(cell, unit)
    if cell.kind == PERCENT and unit != "%":
        raise Unreadable(f"是 {_shown(cell)}，这里不填百分数")
    if places is not None and -number.as_tuple().exponent > places:
        raise Unreadable(f"是 {_shown(cell)}，最多 {places} 位小数")
    if least is not None and number < least:
        raise Unreadable(f"是 {_shown(cell)}，不能小于 {least}")
    if most is not None and number > most:
        raise Unreadable(f"是 {_shown(cell)}，不能大于 {most:,}")
    return number


def _from_text(cell: Cell, unit: str) -> Decimal:
    text = cell.words.strip()
    if cell.kind in {DATE, FLAG}:
        raise Unreadable(f"是“{text[:20]}”，要填数字；把单元格格式改成“常规”再填")
    if text in NOTHING:
        raise Unreadable(f"写的是“{text}”。确实没有就填 0，还没统计就空着")
    match = _NUMBER.fullmatch(text.translate(_FULL_WIDTH))
    if match is None:
        raise Unreadable(f"写的是“{text[:20]}”，要填数字，例如 18")
    digits, percent, typed = match.groups()
    if (percent or typed) and f"{percent}{typed}" != unit:
        wanted = f"，这里的单位是“{unit}”" if unit else "，这里只填数字"
        raise Unreadable(f"写的是“{text[:20]}”{wanted}")
    try:
        return Decimal(digits.replace(",", "").replace("−", "-"))
    except InvalidOperation as error:
        raise Unreadable(f"写的是“{text[:20]}”，要填数字，例如 18") from error


def day(cell: Cell | None) -> date | None:
    """A day: a date cell, or 2026-9-1, 2026.9.1, 20260901, 2026年9月1日 as text. A bare serial number is not
    taken for one."""
    if cell is None or is_empty(cell):
        return None
    require_plain(cell)
    found = cell.value if cell.kind == DATE else dates.parse_date(cell.words)
    if isinstance(found, datetime):
        raise Unreadable(f"是 {cell.words}，只填日期，不要带时间")
    if found is None:
        raise Unreadable(f"写的是“{cell.words[:20]}”，要写成 2026年9月1日 这样的日期")
    if not EARLIEST <= found <= LATEST:
        raise Unreadable(f"是 {dates.chinese_date(found)}，年份不对")
    return found


def choice(cell: Cell | None, allowed: Mapping[str, str]) -> str | None:
    """One of a list, by the words that a person sees: ``allowed`` maps a value to its words."""
    text = words(cell)
    if not text:
        return None
    for value, label in allowed.items():
        if text == str(label):
            return value
    raise Unreadable(f"写的是“{text[:20]}”，只能选：{'、'.join(map(str, allowed.values()))}")


def _shown(cell: Cell | None) -> str:
    return cell.words if cell else ""
