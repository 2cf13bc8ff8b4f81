"""Years have gaps: what 较上年 is taken against is said on screen, in Excel, PDF and Word."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from jianfu.kernel import dates
from jianfu.organisations.states import Role
from ledger.exports.form import render
from ledger.models import Ledger
from ledger.selectors.compared import compared_with
from ledger.selectors.figures import last_year
from ledger.services.assigning import set_baselines
from ledger.services.filling import save_row
from ledger.states import ValueSource
from tests.factories import World
from tests.ledger.forms import clerk, office, opened, row_of, signed_in, url
from tests.ledger.years import entered, taken


def said(ledger: Ledger) -> str:
    return compared_with(ledger, last_year(ledger))


def test_a_gap_is_never_bridged_and_said_everywhere(world: World) -> None:
    opened(world, year=2024)
    ledger = opened(world)
    words = "没有2025年的台账，2024年的不拿来对照"
    assert words in said(ledger)
    row = save_row(row=row_of(ledger, 8), by=clerk(world), entries=[])
    assert row.blanks.get(code="I8b").source == ValueSource.INCOMPARABLE
    for address in (ledger.get_absolute_url(), url("ledger_print", ledger.year)):
        assert words in signed_in(office(world)).get(address).content.decode()
    sheet = load_workbook(io.BytesIO(render(ledger, "xlsx", dates.today()))).active
    assert any(words in str(cell.value) for line in sheet.iter_rows() for cell in line)
    pages = PdfReader(io.BytesIO(render(ledger, "pdf", dates.today()))).pages
    assert words in "".join("".join(page.extract_text().split()) for page in pages)


def test_without_any_year_before_and_with_baselines(world: World) -> None:
    ledger = opened(world)
    assert said(ledger).startswith("没有2025年的台账。“较上年”按上年清单计算")
    set_baselines(ledger=ledger, values={"I1": (36, "2025年清单")}, by=office(world))
    assert "取登记的上年基数" in said(ledger)


@pytest.mark.parametrize("checked", [False, True])
def test_a_year_of_before_counts_once_it_is_checked(world: World, checked: bool) -> None:
    ledger = opened(world)
    past = taken(entered(world), "hand_over", office(world))
    if checked:
        taken(past, "record", world.user(Role.LEADER))
    assert said(ledger).startswith("" if checked else "2025年台账还在补录，归档后才对照")
    assert bool(said(ledger)) is not checked
    assert said(past) == ""
