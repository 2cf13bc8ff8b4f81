"""A QR code on a document is read back out of the finished file."""

import pytest

from jianfu.kernel.documents.official import Annex, OfficialDocument, QrBlock, render_docx, render_pdf
from tests import codes
from tests.kernel.documents.official.samples import docx_text, pdf_pages, squeezed

URL = "https://jianfu.example.gov.cn/v/K7QM3D9X0ABC1EFG/"


def document(url):
    block = QrBlock(url, ("扫码核验", "核验码：K7QM-3D9X-0ABC-1EFG"))
    return OfficialDocument(title="批复", body=(block,), annexes=(Annex("内容", (block,)),))


def test_it_is_read_from_the_pdf_and_from_the_word_file():
    made = document(URL)
    assert codes.in_pdf(render_pdf(made)) == [URL, URL]
    assert set(codes.in_docx(render_docx(made))) == {URL}


@pytest.mark.parametrize("url", [URL, ""])
def test_its_words_stand_beside_it_or_alone(url):
    made = document(url)
    words = squeezed("核验码：K7QM-3D9X-0ABC-1EFG")
    assert words in "".join(pdf_pages(render_pdf(made)))
    assert words in squeezed(docx_text(render_docx(made)))


def test_without_an_address_nothing_is_drawn():
    made = document("")
    assert codes.in_pdf(render_pdf(made)) == codes.in_docx(render_docx(made)) == []
