"""Writing the registers: whose entry it is, what ends an item, and that two at once leave one effect."""

from __future__ import annotations

from datetime import date

import pytest

from jianfu.audit.models import Event
from jianfu.kernel.decisions import Conflicted, Refused
from jianfu.organisations.states import Role
from ledger.registers import REGISTERS
from ledger.services import register as services
from ledger.states import Verdict

from .registers import SLUGS, clerk, dispose, enter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]


@pytest.mark.parametrize("slug", SLUGS)
def test_every_act_leaves_history_and_event(world, slug):
    item = enter(world, slug, begun_on=date(2025, 3, 1))
    register = REGISTERS[slug]
    services.change_item(
        register=register, item=item, details={"name": "改名"}, expected_version=1, by=clerk(world)
    )
    if register.disposes:
        dispose(world, item, Verdict.KEEP)
    item.refresh_from_db()
    services.void_item(item=item, reason="错", expected_version=item.version, by=clerk(world))
    verbs = ["added", "changed", *(["disposed"] if register.disposes else []), "voided"]
    events = Event.objects.filter(action__startswith=f"register.{slug}.").order_by("pk")
    assert [event.action for event in events] == [f"register.{slug}.{verb}" for verb in verbs]
    assert item.history.count() == len(verbs)


def test_saving_the_same_again_changes_nothing(world):
    item = enter(world, "forms")
    services.change_item(
        register=REGISTERS["forms"],
        item=item,
        details={"name": item.name},
        expected_version=1,
        by=clerk(world),
    )
    item.refresh_from_db()
    assert item.version == 1


def test_only_the_entering_section_and_the_office_change_it(world):
    item = enter(world, "forms")
    other = clerk(world, "personnel")
    with pytest.raises(Refused, match="由基教科登记"):
        services.void_item(item=item, reason="错", expected_version=1, by=other)
    office = world.user(Role.LEDGER_OFFICE)
    services.void_item(item=item, reason="错", expected_version=1, by=office)
    item.refresh_from_db()
    assert item.is_voided
    with pytest.raises(Refused, match="已作废"):
        services.void_item(item=item, reason="错", expected_version=2, by=office)


def test_another_districts_office_changes_nothing(world, stranger_world):
    item = enter(world, "forms")
    with pytest.raises(Refused, match="本区县"):
        services.void_item(
            item=item, reason="错", expected_version=1, by=stranger_world.user(Role.LEDGER_OFFICE)
        )


def test_an_item_is_entered_for_ones_own_place_only(world):
    with pytest.raises(Refused, match="不是您所在的单位"):
        services.add_item(
            register=REGISTERS["channels"],
            details={"name": "群", "begun_on": date(2026, 1, 1), "platform": "微信", "owner": "某局"},
            section=world.place("personnel"),
            by=clerk(world),
        )


def test_what_is_new_this_year_says_so(world):
    assert enter(world, "forms").verdict == Verdict.NEW
    assert enter(world, "forms", begun_on=date(2025, 12, 31)).verdict == ""
    assert enter(world, "reuses").verdict == ""


@pytest.mark.parametrize(("verdict", "ended"), [("cancel", date(2026, 6, 10)), ("keep", None)])
def test_an_opinion_ends_an_item_or_lets_it_go_on(world, verdict, ended):
    item = dispose(world, enter(world, "forms"), verdict)
    assert (item.verdict, item.ended_on, item.decided_on) == (verdict, ended, date(2026, 6, 10))


def test_keeping_takes_an_end_back(world):
    item = enter(world, "forms")
    dispose(world, item, "cancel")
    assert dispose(world, item, "keep").ended_on is None


def test_an_end_may_come_later_than_the_opinion(world):
    item = dispose(world, enter(world, "forms"), "cancel", ended_on=date(2026, 9, 1))
    assert item.ended_on == date(2026, 9, 1)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"verdict": "new"}, "选保留、合并或取消"),
        ({"basis": " "}, "填写处置依据"),
        ({"day": date(2026, 2, 28)}, "处置日期填"),
        ({"day": date(2026, 11, 21)}, "处置日期填"),
        ({"ended_on": date(2026, 2, 28)}, "开始日期要在停止日期"),
        ({"verdict": "merge"}, "选择并入哪一条"),
    ],
)
def test_an_opinion_that_cannot_be_is_refused(world, more, words):
    item = enter(world, "forms")
    verdict = more.pop("verdict", "cancel")
    with pytest.raises(Refused, match=words):
        dispose(world, item, verdict, **more)
    item.refresh_from_db()
    assert (item.version, item.ended_on) == (1, None)


@pytest.mark.parametrize("day", [date(2026, 3, 1), date(2026, 11, 20)])
def test_the_first_and_the_last_possible_day_of_an_opinion(world, day):
    assert dispose(world, enter(world, "forms"), "cancel", day=day).decided_on == day


def test_merging_goes_into_something_that_lasts(world, stranger_world):
    first, second, third = (enter(world, "forms", name=f"表{number}") for number in range(3))
    with pytest.raises(Refused, match="不能并入自己"):
        dispose(world, first, "merge", merged_into=first)
    with pytest.raises(Refused, match="选择并入哪一条"):
        dispose(world, first, "merge", merged_into=enter(stranger_world, "forms"))
    dispose(world, first, "merge", merged_into=second)
    with pytest.raises(Refused, match="已经停止"):
        dispose(world, third, "merge", merged_into=first)
    with pytest.raises(Refused, match="已并入这一条"):
        dispose(world, second, "merge", merged_into=third)
    second.refresh_from_db()
    with pytest.raises(Refused, match="先改那些条目"):
        services.void_item(item=second, reason="错", expected_version=second.version, by=clerk(world))


def test_a_school_gives_no_opinions(world):
    school = world.user(Role.SCHOOL)
    with pytest.raises(Refused, match="科室填报员"):
        enter(world, "forms", by=school)
    mine = enter(world, "refusals", by=school)
    with pytest.raises(Refused, match="处置意见由区教委科室提出"):
        services.dispose_item(
            item=mine, verdict="keep", decided_on=date(2026, 6, 1), basis="某", expected_version=1, by=school
        )


def test_a_stale_page_conflicts(world):
    item = enter(world, "forms")
    dispose(world, item, "keep")
    with pytest.raises(Conflicted, match="刚刚被别人改动过"):
        services.void_item(item=item, reason="错", expected_version=1, by=clerk(world))


def test_a_mistake_needs_a_reason(world):
    item = enter(world, "forms")
    with pytest.raises(Refused, match="填写作废原因"):
        services.void_item(item=item, reason="  ", expected_version=1, by=clerk(world))


def test_a_name_is_free_again_after_a_mistake_was_taken_out(world):
    item = enter(world, "forms")
    services.void_item(item=item, reason="错", expected_version=1, by=clerk(world))
    assert enter(world, "forms").pk != item.pk


def test_an_ended_item_does_not_begin_after_its_end(world):
    item = dispose(world, enter(world, "forms"), "cancel")
    for day, words in ((date(2026, 6, 11), "开始日期要在停止日期"), (date(2026, 6, 10), "")):
        change = {"register": REGISTERS["forms"], "item": item, "details": {"begun_on": day}}
        if words:
            with pytest.raises(Refused, match=words):
                services.change_item(**change, expected_version=item.version, by=clerk(world))
        else:
            assert services.change_item(**change, expected_version=item.version, by=clerk(world))


@pytest.mark.parametrize("slug", ["problems", "reuses", "refusals"])
def test_what_is_not_gone_through_each_year_gets_no_opinion(world, slug):
    item = enter(world, slug)
    with pytest.raises(Refused, match="不提处置意见"):
        dispose(world, item, "cancel")
    item.refresh_from_db()
    assert (item.verdict, item.ended_on, item.version) == ("", None, 1)
