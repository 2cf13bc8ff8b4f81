"""Official documents (公文 and the forms beside them): described once, written as PDF and as Word.

    document = OfficialDocument(title=…, recipient=…, body=(Paragraph("…"),), …)
    render_pdf(document), render_docx(document)

Whatever text is given, both writers print what can be printed of it and never break.
"""

from .content import (
    Annex,
    Box,
    Form,
    OfficialDocument,
    Paragraph,
    QrBlock,
    Table,
    fact_lines,
)
from .pdf import render_pdf
from .word import render_docx

__all__ = [
    "Annex",
    "Box",
    "Form",
    "OfficialDocument",
    "Paragraph",
    "QrBlock",
    "Table",
    "fact_lines",
    "render_docx",
    "render_pdf",
]
