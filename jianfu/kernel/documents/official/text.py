"""Words on their way into an official document, and how its title falls into lines."""

from __future__ import annotations

import functools
import itertools
import re

from jianfu.kernel.documents.measure import character_ems
from jianfu.kernel.documents.text import printable

_DIGITS = "〇一二三四五六七八九"

_OPENING = frozenset("（《〈“‘〔【「『([{<")
_CLOSING = frozenset("，。、；：？！）》〉」』】〕”’％—…·,.;:?!)]}>%")
_PAIRS = {"《": "》", "“": "”", "〔": "〕", "（": "）"}
# Words that titles of this office are made of: no line of a title ends inside one.
_WORDS = re.compile(
    "教育工作领导小组|领导小组|教育委员会|委员会|办公室|教育|工作|中小学|教师|学校|社会事务|进校园|校园|活动|专家|论证|意见|关于|同意|开展|申请|审批|流转|备案|"
    "报告|批复|通知|退回|补正|不予|予以|通过|宣传|安全|演练|方案|情况|事项|有关|方面|减负|台账|白名单|清单|法治|消防|健康|讲座|"
    "培训|主题|实践|统计|督查|检查|评比|考核|调研|借用|抽调|公布|[0-9]{4}年|[\u4e00-\u9fff]{2,3}[区县市](?=[0-9])"
)
_NEVER, _INSIDE_ASCII, _INSIDE_WORD, _BEFORE_DE, _INSIDE_PAIR, _LINE, _PLAIN = (
    4000.0, 2000.0, 120.0, 150.0, 150.0, 60.0, 12.0,
)  # fmt: skip
_LONGEST_TITLE = 200  # beyond it nobody looks for sense any more


def line(text: str) -> str:
    """The text as one line: what cannot be printed is gone, line ends and blanks around are one blank."""
    return " ".join(part for part in re.split("[ \n]+", printable(text).strip(" \n\u3000")) if part)


def lines(text: str) -> list[str]:
    """The text as the lines that a person typed, none of them empty."""
    return [words for part in printable(text).split("\n") if (words := part.strip())]


def chinese_number(count: int) -> str:
    """1 to 99 as 一、十、十一、二十、九十九; beyond that in digits, which no heading reaches."""
    if not 0 < count < 100:
        return str(count)
    tens, ones = divmod(count, 10)
    head = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones else "")


def ems(text: str) -> float:
    return sum(map(character_ems, text))


def title_lines(title: str, room: float) -> tuple[str, ...]:
    """The title in even lines of at most `room` characters' width, broken where the sense allows it.

    GB/T 9704 7.3.1: 词意完整，排列对称，长短适宜. Only a word longer than a line is cut.
    """
    words = line(title)
    if ems(words) <= room:
        return (words,)
    if len(words) > _LONGEST_TITLE:
        return tuple(words[place : place + int(room)] for place in range(0, len(words), int(room)))
    least = int(-(-ems(words) // room))
    while not (ways := [way for count in (least, least + 1) if (way := _broken(words, count, room))]):
        least += 1
    return min(ways)[1]


def _broken(words: str, count: int, room: float) -> tuple[float, tuple[str, ...]] | None:
    """The cheapest way to break into `count` lines, with its cost; None where they do not hold the words."""
    ideal = ems(words) / count
    widths = [0.0]
    for char in words:
        widths.append(widths[-1] + character_ems(char))
    costs = _break_costs(words)

    @functools.cache
    def best(start: int, left: int) -> tuple[float, tuple[int, ...]]:
        if left == 1:
            width = widths[-1] - widths[start]
            return ((width - ideal) ** 2, ()) if width <= room else (float("inf"), ())
        options = [(float("inf"), ())]
        for end in range(start + 1, len(words) - left + 2):
            width = widths[end] - widths[start]
            if width > room:
                break
            rest, ends = best(end, left - 1)
            options.append((rest + (width - ideal) ** 2 + costs[end], (end, *ends)))
        return min(options)

    cost, ends = best(0, count)
    if cost == float("inf"):
        return None
    places = (0, *ends, len(words))
    return cost + count * _LINE, tuple(words[a:b].strip() for a, b in itertools.pairwise(places))


def _break_costs(words: str) -> list[float]:
    """What it costs to end a line before each character."""
    costs = [_PLAIN] * (len(words) + 1)
    for found in _WORDS.finditer(words):
        costs[found.start()] = costs[found.end()] = 0.0
        for place in range(found.start() + 1, found.end()):
            costs[place] = _INSIDE_WORD
    for place in range(1, len(words)):
        costs[place] = max(costs[place], _at(words[place - 1], words[place]))
    for place in _inside_pairs(words):
        costs[place] += _INSIDE_PAIR
    return costs


def _at(before: str, after: str) -> float:
    if after in _CLOSING or before in _OPENING:
        return _NEVER
    if before.isascii() and before.isalnum() and after.isascii() and after.isalnum():
        return _INSIDE_ASCII
    return _BEFORE_DE if after == "的" else 0.0


def _inside_pairs(words: str) -> list[int]:
    inside = []
    for opening, closing in _PAIRS.items():
        for found in re.finditer(f"{opening}[^{opening}{closing}]*{closing}", words):
            inside += range(found.start() + 1, found.end())
    return inside
