"""The head of a year's page: three actions by what comes next, everything else still there under 更多."""

from __future__ import annotations

import re

import pytest

from jianfu.organisations.states import Role
from ledger.models import Ledger
from ledger.states import LedgerState
from ledger.views.heading import heading
from tests.factories import World
from tests.ledger.forms import office, opened, signed_in
from tests.ledger.years import entered, whole, year_at

EVERYWHERE = {"导出 Excel", "导出 PDF", "打印预览", "进度与节点", "填报表", "材料"}


def labels(ledger: Ledger, user: object, *, saving: bool = False) -> tuple[list[str], list[str]]:
    found = heading(ledger, user, saving=saving, baselines=False)
    return [action.label for action in found.shown], [action.label for action in found.more]


def test_what_comes_next_stands_in_front_and_nothing_is_lost(world: World) -> None:
    ledger = opened(world)
    shown, more = labels(ledger, world.user(Role.SECTION_CLERK), saving=True)
    assert shown == ["填报表", "导出 Excel"]
    assert {*shown, *more} == EVERYWHERE | {"汇总与签发"}
    assert labels(ledger, office(world))[0] == ["进度与节点", "导出 Excel", "导出 PDF"]
    assert labels(ledger, world.user(Role.FIRST_REVIEWER))[0] == ["导出 Excel", "导出 PDF", "打印预览"]


@pytest.mark.parametrize(
    ("state", "role", "first"),
    [
        (LedgerState.OPENED, Role.LEDGER_OFFICE, ["汇总送签", "进度与节点", "导出 Excel"]),
        (LedgerState.SUMMARISED, Role.LEADER, ["签发", "打印预览", "导出 Excel"]),
        (LedgerState.SIGNED, Role.LEDGER_OFFICE, ["锁定台账", "导出 Excel", "导出 PDF"]),
    ],
)
def test_the_step_that_this_person_may_take_is_the_first(
    world: World, state: LedgerState, role: Role, first: list[str]
) -> None:
    ledger = whole(world) if state == LedgerState.OPENED else year_at(state, world)
    found = heading(ledger, world.user(role), saving=False, baselines=False)
    assert [action.label for action in found.shown] == first
    assert found.shown[0].tone == "primary"


def test_a_year_of_before_asks_for_its_file(world: World) -> None:
    assert labels(entered(world), office(world))[0] == ["导入台账文件", "送核对", "导出 Excel"]


def test_the_page_shows_three_and_a_menu_that_needs_no_script(world: World) -> None:
    page = signed_in(office(world)).get(opened(world).get_absolute_url()).content.decode()
    head = page.partition('<div class="actions">')[2].partition("</div>")[0]
    shown, _, menu = head.partition('<details class="menu')
    assert len(re.findall(r'class="btn', shown)) == 3
    assert "<summary" in menu
    assert "材料" in menu
