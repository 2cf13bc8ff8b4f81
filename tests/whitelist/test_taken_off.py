"""R-CAM-31 across the apps: an application for what was taken off the list hears when and why it was."""

from datetime import date

import pytest

from approvals.facts import facts_of
from approvals.models import Application
from approvals.states import State
from jianfu.kernel import dates
from jianfu.organisations.states import Role
from tests.approvals.factories import application_at, draft
from tests.whitelist.factories import entry_of, filed, published
from whitelist import selectors
from whitelist.services.removal import take_off

FIRE = {"title": "消防安全疏散演练", "content": "学生学习火灾逃生。"}
NEAR = {"title": "119火场逃生体验", "content": "讲解火灾自救。"}
REASON = "要求家长在线答题，超出批准的内容。"


def taken_off(world, on=None, **changed):
    entry = entry_of(world, **{**FIRE, **changed})
    day = on or dates.today()
    entry.listed_on = min(entry.listed_on, day)
    take_off(entry, by=world.user(Role.LEADER), on=day, reason=REASON)
    return entry


def removed_before(application, on=None):
    return facts_of(application, on or dates.today())["removed_before"]


def test_it_says_what_when_and_why(world):
    entry = taken_off(world)
    (found,) = removed_before(draft(world, **NEAR))
    day = dates.chinese_date(dates.today())
    assert found == (f"“{entry.title}”（{entry.number}）", day, REASON, "主题相同：消防安全")
    assert removed_before(draft(world, title="税法小课堂", content="讲税。")) == []
    assert removed_before(entry.application) == []  # what it was itself


def test_another_units_item_counts_only_where_it_is_on_the_same_theme(world):
    taken_off(world)
    near = draft(world, title="消防与急救讲座", content="讲解心肺复苏、火灾")
    same = draft(world, **NEAR)
    assert [len(removed_before(one)) for one in (near, same)] == [1, 1]
    Application.objects.update(organisation=world.place("section"))  # asked for by another unit
    elsewhere = [Application.objects.get(pk=one.pk) for one in (near, same)]
    assert [len(removed_before(one)) for one in elsewhere] == [0, 1]


@pytest.mark.parametrize(("removed", "told"), [(date(2025, 8, 31), False), (date(2025, 9, 1), True)])
@pytest.mark.parametrize("on", [date(2026, 9, 1), date(2027, 8, 31)])
def test_of_the_same_school_year_and_the_one_before(world, removed, told, on):
    mine = draft(world, **NEAR)
    taken_off(world, removed)
    assert bool(removed_before(mine, on)) is told


def test_the_day_of_handing_in_decides_not_that_of_looking(world):
    mine = draft(world, **NEAR)
    taken_off(world, date(2025, 9, 1))
    later = date(2028, 1, 1)
    assert facts_of(mine, later)["removed_before"] == []
    assert len(facts_of(mine, later, applied_on=date(2027, 8, 31))["removed_before"]) == 1


def test_what_only_gave_way_to_its_change_was_not_removed(world):
    entry = entry_of(world, **FIRE)
    published(world, filed(world, **FIRE, predecessor=entry.application))
    entry.refresh_from_db()
    assert entry.removed_on is not None
    assert selectors.taken_off(world.district.pk, date(2020, 1, 1)) == []


def test_another_district_is_not_told(world, stranger_world):
    taken_off(stranger_world)
    assert removed_before(draft(world, **NEAR)) == []


def test_applicant_reviewer_and_leader_read_it(client, world):
    taken_off(world)
    for state, role in ((State.APPRAISED, Role.FIRST_REVIEWER), (State.REVIEWED, Role.LEADER)):
        handed_in = application_at(state, world, **NEAR)
        client.force_login(world.user(role))
        page = client.get(handed_in.get_absolute_url()).content.decode()
        assert REASON.rstrip("。") in page
        assert "R-CAM-31" in page
    mine = draft(world, **NEAR)
    client.force_login(world.user(Role.APPLICANT))
    assert REASON.rstrip("。") in client.get(f"{mine.get_absolute_url()}check/").content.decode()
