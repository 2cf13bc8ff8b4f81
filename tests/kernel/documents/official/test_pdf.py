"""The PDF, read back."""

import io
from datetime import date

import pytest
from pypdf import PdfReader

from jianfu.kernel.documents.official import Annex, Box, Form, OfficialDocument, Paragraph, render_pdf
from tests.kernel.documents.official.samples import SAID, TITLE, pdf_pages, reply, squeezed, steps

MM = 72 / 25.4


@pytest.fixture(scope="module")
def data() -> bytes:
    return render_pdf(reply())


def test_is_a4_upright_and_says_everything(data: bytes) -> None:
    pages = PdfReader(io.BytesIO(data)).pages
    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in pages} == {(595, 842)}
    text = "".join(pdf_pages(data))
    assert [words for words in SAID if squeezed(words) not in text] == []
    assert squeezed(TITLE) in text


def test_fonts_are_embedded(data: bytes) -> None:
    fonts = [
        font.get_object()
        for page in PdfReader(io.BytesIO(data)).pages
        for font in page["/Resources"]["/Font"].values()
    ]
    assert fonts
    for font in fonts:
        descriptor = font["/DescendantFonts"][0]["/FontDescriptor"]
        assert {"/FontFile2", "/FontFile3"} & set(descriptor)


def placed(page: object) -> list[tuple[float, float, str]]:
    """Runs of text with the place of their beginning, from the left and from the top, in millimetres."""
    found = []

    def visit(text: str, cm: list[float], tm: list[float], *_: object) -> None:
        if text.strip():
            x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
            y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            found.append((x / MM, (float(page.mediabox.height) - y) / MM, text.strip()))

    page.extract_text(visitor_text=visit)
    return found


def test_page_numbers_stand_outside_odd_right_and_even_left(data: bytes) -> None:
    reader = PdfReader(io.BytesIO(data))
    assert len(reader.pages) >= 3
    for number, page in enumerate(reader.pages, 1):
        marks = {"—", f"{number}", f"—{number}—"}
        below = [(x, text) for x, y, text in placed(page) if y > 297 - 35 and squeezed(text) in marks]
        assert squeezed("".join(text for _, text in below)) == f"—{number}—"
        assert min(x for x, _ in below) > 160 if number % 2 else max(x for x, _ in below) < 50


def test_a_page_holds_22_lines_of_28_characters() -> None:
    data = render_pdf(OfficialDocument(title="题", body=(Paragraph("减" * 28 * 60),)))
    pages = pdf_pages(data)
    assert pages[1] == "减" * 28 * 22 + "—2—"
    lines = PdfReader(io.BytesIO(data)).pages[1].extract_text().split()
    assert [len(each) for each in lines if each.startswith("减")] == [28] * 22


def test_the_imprint_stands_at_the_foot_of_the_last_page_and_never_on_the_text() -> None:
    shared = 0
    for count in (1, 9, 10, 11, 12, 13):
        body = tuple(Paragraph(f"第{place}条。") for place in range(count))
        page = PdfReader(io.BytesIO(render_pdf(reply(body=body, annexes=(), notes=())))).pages[-1]
        heights = {text: y for _, y, text in placed(page)}
        printed = next(y for text, y in heights.items() if text.endswith("印发"))
        assert 255 < printed < 262
        copies = next(y for text, y in heights.items() if text.startswith("抄送"))
        above = [y for text, y in heights.items() if text.endswith(("条。", "20日"))]
        assert all(y < copies - 8 for y in above)
        shared += bool(above)
    assert shared >= 4


def test_the_same_description_gives_the_same_bytes(data: bytes) -> None:
    assert render_pdf(reply()) == data
    assert render_pdf(reply(dated=date(2026, 7, 22))) != data


def test_markup_that_was_typed_is_words() -> None:
    data = render_pdf(
        OfficialDocument(title="<b>题</b>", body=(Paragraph("<img src='file:///etc/passwd'>"),))
    )
    assert "<b>题</b>" in pdf_pages(data)[0]
    assert "<imgsrc='file:///etc/passwd'>" in pdf_pages(data)[0]


def test_a_form_has_no_red_head_and_a_long_text_loses_nothing() -> None:
    rows = tuple(f"第{place}项意见。" for place in range(400))
    data = render_pdf(OfficialDocument(title="表", body=(Form((Box(title="意见", words="\n".join(rows)),)),)))
    text = "".join(pdf_pages(data))
    assert [row for row in rows if row not in text] == []


def test_no_page_holds_the_signature_alone() -> None:
    """此页无正文 is what a reader takes for a forgery: the last words of the text go with the signature."""
    endings = []
    for count in range(8, 20):
        body = (*(Paragraph(f"第{place}条。") for place in range(count)), Paragraph("此复。"))
        pages = pdf_pages(render_pdf(reply(body=body, annexes=(Annex("方案"),), notes=())))
        signed = next(page for page in pages if "2026年7月20日" in page)
        assert "此复。" in signed
        assert "附件:方案" in signed
        endings.append(len(pages))
    assert set(endings) == {2, 3}  # the edge of a page lies among them


def test_a_wide_annex_lies_on_its_side_and_its_number_at_the_foot_of_the_upright_paper() -> None:
    """7 mm from the 版心 and a character from its end; 版记 stands on an upright page behind it."""
    document = reply(annexes=(Annex("名单", (steps(40),), wide=True),))
    pages = PdfReader(io.BytesIO(render_pdf(document))).pages
    sizes = [(round(page.mediabox.width), round(page.mediabox.height)) for page in pages]
    wide = [number for number, size in enumerate(sizes, 1) if size == (842, 595)]
    assert len(wide) >= 2
    assert wide == list(range(wide[0], wide[-1] + 1))
    assert sizes[-1] == (595, 842)
    numbered = {}
    for number in wide[:2]:
        marks = {"—", f"{number}", f"—{number}—"}
        beside = [(x, y) for x, y, words in placed(pages[number - 1]) if x < 35 and squeezed(words) in marks]
        assert all(23 < x < 28 for x, _y in beside), beside
        numbered[number % 2] = min(y for _x, y in beside)
    assert 210 - 26 - 5 - 15 < numbered[1] < 210 - 26 - 5 - 8  # an odd one ends there
    assert numbered[0] == pytest.approx(28 + 5, abs=1)  # an even one begins there
