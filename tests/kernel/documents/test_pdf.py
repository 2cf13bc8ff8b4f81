"""The official form as PDF, read back page by page."""

import io
import itertools
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader

from jianfu.kernel.documents import paper, pdf
from jianfu.kernel.documents.fetcher import FetchRefused, SealedFetcher
from jianfu.kernel.documents.form import FormGroup, FormRow
from jianfu.kernel.documents.text import DocumentTooLarge
from tests.kernel.documents.samples import DECLINED, DONE, form, template, values

HEADINGS = ("序号", "重点任务", "工作要求", "重点监测数据", "责任科室")


def squeezed(text: str) -> str:
    """Words without line ends and blanks: how they are broken is the page's affair, not the test's."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def pages_of(data: bytes) -> list[str]:
    return [squeezed(page.extract_text()) for page in PdfReader(io.BytesIO(data)).pages]


@pytest.fixture(scope="module")
def filled() -> bytes:
    return pdf.render_form(form(done=(DONE, DECLINED), values=values()))


@pytest.fixture(scope="module")
def filled_pages(filled: bytes) -> list[str]:
    return pages_of(filled)


def test_the_paper_is_a4_landscape(filled: bytes) -> None:
    for page in PdfReader(io.BytesIO(filled)).pages:
        assert (round(page.mediabox.width), round(page.mediabox.height)) == (842, 595)


def test_every_page_repeats_the_header_and_has_its_number(filled_pages: list[str]) -> None:
    assert len(filled_pages) == 4
    for number, text in enumerate(filled_pages, 1):
        assert all(heading in text for heading in HEADINGS)
        assert "（须列举出教师减负的具体事项及活动的名称、数量、比例、成效等".replace("（", "(") in text
        assert text.count(f"—{number}—") == 1


def test_every_row_stands_whole_on_exactly_one_page(filled_pages: list[str]) -> None:
    for row in (row for group in template()["groups"] for row in group["rows"]):
        where = [page for page in filled_pages if squeezed(row["requirement"]) in page]
        assert len(where) == 1, row["key"]
        assert squeezed(row["task"]) in where[0]
        assert squeezed(row["sections_text"]) in where[0]
    assert sum(page.count(squeezed(DONE + DECLINED)) for page in filled_pages) == 14


def test_a_cut_group_keeps_its_words_on_the_next_page(filled_pages: list[str]) -> None:
    titles = [squeezed(group["title"]) for group in template()["groups"]]
    for title in titles:
        shown = [page for page in filled_pages if title in page]
        assert [title + "(续)" in page for page in shown] == [False] + [True] * (len(shown) - 1)
    assert any(sum(title in page for page in filled_pages) > 1 for title in titles)


def test_blanks_stand_in_their_sentences(filled_pages: list[str]) -> None:
    text = "".join(filled_pages)
    assert "本年度公布的督查检查评比考核事项共10项。" in text
    assert "本年抽调借用教师22人,较上年减少23人。(不含交流轮岗)" in text


def layouts(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Counts the layouts from here on, one entry each."""
    calls: list[int] = []
    real = pdf.laid_out
    monkeypatch.setattr(pdf, "laid_out", lambda *given: calls.append(1) or real(*given))
    return calls


def test_one_layout_is_enough_when_the_page_ends_were_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = layouts(monkeypatch)
    for sample in (form(), form(done=(DONE, DECLINED), values=values()), form(done=(DONE,) * 4)):
        calls.clear()
        pdf.render_form(sample)
        assert len(calls) == 1


@pytest.mark.parametrize("guess", [frozenset(), frozenset({1, 5, 8}), frozenset(range(14))])
def test_a_wrong_guess_costs_time_and_changes_nothing(
    guess: frozenset[int], filled: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = layouts(monkeypatch)
    monkeypatch.setattr(pdf, "guessed_starts", lambda *given: guess)
    assert pdf.render_form(form(done=(DONE, DECLINED), values=values())) == filled
    assert len(calls) == 2


def test_layouts_that_never_agree_come_to_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = layouts(monkeypatch)
    answers = itertools.cycle([frozenset({1}), frozenset({2})])
    monkeypatch.setattr(pdf, "page_starts", lambda *given: next(answers))
    monkeypatch.setattr(pdf, "guessed_starts", lambda *given: frozenset())
    pages = pages_of(pdf.render_form(form()))
    assert len(calls) <= pdf.PASSES
    for row in (row for group in template()["groups"] for row in group["rows"]):
        assert sum(squeezed(row["requirement"]) in page for page in pages) == 1


def test_a_group_and_a_row_longer_than_a_page_print_completely() -> None:
    words = tuple(f"第{place}条：{DONE}" for place in range(1, 61))
    long = FormRow(number="1", task="很长的任务", requirement="要求", implementation=words, sections="督导室")
    short = FormRow(number="2", task="短的任务", requirement="要求二")
    pages = pages_of(pdf.render_form(form(groups=(FormGroup("很长的事项", (long, short)),))))
    assert len(pages) > 3
    text = "".join(pages)
    for piece in words:
        assert squeezed(piece) in text
    assert ["很长的事项(续)" in page for page in pages] == [False] + [True] * (len(pages) - 1)
    assert sum("很长的任务" in page for page in pages) >= len(pages) - 1


@pytest.mark.parametrize("key", ["requirement", "sections"])
def test_any_other_cell_higher_than_a_page_prints_completely_under_the_header(key: str) -> None:
    words = "".join(map(chr, range(0x4E00, 0x4E00 + 800)))
    row = FormRow(**{"number": "1", "task": "任务", key: words})
    pages = pages_of(pdf.render_form(form(groups=(FormGroup("事项", (row,)),))))
    assert all("重点监测数据" in page for page in pages)
    assert set(words) <= set("".join(pages))


def fonts(data: bytes) -> Iterator[dict]:
    for page in PdfReader(io.BytesIO(data)).pages:
        for font in page["/Resources"]["/Font"].values():
            yield from (part.get_object() for part in font.get_object()["/DescendantFonts"])


def test_all_fonts_are_embedded(filled: bytes) -> None:
    descriptors = [font["/FontDescriptor"].get_object() for font in fonts(filled)]
    assert descriptors
    assert all("/FontFile3" in d or "/FontFile2" in d for d in descriptors)
    assert {name[8:] for d in descriptors if (name := d["/FontName"])} == {"Noto-Serif-SC", "Noto-Sans-SC"}


def test_rare_names_print() -> None:
    names = "𬭎䶮喆堃翀"
    row = FormRow(number="1", task=names, implementation=(names,))
    (text,) = pages_of(pdf.render_form(form(title=f"{names}区台账", groups=(FormGroup(names, (row,)),))))
    assert text.count(squeezed(names)) == 4


def test_typed_markup_is_text() -> None:
    evil = '<img src="http://example.com/x.png"><script>1</script>&amp;{{ form }}'
    row = FormRow(number="1", task=evil, requirement=evil, implementation=(evil,))
    (text,) = pages_of(pdf.render_form(form(groups=(FormGroup(evil, (row,)),), unit=evil, state=evil)))
    assert text.count(squeezed(evil)) >= 5


def test_nul_lone_surrogates_and_bom_do_not_break_the_page() -> None:
    row = FormRow(number="1", task="甲\x00乙\ud800丙\ufeff丁\x1f戊")
    (text,) = pages_of(pdf.render_form(form(groups=(FormGroup("事项", (row,)),))))
    assert "甲乙丙丁戊" in text


def test_metadata_is_the_documents_own(filled: bytes) -> None:
    reader = PdfReader(io.BytesIO(filled))
    assert reader.metadata.title == "云岭区中小学教师减负工作重点任务台账"
    assert reader.metadata.author == "云岭区教育委员会"
    assert reader.metadata.producer == reader.metadata.creator == "减负台账"
    assert reader.trailer["/Root"]["/Lang"] == "zh-CN"


def test_the_same_form_gives_the_same_bytes(filled: bytes) -> None:
    assert pdf.render_form(form(done=(DONE, DECLINED), values=values())) == filled


def test_too_much_text_is_refused_in_words() -> None:
    with pytest.raises(DocumentTooLarge, match="超过一份 PDF 80,000 字的上限。请精简"):
        pdf.render_form(form(done=("字" * 10_000,)))


FOREIGN = [
    "http://127.0.0.1:9/x.png",
    "https://example.com/x.png",
    "ftp://example.com/x.png",
    "file:///etc/passwd",
    "/etc/passwd",
    "../manage.py",
    "manage.py",
    "FILE:///etc/passwd",
    " file:///etc/passwd",
]
MARKUP = [
    '<img src="{}">',
    '<object data="{}"></object>',
    '<embed src="{}">',
    '<link rel="stylesheet" href="{}">',
    '<link rel="attachment" href="{}">',
    '<a rel="attachment" href="{}">附件</a>',
    "<style>@import url('{}');</style>",
    "<style>@font-face {{ font-family: 甲; src: url('{}') }} p {{ font-family: 甲 }}</style>",
    "<style>p {{ background: url('{}') }}</style>",
    "<style>li {{ list-style-image: url('{}') }}</style><li>一</li>",
    "<style>p::before {{ content: url('{}') }}</style>",
    '<svg width="9" height="9"><image href="{}" width="9" height="9"/></svg>',
    '<svg width="9" height="9"><use href="{}#a"/></svg>',
    '<base href="file:///etc/"><img src="passwd">',
]


@pytest.mark.parametrize("markup", MARKUP)
def test_the_renderer_reads_no_file_and_calls_no_host(markup: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def opened(*given: object, **more: object) -> None:
        pytest.fail(f"opened {given}")

    monkeypatch.setattr("urllib.request.OpenerDirector.open", opened)
    monkeypatch.setattr("socket.create_connection", opened)
    for address in FOREIGN:
        data = pdf.render_pages(f"<!doctype html><title>表</title>{markup.format(address)}<p>正文</p>")
        reader = PdfReader(io.BytesIO(data))
        assert "正文" in reader.pages[0].extract_text()
        assert not reader.attachments


@pytest.mark.parametrize("address", FOREIGN)
def test_the_fetcher_refuses_before_anything_is_opened(address: str) -> None:
    fetcher = SealedFetcher()
    with pytest.raises(FetchRefused):
        fetcher.fetch(address)
    assert fetcher.refused == [address]


def test_data_addresses_are_answered() -> None:
    assert SealedFetcher().fetch("data:text/plain,%E8%A1%A8").read().decode() == "表"


def test_other_pages_are_upright_by_default() -> None:
    data = pdf.render_pages("<!doctype html><html lang=zh-CN><title>审批表</title><h1>审批表</h1>")
    (page,) = PdfReader(io.BytesIO(data)).pages
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (595, 842)
    assert "— 1 —" in page.extract_text()


def test_no_template_refers_to_anything_outside() -> None:
    for path in (Path(pdf.TEMPLATES) / "exports").iterdir():
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"https?:|url\(|@import|<script|<link", text), path.name


@pytest.mark.parametrize("count", [19, 20])
def test_the_signatures_never_stand_on_a_page_of_their_own(count: int) -> None:
    rows = tuple(FormRow(number=str(place), task=f"第{place}项任务") for place in range(1, count + 1))
    sample = form(groups=(FormGroup("事项", rows),), notes=("说明：本表由区教委汇总。",))
    last = pages_of(pdf.render_form(sample))[-1]
    assert f"第{count}项任务" in last
    assert "审核人(签字):" in last


def test_the_real_title_font_gets_no_stroke(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paper, "OWN_FONTS", tmp_path)
    for file, stroke in {"": "0.45", "FZFSJW.TTF": "0.45", "FZXBSJW.TTF": "0"}.items():
        (tmp_path / (file or "README")).touch()
        paper.title_stroke.cache_clear()
        assert paper.title_art("台账")["stroke"] == stroke
    paper.title_stroke.cache_clear()


def test_a_title_longer_than_the_paper_is_broken_into_even_lines() -> None:
    assert paper.title_art("云岭区台账")["lines"] == ["云岭区台账"]
    assert list(map(len, paper.title_art("字" * 50)["lines"])) == [25, 25]
