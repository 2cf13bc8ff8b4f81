from datetime import date

from jianfu.kernel.policy import Figure, figure_value
from jianfu.organisations import selectors
from jianfu.organisations.models import CalendarDay, PolicyValue
from jianfu.organisations.states import Role

LIMIT = Figure("TEST-LIMIT", "期限", 6, "月", "000 r13", "台账", date(2021, 1, 1))


def set_value(world, value, since):
    return PolicyValue.objects.create(
        district=world.district, code="TEST-LIMIT", value=value, effective_from=since, document="文"
    )


def test_an_old_record_is_judged_by_the_figure_of_its_day(world, stranger_world):
    set_value(world, "4", date(2025, 1, 1))
    set_value(world, "5", date(2026, 7, 1))
    own, other = world.district.pk, stranger_world.district.pk
    assert figure_value(LIMIT, own, date(2024, 12, 31)) == 6
    assert figure_value(LIMIT, own, date(2026, 6, 30)) == 4
    assert figure_value(LIMIT, own, date(2026, 7, 1)) == 5
    assert figure_value(LIMIT, other, date(2026, 7, 1)) == 6


def test_a_changed_figure_counts_at_once(world):
    row = set_value(world, "4", date(2025, 1, 1))
    assert figure_value(LIMIT, world.district.pk, date(2026, 1, 1)) == 4
    row.value = "3"
    row.save()
    assert figure_value(LIMIT, world.district.pk, date(2026, 1, 1)) == 3
    row.delete()
    assert figure_value(LIMIT, world.district.pk, date(2026, 1, 1)) == 6


def test_a_holiday_counts_as_soon_as_it_is_entered(db):
    assert selectors.work_calendar().is_workday(date(2026, 10, 1))
    CalendarDay.objects.create(day=date(2026, 10, 1), is_workday=False, name="国庆节")
    assert not selectors.work_calendar().is_workday(date(2026, 10, 1))


def test_experts_are_those_on_the_panel_that_day(world):
    expert = world.user(Role.EXPERT)
    world.user(Role.LEADER)
    assert list(selectors.experts(world.district.pk, date(2030, 1, 1))) == [expert.person]
    assert list(selectors.experts(world.district.pk, date(2000, 1, 1))) == []


def test_the_only_district_is_known_and_two_are_not_guessed(world):
    from tests.factories import build_world

    assert selectors.only_district() == world.district
    build_world("qinghe", "清河区")
    assert selectors.only_district() is None
