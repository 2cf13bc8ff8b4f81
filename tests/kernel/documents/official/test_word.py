"""The Word file, read back by python-docx and laid out by LibreOffice."""

import io
import shutil
import subprocess
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm

from jianfu.kernel.documents.official import Annex, OfficialDocument, Paragraph, render_docx
from tests.kernel.documents.official.samples import SAID, TITLE, docx_text, pdf_pages, reply, squeezed, steps


@pytest.fixture(scope="module")
def data() -> bytes:
    return render_docx(reply())


@pytest.fixture
def docx(data: bytes) -> object:
    return Document(io.BytesIO(data))


def fonts_of(paragraph: object) -> set[str]:
    return {
        run._element.rPr.rFonts.get(qn("w:eastAsia"))
        for run in paragraph.runs
        if run._element.rPr is not None and run._element.rPr.rFonts is not None
    }


def paragraph_with(docx: object, words: str) -> object:
    return next(each for each in docx.paragraphs if words in each.text)


def test_the_paper_is_that_of_the_standard(docx: object) -> None:
    section = docx.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(margin.mm) for margin in margins] == [37, 35, 28, 26]


def test_the_body_is_fang_song_for_every_script_and_no_theme_wins(docx: object) -> None:
    properties = docx.styles["Normal"].element.rPr
    assert {properties.rFonts.get(qn(f"w:{each}")) for each in ("ascii", "hAnsi", "eastAsia", "cs")} == {
        "仿宋_GB2312"
    }
    assert not [name for name in properties.rFonts.attrib if "heme" in name]
    assert docx.styles["Normal"].font.size.pt == 16


def test_headings_and_title_have_their_fonts(docx: object) -> None:
    assert fonts_of(paragraph_with(docx, "一、同意")) == {"黑体"}
    assert fonts_of(paragraph_with(docx, "（一）按")) == {"楷体_GB2312"}
    assert fonts_of(paragraph_with(docx, "消防安全应急疏散演练”")) == {"方正小标宋简体"}
    assert paragraph_with(docx, "消防安全应急疏散演练”").runs[0].font.size.pt == 22


def test_it_says_everything(data: bytes) -> None:
    text = docx_text(data)
    assert [words for words in SAID if squeezed(words) not in text] == []
    assert squeezed(TITLE) in text


def test_page_numbers_are_fields_outside(docx: object) -> None:
    assert docx.settings.odd_and_even_pages_header_footer
    section = docx.sections[0]
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        (paragraph,) = footer.paragraphs
        assert squeezed("".join(t.text for t in paragraph._element.iter(qn("w:t")))) == "—1—"
        assert next(paragraph._element.iter(qn("w:fldSimple"))).get(qn("w:instr")).strip() == "PAGE"
        assert paragraph.alignment.name.lower() == side
    assert abs(section.footer_distance - Mm(35 - 7) + Mm(14 / 72 * 25.4)) < Mm(0.2)


def test_a_table_repeats_its_head_and_keeps_its_rows_whole(docx: object) -> None:
    table = docx.tables[1]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    assert abs(sum(column.width for column in table.columns) - Mm(156)) < Mm(1)


def test_the_same_description_gives_the_same_bytes(data: bytes) -> None:
    assert render_docx(reply()) == data
    assert render_docx(reply(number="云教委复〔2026〕4号")) != data


def test_the_properties_name_the_document_and_not_the_program_that_made_it(docx: object) -> None:
    core = docx.core_properties
    assert (core.title, core.author, core.comments) == (TITLE, "云岭区教育委员会文件", "")
    assert (core.created.year, core.created.month, core.created.day) == (2026, 7, 20)


def converted(data: bytes, place: Path) -> list[str]:
    soffice = shutil.which("soffice")
    if not soffice:
        pytest.skip("no LibreOffice")
    (place / "d.docx").write_bytes(data)
    profile = f"-env:UserInstallation={(place / 'profile').as_uri()}"
    subprocess.run(
        [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", place, place / "d.docx"],
        check=False,
        capture_output=True,
        timeout=120,
    )
    if not (place / "d.pdf").exists():
        pytest.skip("LibreOffice without its writer")
    return pdf_pages((place / "d.pdf").read_bytes())


def test_another_program_lays_it_out_on_22_lines_of_28_characters(tmp_path: Path) -> None:
    body = (Paragraph("减" * 28 * 60),)
    pages = converted(render_docx(OfficialDocument(title="题", body=body)), tmp_path)
    assert pages[1] == "减" * 28 * 22 + "—2—"


def test_another_program_prints_every_word(data: bytes, tmp_path: Path) -> None:
    pages = converted(data, tmp_path)
    text = "".join(pages)
    assert [words for words in SAID if squeezed(words) not in text] == []
    assert all(f"—{number}—" in page for number, page in enumerate(pages, 1))


def papers(document: OfficialDocument) -> list[tuple[int, int]]:
    sections = Document(io.BytesIO(render_docx(document))).sections
    return [(round(each.page_width.mm), round(each.page_height.mm)) for each in sections]


def test_a_wide_annex_lies_on_its_side_between_upright_pages() -> None:
    wide, narrow = Annex("名单", (steps(3),), wide=True), Annex("说明", (Paragraph("字"),))
    upright, turned = (210, 297), (297, 210)
    assert papers(reply(annexes=(narrow, wide))) == [upright, turned, upright]  # 版记 stands upright
    assert papers(reply(annexes=(wide, narrow))) == [upright, turned, upright]
    plain = {"copies": (), "printed_by": "", "printed_on": None}
    assert papers(reply(annexes=(narrow, wide), **plain)) == [upright, turned]
    assert papers(reply(annexes=(narrow,))) == [upright]


def test_the_number_of_a_wide_page_runs_down_its_left_edge() -> None:
    docx = Document(io.BytesIO(render_docx(reply(annexes=(Annex("名单", (steps(3),), wide=True),)))))
    upright, wide, last = docx.sections
    for header, side in ((wide.header, "right"), (wide.even_page_header, "left")):
        (table,) = header.tables
        (paragraph,) = table.cell(0, 0).paragraphs
        assert paragraph.alignment.name.lower() == side
        assert next(paragraph._element.iter(qn("w:fldSimple"))).get(qn("w:instr")).strip() == "PAGE"
        assert next(table._element.iter(qn("w:textDirection"))).get(qn("w:val")) == "tbRl"
    assert "".join(p.text for p in wide.footer.paragraphs) == ""
    margins = (wide.top_margin, wide.bottom_margin, wide.left_margin, wide.right_margin)
    assert [round(margin.mm) for margin in margins] == [28, 26, 35, 37]
    assert sum(column.width.mm for column in docx.tables[-2].columns) == pytest.approx(225, abs=0.5)
    assert last.header.tables == upright.header.tables == []
    assert squeezed("".join(t.text for t in last.footer._element.iter(qn("w:t")))) == "—1—"
