"""The way beside a figure leads to exactly the records counted: none, one, three, and not to others."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from approvals.states import State
from jianfu.kernel import dates
from jianfu.kernel.indicators import INDICATORS
from tests.approvals.plans import OFFICES, collected, plan_of, plan_step, single_at
from tests.factories import World

from .forms import clerk, opened, row_of, signed_in
from .registers import dispose, enter
from .secondments import borrow, give_back
from .test_whitelist_indicators import listed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]

Make = Callable[[World, int], None]
VILLAGE = {"kind": "village", "starts_on": date(2026, 4, 1), "ends_on": None}


def inspections(world: World, count: int) -> None:
    """Published ones; beside them one singly approved, which is told apart."""
    items = [collected(world, title=f"检查{serial}") for serial in range(count)]
    if items:
        plan = plan_of(items[0])
        for name in ("send", *OFFICES, "approve", "publish"):
            plan = plan_step(plan, name, world)
    single_at(State.ANNOUNCED, world)


def entries(world: World, count: int) -> None:
    listed(world, 2026, count)
    listed(world, 2025, 2)


def borrowed(world: World, count: int) -> None:
    for serial in range(count):
        borrow(world, name=f"教师{serial}")
    borrow(world, name="轮岗", kind="rotation", ends_on=date(2029, 6, 30))


def called_back(world: World, count: int) -> None:
    for serial in range(count):
        give_back(world, borrow(world, name=f"教师{serial}", **VILLAGE), date(2026, 9, 1))
    borrow(world, name="还在驻村", **VILLAGE)
    borrow(world, name="借到机关")


def ended(slug: str) -> Make:
    def make(world: World, count: int) -> None:
        for serial in range(count):
            item = enter(world, slug, name=f"停用{serial}", begun_on=date(2025, 3, 1))
            dispose(world, item, "cancel")
        enter(world, slug, name="还在用", begun_on=date(2025, 3, 1))
        enter(world, slug, name="今年的")

    return make


def kept(world: World, count: int) -> None:
    for serial in range(count):
        enter(world, "forms", name=f"保留{serial}", begun_on=date(2025, 3, 1))
    dispose(world, enter(world, "forms", name="停用", begun_on=date(2025, 3, 1)), "cancel")


def added(world: World, count: int) -> None:
    for serial in range(count):
        enter(world, "forms", name=f"新增{serial}")
    enter(world, "forms", name="去年的", begun_on=date(2025, 3, 1))


def in_all(world: World, count: int) -> None:
    """One of each kind at three; a form of the year that went in the same year counts nowhere."""
    days = [date(2025, 3, 1), date(2026, 3, 1), date(2025, 3, 1)]
    items = [enter(world, "forms", name=f"报表{serial}", begun_on=days[serial]) for serial in range(count)]
    if count == 3:
        dispose(world, items[2], "cancel")
    dispose(world, enter(world, "forms", name="当年来当年去"), "cancel")


def cities(world: World, count: int) -> None:
    for serial in range(count):
        enter(world, "duties", name=f"创建{serial}")
    enter(world, "duties", name="专项", kind="special")
    enter(world, "duties", name="明年的", begun_on=date(2027, 1, 1))


def reused(world: World, count: int) -> None:
    for serial in range(count):
        enter(world, "reuses", name=f"数据{serial}", times=1)
    enter(world, "reuses", name="去年的", begun_on=date(2025, 3, 1))


def trained(world: World, count: int) -> None:
    for serial in range(count):
        enter(world, "gatherings", name=f"培训{serial}", people=1)
    enter(world, "gatherings", name="教研", is_related=True)
    enter(world, "gatherings", name="会议", kind="meeting")


MAKERS: dict[str, Make] = {
    "I1": inspections,
    "I3": ended("channels"),
    "I4": called_back,
    "I6": cities,
    "I8a": entries,
    "I10a": in_all,
    "I10b": ended("forms"),
    "I10c": kept,
    "I10d": added,
    "I12": reused,
    "I13a": borrowed,
    "I14": trained,
}


def rows_behind(page: str) -> int:
    """How many rows the page's table has; of a page in two parts the part that the way points at."""
    start = page.find('id="planned"')
    table = page[max(start, 0) :]
    body = re.search(r"<tbody>(.*?)</tbody>", table, re.DOTALL)
    return len(re.findall(r"<tr[ >]", body[1])) if body else 0


def test_every_figure_is_here() -> None:
    counted = {code for code, indicator in INDICATORS.items() if not indicator.compares}
    assert counted == set(MAKERS)
    assert {i.compares for i in INDICATORS.values() if i.compares} <= counted


@pytest.mark.parametrize("count", [0, 1, 3])
@pytest.mark.parametrize("code", sorted(MAKERS))
def test_the_way_leads_to_exactly_the_records_counted(
    world: World, stranger_world: World, code: str, count: int, settings: Any
) -> None:
    MAKERS[code](world, count)
    MAKERS[code](stranger_world, 2)
    indicator, year = INDICATORS[code], dates.today().year
    value = indicator.measure(world.district, year).value
    figure = len([name for name in value.split("、") if name != "无"]) if isinstance(value, str) else value
    if figure is None:
        assert count == 0
        return
    assert figure == count
    (way,) = indicator.records(world.district, year)
    answer = signed_in(clerk(world)).get(way.url)
    assert answer.status_code == 200
    assert rows_behind(answer.content.decode()) == count


@pytest.mark.parametrize(("code", "number"), [("I8b", 8), ("I13b", 13), ("I2", 2)])
def test_a_difference_leads_to_where_each_year_was_taken_from(world: World, code: str, number: int) -> None:
    of = INDICATORS[code].compares
    MAKERS[of](world, 1)
    client = signed_in(clerk(world))
    ledger = opened(world)
    ledger.baselines.create(code=of, number=9, document="2025年统计表")

    def ways() -> list[str]:
        page = client.get(row_of(ledger, number).get_absolute_url()).content.decode()
        line = re.findall(r'<td data-label="登记簿算出">(.*?)</td>', page, re.DOTALL)[-1]
        return re.findall(r'href="([^"]+)">([^<]+)</a>', line)

    assert [label for _url, label in ways()] == ["本年记录"]  # a document has no page
    before = row_of(opened(world, year=2025), 1 if number == 2 else number)
    before.blanks.filter(code=of).update(number=9)
    assert [label for _url, label in ways()] == ["上年台账", "本年记录"]
    assert ways()[0][0] == before.get_absolute_url()
    for url, _label in ways():
        assert client.get(url.replace("&amp;", "&")).status_code == 200
