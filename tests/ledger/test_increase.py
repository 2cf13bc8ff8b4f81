"""较上年减少 that is an increase: 增加 n on the screen, in the files, in the history; nothing known is —."""

from io import BytesIO

import openpyxl
import pytest
from pypdf import PdfReader

from ledger.exports.form import render
from ledger.forms.difference import DifferenceField
from ledger.models import Ledger, LedgerRow
from ledger.selectors import figures
from ledger.services.assigning import set_baselines
from ledger.services.filling import BlankInput, save_row
from ledger.states import RowState, ValueSource
from ledger.workflow import ROW
from tests.factories import World

from .forms import FILL_BY, HELD, clerk, office, opened, row_of, signed_in, typed, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_records")]

SENTENCE = "本年度各类“进校园”活动数量21项，较上年度增加3项。"


@pytest.fixture
def no_records(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ledger.selectors.asked.INDICATORS", {})


@pytest.fixture
def ledger(world: World) -> Ledger:
    """Last year 18 by a document, this year 21."""
    ledger = opened(world)
    set_baselines(ledger=ledger, values={"I8a": (18, "2025年统计表")}, by=office(world))
    blanks = {"I8a": BlankInput(21), "I8b": BlankInput(-3)}
    save_row(row=row_of(ledger, 8), by=clerk(world), entries=[HELD], blanks=blanks)
    return ledger


def reported(row: LedgerRow, world: World) -> LedgerRow:
    return ROW.perform(row, "submit", by=clerk(world))


def text_of(world: World, address: str) -> str:
    answer = signed_in(clerk(world)).get(address)
    assert answer.status_code == 200
    return "".join(answer.content.decode().split())


def test_the_row_and_the_grid_read_the_increase(world: World, ledger: Ledger) -> None:
    row = reported(row_of(ledger, 8), world)
    for address in (row.get_absolute_url(), ledger.get_absolute_url()):
        page = text_of(world, address)
        assert "较上年度增加<b>3</b>项" in page
        assert "较上年度减少<b>" not in page
        assert "−3" not in page
    assert '<tddata-label="登记簿算出">增加3' in text_of(world, row.get_absolute_url())


def test_excel_and_pdf_read_the_increase(world: World, ledger: Ledger) -> None:
    sheet = openpyxl.load_workbook(BytesIO(render(ledger, "xlsx", FILL_BY))).worksheets[0]
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row]
    assert SENTENCE in cells
    pages = PdfReader(BytesIO(render(ledger, "pdf", FILL_BY))).pages
    words = "".join("".join(page.extract_text().split()) for page in pages)
    assert "较上年度增加3项" in words
    assert "较上年度减少-3" not in words


def test_the_history_reads_the_increase(world: World, ledger: Ledger) -> None:
    row = row_of(ledger, 8)
    assert row.history.first().reported_figures == SENTENCE
    assert "较上年度增加3项" in text_of(world, f"/history/ledger_row/{row.pk}/")


def test_the_field_shows_and_reads_the_increase(world: World, ledger: Ledger) -> None:
    row = row_of(ledger, 8)
    page = signed_in(clerk(world)).get(row.get_absolute_url()).content.decode()
    assert f'name="row{row.pk}-I8b" value="增加 3"' in page
    data = typed(row, {"name": "统筹"}, I8a="25", I8b="增加 7")
    assert signed_in(clerk(world)).post(url("row_detail", row.pk), data).status_code == 302
    row.refresh_from_db()
    assert row.reported_figures.endswith("较上年度增加7项。")


@pytest.mark.parametrize(
    ("given", "number"),
    [
        ("3", 3), ("-3", -3), ("−3", -3), ("增加 3", -3), ("增加３项", -3), ("增3", -3), (" 增加3", -3),
        ("减少3", 3), ("减 3", 3), ("0", 0), ("增加0", 0), ("", None),
    ],
)  # fmt: skip
def test_what_may_be_typed(given: str, number: int | None) -> None:
    assert DifferenceField(min_value=-99, required=False).clean(given) == number


@pytest.mark.parametrize("given", ["增加", "增加三", "增加 3.5", "增增3", "增加增加3", "约3"])
def test_what_is_refused(given: str) -> None:
    with pytest.raises(Exception, match="要填整数"):
        DifferenceField(min_value=-99, required=False).clean(given)


# ---- Nothing to compare


def first_year(world: World) -> LedgerRow:
    row = row_of(opened(world), 8)
    return save_row(row=row, by=clerk(world), entries=[HELD], blanks={"I8a": BlankInput(21)})


def test_without_last_year_the_difference_is_a_dash_and_never_nought(world: World) -> None:
    row = first_year(world)
    blank = row.blanks.get(code="I8b")
    assert (blank.number, blank.computed, blank.source) == (None, None, ValueSource.INCOMPARABLE)
    assert row.reported_figures.endswith("较上年度减少—项。")
    row = reported(row, world)
    assert row.state == RowState.SUBMITTED
    assert "较上年度减少<b>—</b>项" in text_of(world, row.ledger.get_absolute_url())
    sheet = openpyxl.load_workbook(BytesIO(render(row.ledger, "xlsx", FILL_BY))).worksheets[0]
    cells = [str(cell.value) for line in sheet.iter_rows() for cell in line]
    assert "本年度各类“进校园”活动数量21项，较上年度减少—项。" in cells


def test_the_empty_field_says_that_there_is_nothing_to_compare(world: World) -> None:
    row = first_year(world)
    page = signed_in(clerk(world)).get(row.get_absolute_url()).content.decode()
    assert page.count('placeholder="—"') == 1


def test_a_baseline_entered_later_fills_it(world: World) -> None:
    row = first_year(world)
    set_baselines(ledger=row.ledger, values={"I8a": (30, "2025年统计表")}, by=office(world))
    rows = list(row.ledger.rows.prefetch_related("blanks").order_by("number"))
    figures.bring_up_to_date(row.ledger, rows, figures.last_year(row.ledger))
    (blank,) = [blank for row in rows for blank in row.blanks.all() if blank.code == "I8b"]
    assert (blank.number, blank.source) == (9, ValueSource.COMPUTED)


def test_where_last_year_is_known_an_empty_difference_is_missing(world: World, ledger: Ledger) -> None:
    row = save_row(row=row_of(ledger, 8), by=clerk(world), blanks={"I8b": BlankInput(None)})
    assert row.blanks.get(code="I8b").source == ""
    with pytest.raises(Exception, match="还空着"):
        reported(row, world)
