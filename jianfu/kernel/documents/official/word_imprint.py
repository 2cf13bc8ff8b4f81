"""版记 of a Word file: lines that hang at the foot of the last page's 版心, whatever stands above."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from . import geometry as geo
from .word_tables import EDGE, new_table
from .word_text import add_text


def add_imprint(docx: Any, imprint: Sequence[tuple[str, str]]) -> None:
    thick, thin = {**EDGE, "sz": "8"}, {**EDGE, "sz": "6"}  # 0.35 and 0.25 mm, in eighths of a point
    table = new_table(docx, len(imprint), (1.0,), {"top": thick, "bottom": thick, "insideH": thin})
    for row, (left, right) in zip(table.rows, imprint, strict=True):
        cell = row.cells[0]
        cell._element.remove(cell.paragraphs[0]._element)
        words = f"{left}\t{right}" if right else left
        add_text(cell, words, size=geo.IMPRINT_PT, line_pt=21, first=-2.7, left=3.5, right=0.8, tab=True)
    # Word and WPS hang it at the foot; LibreOffice, which does not float a table this wide, lets it follow.
    place = OxmlElement("w:tblpPr")
    values = {"vertAnchor": "margin", "horzAnchor": "margin", "tblpXSpec": "left", "tblpYSpec": "bottom"}
    for name, value in values.items():
        place.set(qn(f"w:{name}"), value)
    table._element.tblPr.find(qn("w:tblW")).addprevious(place)
    add_text(docx, "", size=1, line_pt=1)
