"""Long registers as PDF: drawn here, they look as WeasyPrint sets them."""

import io
import random
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from pypdf import PdfReader

from jianfu.kernel.documents import register_pdf
from jianfu.kernel.documents.long.breaking import broken, collapsed
from jianfu.kernel.documents.register import RegisterColumn
from jianfu.kernel.documents.register_pdf import Section, write_register
from tests.kernel.documents.samples import DAY

COLUMNS = (
    RegisterColumn("序号", 10, centred=True),
    RegisterColumn("姓名", 16, centred=True),
    RegisterColumn("原学校", 28),
    RegisterColumn("工作事项", 36),
    RegisterColumn("借用起止", 38, centred=True),
    RegisterColumn("批准文号", 30),
)
ITEMS = ("参加“双减”专项督导（借用）", "全区质量监测——数据整理，第3期", "驻村帮扶", "")
NOTES = ("负责人（签字）：　　　　填表人（签字）：", "本表一式两份。")


def rows(count: int, first: int = 1) -> list[tuple[Any, ...]]:
    chance = random.Random(count)
    return [
        (
            number,
            chance.choice("赵钱孙李") + chance.choice("晓志") + chr(0x4E00 + chance.randrange(800)),
            f"云岭区第{chance.randrange(60)}中学",
            chance.choice(ITEMS),
            f"{date(2026, 1 + number % 12, 1 + number % 28):%Y年%m月%d日}至\n2026年12月31日",
            f"云编办〔2026〕{chance.randrange(200)}号" + "，另见附件（含班主任）" * (number % 3),
        )
        for number in range(first, first + count)
    ]


def paper(*sections: Section, said: Callable[[int], None] = lambda _count: None, **about: Any) -> PdfReader:
    out = io.BytesIO()
    told = {"heading": ("填报单位：区教委", "共 60 条"), "notes": NOTES, **about}
    write_register(out, "云岭区借用教师工作台账", COLUMNS, sections, made_on=DAY, said=said, **told)
    return PdfReader(out)


def places(reader: PdfReader) -> list[list[tuple[int, int]]]:
    """Where each piece of text begins, page by page, in half points from the left and the bottom."""
    found: list[list[tuple[int, int]]] = []
    for page in reader.pages:
        found.append([])

        def note(_text: str, at: Any, inside: Any, _font: Any, _size: Any) -> None:
            if _text.strip():
                x, y = inside[4] * at[0] + at[4], inside[5] * at[3] + at[5]
                found[-1].append((round(x * 2), round(y * 2)))

        page.extract_text(visitor_text=note)
    return [sorted(page) for page in found]


def words(reader: PdfReader) -> list[list[str]]:
    return [sorted(page.extract_text().split()) for page in reader.pages]


@pytest.fixture(scope="module")
def both() -> tuple[PdfReader, PdfReader]:
    """The same register as WeasyPrint sets it and as it is drawn: sections, pages, notes."""
    sections = [Section("计划内事项", rows(34)), Section("一事一报事项（另计）", rows(31, 35))]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(register_pdf, "LONG", 1_000)
        set_ = paper(*sections)
        patch.setattr(register_pdf, "LONG", 0)
        drawn = paper(*sections)
    return set_, drawn


def test_each_page_holds_the_same_words(both: tuple[PdfReader, PdfReader]) -> None:
    set_, drawn = both
    assert len(set_.pages) > 3
    assert words(drawn) == words(set_)


def test_every_word_stands_where_it_stood(both: tuple[PdfReader, PdfReader]) -> None:
    set_, drawn = both
    for theirs, ours in zip(places(set_), places(drawn), strict=True):
        assert len(theirs) == len(ours)
        assert max(max(abs(a - c), abs(b - d)) for (a, b), (c, d) in zip(theirs, ours, strict=True)) <= 1


def test_the_head_and_the_number_stand_on_every_page(both: tuple[PdfReader, PdfReader]) -> None:
    for number, page in enumerate(both[1].pages, start=1):
        text = page.extract_text()
        assert "借用起止" in text
        assert f"— {number} —" in text
        assert text.count("借用教师工作台账") == (number == 1)


def test_the_file_says_what_it_is_and_embeds_its_fonts(both: tuple[PdfReader, PdfReader]) -> None:
    drawn = both[1]
    assert drawn.metadata == both[0].metadata
    fonts = drawn.pages[-1]["/Resources"]["/Font"]
    descriptors = [font.get_object()["/DescendantFonts"][0]["/FontDescriptor"] for font in fonts.values()]
    assert all("/FontFile3" in found or "/FontFile2" in found for found in descriptors)


def test_rows_may_come_one_by_one_and_are_told() -> None:
    told: list[int] = []
    reader = paper(Section("", iter(rows(120))), said=told.append)
    assert told == list(range(1, 121))
    assert "120" in reader.pages[-1].extract_text().split()


def test_the_same_input_gives_the_same_bytes() -> None:
    def made() -> bytes:
        out = io.BytesIO()
        write_register(out, "台账", COLUMNS, [Section("", rows(110))], made_on=DAY)
        return out.getvalue()

    assert made() == made()


def test_a_row_higher_than_a_page_goes_on_with_the_head_above() -> None:
    row = (2, "甲", "长文" * 900, "", "", "")
    reader = paper(Section("", iter([*rows(1), row, *rows(1, 3)])))
    pages = [page.extract_text() for page in reader.pages]
    assert sum(page.count("长文长文") for page in pages) > 10
    assert "".join(pages).replace("\n", "").count("长") == 900
    assert all("借用起止" in page for page in pages)
    assert len(pages) > 3


def test_a_section_never_ends_a_page() -> None:
    """Whatever stands before it, its line is on the page of its first row."""
    for before in range(8, 24, 3):
        reader = paper(Section("", rows(before)), Section("后一组", iter([("尾", "", "", "", "", "")])))
        pages = [page.extract_text() for page in reader.pages]
        assert [("后一组" in page) == ("尾" in page) for page in pages] == [True] * len(pages)


def test_notes_that_find_no_room_get_a_page() -> None:
    long_notes = tuple(f"说明第{number}条。" for number in range(25))
    *before, last = [
        page.extract_text() for page in paper(Section("", iter(rows(12))), notes=long_notes).pages
    ]
    assert "说明第0条" in last
    assert "说明第24条" in last
    assert "借用起止" not in last
    assert f"— {len(before) + 1} —" in last
    assert "说明第" not in "".join(before)


def test_characters_that_no_font_has_break_nothing() -> None:
    odd = (1, "e\u0301", "\u0f40\u0f90", "שלום", "☑️", "\U000f0000 \u200b")
    reader = paper(Section("", iter([odd])))
    assert "é" in reader.pages[0].extract_text()


@pytest.fixture
def widths() -> Iterator[dict[str, float]]:
    return dict.fromkeys("国教育，。（）", 10.0) | dict.fromkeys("abc12 ", 5.0)


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("国国国", 30, ["国国国"]),
        ("国国国", 29, ["国国", "国"]),
        ("国国，国", 20, ["国", "国，", "国"]),  # no line begins with a comma
        ("国（国）", 20, ["国", "（国", "）"]),
        ("abc abc", 20, ["abc", "abc"]),  # the blank stands over
        ("abcabc", 20, ["abca", "bc"]),  # a word longer than a line breaks anywhere
        ("国", 5, ["国"]),  # nor does a character that is wider than its cell stop it
        ("国国", 5, ["国", "国"]),
    ],
)
def test_lines_break_as_weasyprint_breaks_them(
    widths: dict[str, float], text: str, room: float, lines: list[str]
) -> None:
    assert broken(text, room, widths) == lines


def test_blanks_collapse_as_in_html() -> None:
    assert collapsed(" 甲 \n 乙\n") == "甲 乙"
    assert collapsed("甲　乙") == "甲　乙"
    assert collapsed("e\u0301") == "é"
