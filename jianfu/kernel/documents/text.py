"""Text on its way into a document: what may be printed, and what must never be run.

A spreadsheet program runs a cell that begins with `= + - @` (or their full-width forms, after blanks, in some
input settings) when it takes the cell for typed input. Three ways were looked at:

* A visible apostrophe or blank in front: safe everywhere, but the printed words are no longer the official
  ones.
* Cell type "string" (`t="inlineStr"`) alone: shown, printed and saved as text, never calculated; but a person
  who presses F2 and Enter in Excel turns it into a formula.
* Cell type "string" plus the style flag `quotePrefix`: the same, and it stays text after editing, as if the
  person had typed the apostrophe, which is shown in the input line only, never on the sheet or on paper.

LibreOffice 7.4 was tried (no formula in any of its formats, the words exact; it drops the flag when it
saves); for Excel and WPS this rests on ECMA-376 and on what they write themselves.

The third is used for workbooks (see `sheet.write_text`). The number format "@" is not, for Excel shows
texts of more than 255 characters in such cells as "####". CSV has neither types nor styles; there the
apostrophe is needed.
"""

from __future__ import annotations

import re

FORMULA_STARTS = frozenset("=+-@\t\r＝＋－＠﹦﹢﹣﹫−")
# Excel refuses more; it counts UTF-16 units, so a rare character such as 𬭎 counts twice.
CELL_LIMIT = 32_767

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# Excel reads _x0041_ inside a string as "A" (ECMA-376, ST_Xstring); a written underscore keeps the words
# exact.
_EXCEL_ESCAPE = re.compile("_(?=[xX][0-9A-Fa-f]{4}_)")
_NONCHARACTERS = "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
# Control characters and lone surrogates; and what is invisible and apt to deceive: direction marks and
# overrides, zero-width space, word joiner, BOM, tag characters.
_REMOVED = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    "\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
    f"{_NONCHARACTERS}]"
)


class DocumentTooLarge(Exception):  # noqa: N818 - a refusal with words, not a fault
    """The text does not fit into a document of this kind; the message says, in Chinese, what to shorten."""


def printable(text: str) -> str:
    """The text as it may be printed: line ends as \\n, tabs as a blank, nothing invisible, no lone
    surrogates.

    What a reader sees does not change. Zero-width joiners stay, for they change the shape of what they join.
    """
    if text.isprintable():
        return text
    return _REMOVED.sub("", _LINE_ENDS.sub("\n", text).replace("\t", " "))


def reads_like_formula(text: str) -> bool:
    """Whether a spreadsheet program could take the text for a formula, once blanks in front are passed
    over."""
    if text[:1] in {"\t", "\r"}:
        return True
    start = printable(text).lstrip()
    return start[:1] in FORMULA_STARTS


def safe_cell(text: str) -> str:
    """The text for one cell of a workbook, `printable` and within Excel's limit.

    Raises DocumentTooLarge beyond 32,767 characters rather than lose the end of an official text. The
    caller must store it as a string cell: `sheet.write_text` does, and marks what reads like a formula.
    """
    clean = printable(text)
    length = len(clean.encode("utf-16-le")) // 2
    if length > CELL_LIMIT:
        raise DocumentTooLarge(
            f"“{clean[:12]}…”一格有 {length:,} 字，超过 Excel 每格 {CELL_LIMIT:,} 字的上限。"
            "请精简文字或改为附件后再导出。"
        )
    return clean


def excel_escaped(text: str) -> str:
    """The text as it must stand inside the workbook's XML, so that Excel reads back exactly these words."""
    return _EXCEL_ESCAPE.sub("_x005F_", text)


def safe_csv(text: str) -> str:
    """The text for one CSV field: an apostrophe in front of whatever reads like a formula."""
    clean = printable(text)
    return f"'{clean}" if reads_like_formula(text) else clean
