"""Every character as WeasyPrint set it, read from the page on which each stands in a line of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

# What WeasyPrint writes for text: a font with its size, a place, glyphs in hexadecimal with kerning between.
_TEXT = re.compile(
    rb"/(?P<font>\S+) (?P<size>\S+) Tf"
    rb"|1 0 0 -1 (?P<x>\S+) (?P<y>\S+) Tm"
    rb"|\[(?P<shown>.*?)\] TJ",
    re.DOTALL,
)
_HEX = re.compile(rb"<([0-9a-f]+)>")
_CODE = 4  # hexadecimal figures of a glyph
_BEFORE = "国"  # in front of each character: a line of blanks is not drawn, a mark has to stand on something


DASH = "——"
_UNITS = re.compile(f"{DASH}|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Letter:
    """A character, or a 破折号: glyphs of one font, and how wide they are in pixels of CSS."""

    font: str  # its name in the file, with its size, as an operator of PDF
    code: str
    width: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line that was found on a page: where it begins, and its glyphs with their fonts."""

    x: float
    y: float
    glyphs: tuple[tuple[str, str], ...]  # (font operator, glyph)


def lines_on(content: bytes) -> list[Line]:
    """The lines of text of a page, from the top as they were written."""
    found: list[tuple[float, float, list[tuple[str, str]]]] = []
    font = ""
    for match in _TEXT.finditer(content):
        if match["font"]:
            font = f"/{match['font'].decode()} {float(match['size']):g} Tf"
        elif match["x"]:
            found.append((float(match["x"]), float(match["y"]), []))
        elif found:
            hexed = b"".join(_HEX.findall(match["shown"])).decode()
            found[-1][2].extend((font, hexed[at : at + _CODE]) for at in range(0, len(hexed), _CODE))
    return [Line(x, y, tuple(glyphs)) for x, y, glyphs in found]


def in_lines(characters: Iterable[str]) -> str:
    """The characters as they are given to WeasyPrint."""
    return "\n".join(f"{_BEFORE}{char}" for char in characters)


def letters_of(
    characters: Iterable[str], lines: Iterable[Line], widths: Mapping[str, Mapping[int, float]]
) -> dict[str, Letter]:
    """Each character from its line. ``widths`` gives, font by font, thousandths of the type size."""
    return {char: _letter(line.glyphs, widths) for char, line in zip(characters, lines, strict=True)}


def _letter(glyphs: Sequence[tuple[str, str]], widths: Mapping[str, Mapping[int, float]]) -> Letter:
    """What stands behind the first glyph. Some characters have several, which stay together; some that only
    change others have none."""
    (before, _code), *own = glyphs
    font = own[0][0] if own else before
    codes = [code for _font, code in own]
    name, size, _operator = font.split()
    known = widths[name[1:]]
    return Letter(
        font, "".join(codes), sum(known.get(int(code, 16), 0) for code in codes) * float(size) / 1000
    )


def units_of(text: str) -> Iterable[str]:
    """What is drawn as one: each character, but a 破折号 is one stroke over two of them."""
    return _UNITS.findall(text) if DASH in text else text
