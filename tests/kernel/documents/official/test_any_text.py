"""Whatever people type, both writers print it and never break."""

import io
from datetime import date

from docx import Document
from hypothesis import example, given, settings
from hypothesis import strategies as st

from jianfu.kernel.documents.official import (
    Annex,
    Box,
    Form,
    OfficialDocument,
    Paragraph,
    Table,
    fact_lines,
    render_docx,
    render_pdf,
)
from jianfu.kernel.documents.official.text import line
from tests.kernel.documents.official.samples import docx_text, pdf_pages, squeezed

# Chinese first, then everything that has a code point: controls, surrogates, direction marks, markup.
CHINESE = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)
anything = st.text(st.one_of(CHINESE, st.characters(codec=None), st.sampled_from("<&>{}%\\")), max_size=40)


def document_of(words: str, more: str) -> OfficialDocument:
    body = (
        Paragraph(words, 1),
        Paragraph(more),
        Table((words, more), ((more, words), ("", words)), caption=words),
        Form((*fact_lines([(words, more), (more, words)]), Box(title=words, words=more, signer=words))),
    )
    return OfficialDocument(
        title=words,
        issuer=more,
        number=words,
        signer=more,
        recipient=words,
        body=body,
        annexes=(Annex(words, body), Annex(more)),
        units=(words, more),
        dated=date(2026, 7, 1),
        copies=(words, more),
        printed_by=words,
        notes=(more,),
    )


@given(anything, anything)
@settings(max_examples=15)
@example("", "")
@example("\x00\x0b\x1f\ud800\ufffe\u202e", "]]>\r\n<w:t>{{ x }}{% now %}")
@example("字" * 210, "https://example.com/" + "a" * 90)
def test_word_takes_any_text(words: str, more: str) -> None:
    data = render_docx(document_of(words, more))
    Document(io.BytesIO(data))
    said = docx_text(data)
    assert squeezed(line(words)) in said
    assert squeezed(line(more)) in said


@given(anything, anything)
@settings(max_examples=4)
@example("", "")
@example("\x00\x0b\x1f\ud800\ufffe\u202e", "]]>\r\n<w:t>{{ x }}{% now %}")
@example("字" * 210, "https://example.com/" + "a" * 90)
def test_pdf_takes_any_text(words: str, more: str) -> None:
    assert pdf_pages(render_pdf(document_of(words, more)))


def test_chinese_is_read_back_from_the_pdf_word_for_word() -> None:
    words = "关于“减负”的意见：一、二、三；甲乙丙丁。"
    assert squeezed(words) in "".join(pdf_pages(render_pdf(document_of("题目", words))))
