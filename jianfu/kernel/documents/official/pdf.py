"""An official document as PDF: the description laid into templates/exports/official.html."""

from __future__ import annotations

from typing import Any

from jianfu.kernel.documents.paper import art
from jianfu.kernel.documents.pdf import fill_template, render_pages
from jianfu.kernel.documents.qr import qr_data

from . import geometry as geo
from .content import Block, Box, Form, OfficialDocument, Paragraph, QrBlock, Table, marked
from .text import ems, line, lines, title_lines

SHEETS = ("page.css", "official.css")


def render_pdf(document: OfficialDocument) -> bytes:
    """The document on A4; raises DocumentTooLarge beyond what a person waits for."""
    html = fill_template("exports/official.html", _context(document))
    return render_pages(html, sheets=SHEETS, css=_own_css(document))


def _context(document: OfficialDocument) -> dict[str, Any]:
    return {
        "name": line(document.title),
        "author": document.author,
        "made_on": document.dated.isoformat() if document.dated else "",
        "head": _head(document),
        "number": document.number_line,
        "signer": line(document.signer),
        "title": _title(document.title),
        "recipient": document.recipient_line,
        "blocks": _blocks(document.body),
        "annex_names": document.annex_names,
        "units": _units(document),
        "day": document.day_line,
        "remark": document.remark_line,
        "notes": [words for note in document.notes for words in lines(note)],
        "annexes": [
            {
                "mark": mark,
                "title": _title(annex.title, geo.WIDE_WIDTH_PT if annex.wide else geo.BODY_WIDTH_PT),
                "blocks": _blocks(annex.body),
                "wide": annex.wide,
            }
            for mark, annex in document.printed_annexes
        ],
        "imprint": document.imprint,
    }


def _head(document: OfficialDocument) -> dict[str, Any] | None:
    words = line(document.issuer)
    if not words:
        return None
    size = geo.head_size(ems(words))
    rows = title_lines(words, geo.BODY_WIDTH_PT / size)
    return art(rows, geo.BODY_WIDTH_PT, size_pt=size, line_pt=size * 1.4, colour=geo.RED)


def _title(title: str, width_pt: float = geo.BODY_WIDTH_PT) -> dict[str, Any]:
    return art(title_lines(title, geo.title_room(width_pt)), width_pt, line_pt=geo.TITLE_LINE_PT)


def _blocks(body: tuple[Block, ...]) -> list[dict[str, Any]]:
    return [_block(block) for block in marked(body)]


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Paragraph):
        return {"kind": "text", "css": f"level-{block.level}", "paragraphs": lines(block.text)}
    if isinstance(block, Form):
        return {"kind": "form", "rows": [_form_row(row) for row in block.rows]}
    if isinstance(block, QrBlock):
        picture = qr_data(block.url) if block.url else ""
        return {"kind": "qr", "picture": picture, "words": [line(words) for words in block.words]}
    return {
        "kind": "table",
        "caption": line(block.caption),
        "css": _widths_class(block),
        "columns": block.widths,
        "heads": [line(head) for head in block.heads],
        "rows": [["\n".join(lines(cell)) for cell in row] for row in block.rows],
    }


def _widths_class(table: Table) -> str:
    return "-".join(["widths", *(f"{1000 * width:.0f}" for width in table.widths)])


def _own_css(document: OfficialDocument) -> str:
    """Widths of columns and the places of the signatures: what only this document knows."""
    bodies = [document.body, *(annex.body for _, annex in document.printed_annexes)]
    tables = {_widths_class(block): block for body in bodies for block in body if isinstance(block, Table)}
    rules = [
        f".{name} col:nth-child({place}) {{ width: {100 * width:.2f}% }}"
        for name, table in tables.items()
        for place, width in enumerate(table.widths, 1)
    ]
    units, day = geo.signature_indents(tuple(map(ems, _units(document))), ems(document.day_line))
    rules += [
        f".unit-{place} {{ margin-right: {indent * geo.CHARACTER_PT:.1f}pt }}"
        for place, indent in enumerate((day, *units))
    ]
    return "\n".join(rules)


def _form_row(row: Any) -> dict[str, Any]:
    if isinstance(row, Box):
        return {
            "box": True,
            "title": line(row.title),
            "words": "\n".join(lines(row.words)),
            "sign": row.signature,
        }
    facts = [(line(label), "\n".join(lines(words))) for label, words in row]
    return {"box": False, "facts": facts, "single": len(facts) == 1}


def _units(document: OfficialDocument) -> tuple[str, ...]:
    return tuple(words for unit in document.units if (words := line(unit)))
