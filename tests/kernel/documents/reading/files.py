"""Files as programs and people really make them, and as nobody should."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Mapping
from typing import Any

from jianfu.kernel.documents import reading
from jianfu.kernel.documents.reading import Book, Limits

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def read(content: bytes, name: str = "台账.xlsx", **limits: Any) -> Book:
    """Through the real process."""
    with tempfile.TemporaryFile() as file:
        file.write(content)
        return reading.read(file, name, limits=Limits(**limits))


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def relations(*found: tuple[str, str, str]) -> str:
    """Of (id, kind, target)."""
    lines = "".join(f'<Relationship Id="{i}" Type="{KINDS}/{k}" Target="{t}"/>' for i, k, t in found)
    return f'<Relationships xmlns="{RELATIONS}">{lines}</Relationships>'


def sheet_xml(rows: str, *, behind: str = "", dimension: str = "A1") -> str:
    return (
        f'<worksheet xmlns="{MAIN}"><dimension ref="{dimension}"/><sheetData>{rows}</sheetData>{behind}'
        "</worksheet>"
    )


def workbook(
    rows: str = "",
    *,
    sheet: str = "",
    strings: str | None = None,
    styles: str = "",
    properties: str = "",
    state: str = "",
    more: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """A workbook of one sheet "表一" from raw XML."""
    known = [("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "styles", "styles.xml")]
    parts: dict[str, str | bytes] = {
        "_rels/.rels": relations(("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{KINDS}">{properties}<sheets>'
        f'<sheet name="表一" sheetId="1"{state} r:id="rId1"/></sheets></workbook>',
        "xl/worksheets/sheet1.xml": sheet or sheet_xml(rows),
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>',
    }
    if strings is not None:
        known.append(("rId3", "sharedStrings", "sharedStrings.xml"))
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{strings}</sst>'
    parts["xl/_rels/workbook.xml.rels"] = relations(*known)
    return zipped({**parts, **(more or {})})


def document(body: str) -> bytes:
    return zipped({"word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'})


def word_cell(text: str, properties: str = "") -> str:
    lines = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.split("\n"))
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{lines}</w:tc>"


def word_table(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"
