"""The one place that puts a row into words: entries into 落实情况, blanks into 重点监测数据 (R4, R5, R6).

Screen, history, Excel and PDF print what these functions say, so they cannot differ. Plain values in,
plain values out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from .states import AchievementKind

BLANK = re.compile(r"\{(\w+)\}")
LESS, MORE = "减少", "增加"


class Entry(Protocol):
    kind: str
    name: str
    quantity: Decimal | None
    unit: str
    ratio: Decimal | None
    outcome: str


@dataclass(frozen=True)
class Hole:
    """A blank's place in its sentence."""

    code: str


def plain(number: Decimal) -> str:
    """Without trailing zeros or exponent: 12.00 is 12, 12.50 is 12.5."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def entry_words(entry: Entry) -> str:
    """名称，12 项，占 50%。成效。 Only what was filled in."""
    parts = [entry.name.rstrip("。；，;,")]
    if entry.quantity is not None:
        parts.append(f"{plain(entry.quantity)} {entry.unit}".rstrip())
    if entry.ratio is not None:
        parts.append(f"占 {plain(entry.ratio)}%")
    outcome = entry.outcome.strip()
    ended = outcome if not outcome or outcome[-1] in "。！？" else f"{outcome}。"
    return "，".join(parts) + "。" + ended


def implementation(entries: Iterable[Entry]) -> tuple[str, ...]:
    """The paragraphs of 落实情况: what was done, then what was refused, each numbered."""
    found = list(entries)
    paragraphs: list[str] = []
    for kind in AchievementKind:
        mine = [entry for entry in found if entry.kind == kind]
        if mine:
            paragraphs.append(f"{kind.label}：")
            paragraphs += [f"{number}. {entry_words(entry)}" for number, entry in enumerate(mine, start=1)]
    return tuple(paragraphs)


def segments(sentence: str) -> list[str | Hole]:
    """The sentence cut at its blanks: 「共{I1}项。」 is ["共", Hole("I1"), "项。"]."""
    pieces = BLANK.split(sentence)
    cut: list[str | Hole] = [Hole(piece) if place % 2 else piece for place, piece in enumerate(pieces)]
    return [piece for piece in cut if piece]


@dataclass(frozen=True)
class Filled:
    """A blank in its sentence with what is printed in it; nothing while it is empty."""

    code: str
    words: str


def spoken(sentence: str, values: Mapping[str, str]) -> list[str | Filled]:
    """The sentence as it is read out: 较上年减少{I2}项 with an increase of 3 is 较上年增加 3 项.

    The printed 减少 right in front of the blank gives way; where the sentence says something else the blank
    itself says 增加 3.
    """
    pieces: list[str | Filled] = []
    for piece in segments(sentence):
        if isinstance(piece, str):
            pieces.append(piece)
            continue
        words, before = values.get(piece.code, ""), pieces[-1] if pieces else ""
        if words.startswith(MORE) and isinstance(before, str) and before.endswith(LESS):
            pieces[-1] = before.removesuffix(LESS) + MORE
            words = words.removeprefix(MORE).strip()
        pieces.append(Filled(piece.code, words))
    return pieces


def number_words(number: int | None) -> str:
    """Only a difference can be negative, and then it is an increase: 增加 3 (A9: never clamped to 0)."""
    if number is None:
        return ""
    return f"{MORE} {-number}" if number < 0 else str(number)


def value_words(value: int | str | None, unit: str = "") -> str:
    """A number with its unit, names in quotes, or that there is nothing."""
    if value is None:
        return "—"
    return f"“{value}”" if isinstance(value, str) else f"{number_words(value)} {unit}".rstrip()


class Overruled(Protocol):
    name: str
    unit: str
    value: int | str | None
    counted: int | str | None
    override_reason: str


def override_words(blank: Overruled) -> str:
    """Both numbers and the reason: “本年抽调借用教师”登记簿 1 人，填报 7 人。改动说明：…"""
    counted, value = value_words(blank.counted, blank.unit), value_words(blank.value, blank.unit)
    reason = blank.override_reason or "未填写"
    return f"“{blank.name}”登记簿 {counted}，填报 {value}。改动说明：{reason}"


def figures(sentence: str, values: Mapping[str, str], empty: str = "____") -> str:
    """The sentence with its blanks filled; an unfilled one as ``empty``."""
    return "".join(
        piece if isinstance(piece, str) else piece.words or empty for piece in spoken(sentence, values)
    )
