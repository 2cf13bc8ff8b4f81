"""Rows written as XML read back as what they were."""

import io
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import load_workbook

from jianfu.kernel.documents import rows, xlsx
from jianfu.kernel.documents.xlsx import RegisterColumn
from tests.kernel.documents.samples import DAY


def book(*values: object, columns: int = 1) -> bytes:
    return xlsx.render_table(
        "表", [RegisterColumn("甲")] * columns, [[value] * columns for value in values], made_on=DAY
    )


def read(data: bytes) -> list[object]:
    page = load_workbook(io.BytesIO(data)).active
    return [row[0] for row in page.iter_rows(min_row=3, values_only=True)]


@pytest.mark.parametrize(
    "text",
    [
        "<b>&amp;</b>",
        "]]>",
        " 前后有空格 ",
        "两\n行",
        "0012",
        "=1+1",
        "'",
        '"',
        "𬭎",
        "a" * 32_767,
    ],
)
def test_a_text_stays_as_it_was(text: str) -> None:
    assert read(book(text)) == [text]


def test_equal_values_of_other_kinds_are_not_taken_for_each_other() -> None:
    values = [1, True, 1.0, "1", 0, False]
    assert read(book(*values)) == [1, "是", 1, "1", 0, "否"]


def test_days_and_moments_are_not_taken_for_each_other() -> None:
    day, midnight = date(2026, 9, 1), datetime(2026, 9, 1)  # noqa: DTZ001
    assert read(book(day, midnight)) == [midnight, "2026年9月1日 00:00"]


def test_what_is_no_number_is_written_in_words() -> None:
    assert read(book(float("inf"), float("nan"), 1.25, 10**15)) == ["inf", "nan", 1.25, 10**15]


def test_every_cell_stands_in_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "REMEMBERED", 3)
    monkeypatch.setattr(rows, "CHUNK", 2)
    page = load_workbook(io.BytesIO(book(*range(11), columns=28))).active
    assert [page.cell(place, 28).value for place in range(3, 14)] == list(range(11))
    assert page["AB13"].value == 10


def test_a_long_register_is_not_held_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jianfu.kernel.documents.register.SPOOLED", 100)
    assert read(book(*range(200))) == list(range(200))


def test_the_bytes_repeat_and_name_no_moment() -> None:
    assert book("甲", 1) == book("甲", 1)
    infos = zipfile.ZipFile(io.BytesIO(book("甲"))).infolist()
    assert {info.date_time[:3] for info in infos} == {(DAY.year, DAY.month, DAY.day)}
