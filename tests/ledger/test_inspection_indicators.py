"""Rows 1 and 2: the published plan; the single items told apart; last year from wherever it is known."""

import pytest

from approvals import services
from approvals.models import Application
from approvals.states import Disposition, PlanState, State
from jianfu.kernel import dates
from jianfu.kernel.indicators import INDICATORS, Measured
from jianfu.organisations.states import Role
from ledger.selectors import figures
from ledger.services.assigning import set_baselines
from tests.approvals.plans import (
    OFFICES,
    collected,
    item,
    item_step,
    plan_at,
    plan_of,
    plan_step,
    single_at,
)
from tests.factories import World

from .forms import clerk, office, opened, row_of, signed_in

pytestmark = pytest.mark.django_db


def measured(world: World, code: str, year: int | None = None) -> Measured:
    return INDICATORS[code].measure(world.district, year or dates.today().year)


def published(world: World, count: int) -> Application:
    """A published plan of ``count`` items, one more that was handed in and one that was refused."""
    items = [collected(world, title=f"检查{serial}") for serial in range(count)]
    refused = item_step(item(world, title="被退的检查"), "submit", world)
    reviewer = world.user(Role.FIRST_REVIEWER)
    services.perform(application=refused, name="return_", by=reviewer, note="依据不足")
    item_step(item(world, title="还没同意的检查"), "submit", world)
    plan = plan_of(items[0])
    for name in ("send", *OFFICES, "approve", "publish"):
        plan = plan_step(plan, name, world)
    return items[0]


def test_until_the_plan_is_published_nothing_is_known(world: World) -> None:
    assert measured(world, "I1").value is None
    plan_at(PlanState.APPROVED, world)
    assert measured(world, "I1").value is None
    assert measured(world, "I2").value is None


@pytest.mark.parametrize("count", [1, 3])
def test_the_published_items_count_and_no_others(world: World, count: int) -> None:
    published(world, count)
    assert measured(world, "I1").value == count


def test_the_single_items_are_told_and_not_added(world: World) -> None:
    published(world, 2)
    single_at(State.ANNOUNCED, world)
    said = measured(world, "I1")
    assert said.value == 2
    assert "另有一事一报 1 项，单独统计，未计入" in said.explanation


def test_a_single_item_alone_is_no_plan(world: World) -> None:
    single_at(State.ANNOUNCED, world)
    said = measured(world, "I1")
    assert said.value is None
    assert "还没有公布" in said.explanation
    assert "一事一报 1 项" in said.explanation


def test_another_district_and_another_year_do_not_count(world: World, stranger_world: World) -> None:
    published(stranger_world, 1)
    assert measured(world, "I1").value is None
    assert measured(stranger_world, "I1", dates.today().year + 1).value is None


def test_last_year_comes_from_the_document_of_the_plan(world: World) -> None:
    plan = plan_of(collected(world))
    by = world.user(Role.PUBLICATION_CLERK)
    services.set_baseline(plan=plan, by=by, count=24, source="云委办〔2025〕8号")
    for name in ("send", *OFFICES, "approve", "publish"):
        plan = plan_step(plan, name, world)
    year = dates.today().year
    assert measured(world, "I2") == Measured(23, f"{year - 1}年 24 项，{year}年 1 项，相减得出")
    assert INDICATORS["I1"].before(world.district, year).explanation == (
        f"{year - 1}年 24 项（云委办〔2025〕8号）"
    )


def test_last_year_comes_from_the_lines_of_the_clean_up(world: World) -> None:
    plan = plan_of(collected(world))
    by = world.user(Role.PUBLICATION_CLERK)
    for title in ("甲", "乙", "丙"):
        past = services.add_past_item(plan=plan, by=by, title=title, source="2025年清单")
        services.dispose(item=past, disposition=Disposition.KEPT, by=by)
    for name in ("send", *OFFICES, "approve", "publish"):
        plan = plan_step(plan, name, world)
    assert measured(world, "I2").value == 2


def test_the_ledgers_own_baseline_goes_first(world: World) -> None:
    plan = plan_of(collected(world))
    by = world.user(Role.PUBLICATION_CLERK)
    services.set_baseline(plan=plan, by=by, count=24, source="云委办〔2025〕8号")
    for name in ("send", *OFFICES, "approve", "publish"):
        plan = plan_step(plan, name, world)
    ledger = opened(world, year=dates.today().year)

    def less() -> int | None:
        rows = list(ledger.rows.prefetch_related("blanks").order_by("number"))
        figures.bring_up_to_date(ledger, rows, figures.last_year(ledger))
        return next(blank.number for row in rows for blank in row.blanks.all() if blank.code == "I2")

    assert less() == 23
    set_baselines(ledger=ledger, values={"I1": (30, "2020年度清单")}, by=office(world))
    assert less() == 29


def test_the_row_of_the_form_leads_to_the_published_list(world: World) -> None:
    published(world, 2)
    single_at(State.ANNOUNCED, world)
    year = dates.today().year
    ledger = opened(world, year=year)
    client = signed_in(clerk(world))
    page = client.get(row_of(ledger, 1).get_absolute_url()).content.decode()
    address = f"/whitelist/{world.district.code}/inspections/{year}/"
    assert f'href="{address}#planned"' in page
    assert "一事一报 1 项，单独统计，未计入" in page
    listing = client.get(address).content.decode()
    assert '<h2 id="planned">计划内事项（2 项）</h2>' in listing
