"""What a document says, without making a file of it."""

from approvals.exports import Case, Paper, document_of
from jianfu.kernel.documents.official import Box, OfficialDocument, Paragraph, QrBlock, Table


def said(document: OfficialDocument) -> str:
    """Every word of the description; how it is drawn is the kernel's and tested there."""
    words = [
        document.title,
        document.number_line,
        document.recipient_line,
        *document.units,
        document.day_line,
    ]
    words += [document.signer, *document.copies, *document.notes, document.remark_line]
    for blocks in (document.body, *(annex.body for annex in document.annexes)):
        for block in blocks:
            words += _of(block)
    return "\n".join([*words, *(annex.title for annex in document.annexes)])


def _of(block: object) -> list[str]:
    if isinstance(block, Paragraph):
        return [block.text]
    if isinstance(block, Table):
        return [block.caption, *block.heads, *(cell for row in block.rows for cell in row)]
    if isinstance(block, QrBlock):
        return [block.url, *block.words]
    words = []
    for row in block.rows:
        if isinstance(row, Box):
            words += [row.title, row.words, row.signature]
        else:
            words += [text for fact in row for text in fact]
    return words


def text_of(application, by, paper: Paper) -> str:
    application.refresh_from_db()
    return said(document_of(Case(application, by), paper))
