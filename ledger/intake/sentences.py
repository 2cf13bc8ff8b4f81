"""Numbers out of the printed sentences of 重点监测数据, as they were really filled in.

A blank is found by the words of the template around it. Blanks, punctuation and full width do not count; a
word more or less does, for then it is not known which number is meant.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from jianfu.kernel.documents.reading.values import NOTHING
from ledger.models import BlankValue
from ledger.wording import LESS, MORE, Hole, segments

_KEPT = re.compile(r"[^\w.\-−/%]|_", re.UNICODE)
_WHOLE = re.compile(r"\d{1,9}")
_NUMBERS = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True)
class Found:
    """What stands in a blank: ``value`` is None where nothing is filled in, ``word`` what stands there then.
    ``trouble`` says why it was not understood; ``loosely`` that only its unit pointed to it."""

    value: int | str | None = None
    word: str = ""
    trouble: str = ""
    loosely: str = ""


def plain(text: str) -> str:
    """Half width, without blanks, underlines and punctuation: what two writings of a sentence share."""
    joined = re.sub(r"(?<=\d),(?=\d{3})", "", unicodedata.normalize("NFKC", text))
    return _KEPT.sub("", joined)


def find(sentence: str, blanks: list[BlankValue], text: str) -> dict[str, Found]:
    """Each blank of the row's sentence by code, as ``text`` fills it; nothing where nothing is written."""
    if text.strip().strip("。；;") in NOTHING:
        return {blank.code: Found(word=text.strip()) for blank in blanks}
    written = plain(text)
    if not written:
        return {}
    known = {blank.code: blank for blank in blanks}
    order, pattern = _pattern(sentence, known)
    match = re.fullmatch(pattern, written)
    if match:
        return {code: _filled(known[code], match, place) for place, code in enumerate(order)}
    return _by_unit(blanks, written) or {
        blank.code: Found(trouble="句子和表样不同，分不清是哪个数") for blank in blanks
    }


def _pattern(sentence: str, known: dict[str, BlankValue]) -> tuple[list[str], str]:
    """(codes in their order, the sentence as an expression). 减少 in front of a difference may read 增加."""
    order: list[str] = []
    parts: list[str] = []
    pieces = segments(sentence)
    for place, piece in enumerate(pieces):
        if isinstance(piece, Hole):
            if piece.code in known:
                parts.append(f"(?P<b{len(order)}>.*?)")
                order.append(piece.code)
            continue
        words = plain(piece)
        after = pieces[place + 1] if place + 1 < len(pieces) else None
        turns = isinstance(after, Hole) and after.code in known and known[after.code].compares
        if turns and words.endswith(LESS):
            sign = f"(?P<s{len(order)}>{LESS}|{MORE})"
            parts.append(re.escape(words.removesuffix(LESS)) + sign)
        else:
            parts.append(re.escape(words))
    return order, "".join(parts)


def _filled(blank: BlankValue, match: re.Match[str], place: int) -> Found:
    groups = match.groupdict()
    return _value(blank, groups[f"b{place}"], more=groups.get(f"s{place}") == MORE)


def _value(blank: BlankValue, written: str, *, more: bool = False) -> Found:
    written = written.removesuffix(blank.unit) if not blank.is_text else written
    if not written:
        return Found()
    if blank.is_text:
        return Found(word=written) if written in {"/", "-"} else Found(value=written)
    if written in NOTHING:
        return Found(word=written)
    if blank.compares and written.startswith(MORE):
        written, more = written.removeprefix(MORE), True
    if _WHOLE.fullmatch(written):
        return Found(value=-int(written) if more else int(written))
    return Found(trouble=f"写的是“{written[:20]}”，不是整数")


def _by_unit(blanks: list[BlankValue], written: str) -> dict[str, Found]:
    """「共 23 项」 alone, where the row has a single number and the cell, too."""
    if len(blanks) != 1 or blanks[0].is_text or blanks[0].compares:
        return {}
    (blank,), numbers = blanks, _NUMBERS.findall(written)
    if len(numbers) != 1 or not _WHOLE.fullmatch(numbers[0]):
        return {}
    alone = re.fullmatch(rf"(?:共|共计|合计|总计|计)?{numbers[0]}(?:{re.escape(blank.unit)})?", written)
    ended = blank.unit and re.search(rf"(?:共|共计|合计|总计){numbers[0]}{re.escape(blank.unit)}$", written)
    if not (alone or ended):
        return {}
    return {blank.code: Found(value=int(numbers[0]), loosely=numbers[0])}
