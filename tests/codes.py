"""Reads the QR codes back out of what was made: pages of a PDF, pictures of a Word file, SVG of a page."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZipFile

import pypdfium2
import zxingcpp
from PIL import Image
from weasyprint import HTML

DPI = 150  # what a phone sees of a sheet held at arm's length


def in_picture(picture: Image.Image) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(picture.convert("L"))]


def in_pdf(content: bytes) -> list[str]:
    """Of all pages, in their order."""
    pages = pypdfium2.PdfDocument(content)
    return [text for page in pages for text in in_picture(page.render(scale=DPI / 72).to_pil())]


def in_docx(content: bytes) -> list[str]:
    with ZipFile(BytesIO(content)) as parts:
        names = [name for name in parts.namelist() if name.startswith("word/media/")]
        return [text for name in names for text in in_picture(Image.open(BytesIO(parts.read(name))))]


def in_page(html: str) -> list[str]:
    """Of the SVG elements that stand in a page, drawn 40 mm wide."""
    drawn = "".join(re.findall(r"<svg.*?</svg>", html, re.DOTALL))
    paper = f"<style>@page {{ margin: 10mm }} svg {{ display: block; width: 40mm }}</style>{drawn}"
    return in_pdf(HTML(string=paper).write_pdf())
