"""监测线索: each kind at the edge of its figure, and that what was closed does not come back."""

from datetime import date, time, timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from jianfu.kernel import dates
from jianfu.kernel.decisions import Conflicted, Refused
from jianfu.kernel.policy import FIGURES
from jianfu.organisations.states import Role
from tests.whitelist.evaluations import (
    AFTER,
    ENDS_ON,
    activity_of,
    another_school,
    at_day,
    give,
    listed_entry,
    refuse_session,
    school_clerk,
    session_of,
)
from whitelist import services
from whitelist.clues import CLUES, clues_of, found_by
from whitelist.models import ActivityStep, ClosedClue, Entry, Visit
from whitelist.states import Party, Season

AUTUMN = Season(2026, autumn=True)
MONDAY = date(2026, 10, 12)
LIST = "/whitelist/office/clues/"


@pytest.fixture(autouse=True)
def when_everybody_took_office(settings):
    settings.JIANFU_TODAY = date(2026, 9, 1)


def found(world, code):
    with at_day(AFTER):
        return found_by(code, world.district.pk, AUTUMN)


def coming(world, days, **changed):
    """An activity with a session on each of the days at the first school."""
    activity = activity_of(listed_entry(world), **changed)
    for number, day in enumerate(days):
        session_of(activity, another_school(world, 1), day, begins=time(8 + number), ends=time(9 + number))
    return activity


def test_every_figure_of_a_definition_is_its_own(world):
    for clue in CLUES.values():
        assert "{" not in clue.defined(world.district.pk, AFTER)
        assert all(figure.code in FIGURES for figure in clue.figures)


def test_who_came_unlisted(world):
    Visit.objects.create(
        district=world.district, school=another_school(world, 1), day=MONDAY, kind="unlisted_admitted",
        visitor="某培训机构", purpose="发传单", recorded_by=school_clerk(world, 1).person,
    )  # fmt: skip
    (one,) = found(world, "unlisted")
    assert (one.about, one.day) == ("某培训机构", MONDAY)
    assert "发传单" in one.words
    with at_day(AFTER):
        assert found_by("unlisted", world.district.pk, AUTUMN.before) == []


@pytest.mark.parametrize(("days", "count"), [([0, 2], 0), ([0, 2, 6], 1), ([0, 2, 7], 0)])
def test_a_week_is_crowded_from_three_on(world, days, count):
    coming(world, [MONDAY + timedelta(days=day) for day in days])
    crowded = found(world, "crowded")
    assert len(crowded) == count
    assert all(len(one.records) == 3 for one in crowded)


def test_what_was_refused_crowds_no_week(world):
    activity = coming(world, [MONDAY, MONDAY, MONDAY])
    refuse_session(activity.sessions.first(), world)
    assert found(world, "crowded") == []


@pytest.mark.parametrize(("days", "count"), [(0, 0), (1, 1)])
def test_beyond_the_last_day(world, days, count):
    coming(world, [ENDS_ON + timedelta(days=days)])
    assert len(found(world, "beyond")) == count


def test_beyond_what_was_removed_or_refused(world):
    activity = coming(world, [MONDAY])
    assert found(world, "beyond") == []
    Entry.objects.filter(pk=activity.entry_id).update(removed_on=MONDAY, removal_reason="x")
    (one,) = found(world, "beyond")
    assert "移出白名单" in one.words
    visit = refuse_session(session_of(activity, another_school(world, 2), MONDAY), world)
    assert len(found(world, "beyond")) == 1  # commercial: another matter
    Visit.objects.filter(pk=visit.pk).update(reason="beyond_scope")
    assert len(found(world, "beyond")) == 2


@pytest.mark.parametrize(
    ("submitted", "changed", "count"),
    [(date(2026, 9, 12), {}, 0), (date(2026, 9, 13), {}, 1), (date(2026, 9, 13), {"road": "approved"}, 0),
     (date(2026, 9, 13), {"state": "submitted"}, 0)],
)  # fmt: skip
def test_a_plan_is_late_within_the_month(world, submitted, changed, count):
    coming(world, [MONDAY, MONDAY + timedelta(days=7)], submitted_on=submitted, **changed)
    assert len(found(world, "late")) == count


@pytest.mark.parametrize(("days", "count"), [(3, 0), (2, 1)])
def test_short_notice(world, days, count):
    """From Wednesday or Thursday of the week before to Monday: three or two working days."""
    activity = coming(world, [MONDAY])
    told = MONDAY - timedelta(days=days + 2)
    with at_day(told):
        by = world.user(Role.FIRST_REVIEWER)
        ActivityStep.objects.create(
            activity=activity, transition="agree", label="同意实施", source="submitted", target="agreed",
            person=by.person, entered_at=dates.now(), at=dates.now(),
        )  # fmt: skip
    assert len(found(world, "short")) == count


@pytest.mark.parametrize(("titles", "count"), [(("一", "二"), 0), (("一", "二", "三"), 1)])
def test_one_theme_from_three_items_on(world, titles, count):
    for title in titles:
        listed_entry(world, title=f"禁毒知识宣讲{title}", content="讲解毒品危害。")
    listed_entry(world, title="读书月活动", content="阅读推广。")
    (*themes,) = found(world, "themes")
    assert len(themes) == count
    assert all("禁毒" in record.words for one in themes for record in one.records)


def test_an_evaluation_is_late_the_day_after_its_limit(world):
    activity = coming(world, [MONDAY])
    with at_day(AFTER):
        give(activity.entry, Party.BUREAU, 4, world.user(Role.FIRST_REVIEWER))
    for day, count in ((date(2026, 11, 13), 0), (date(2026, 11, 14), 1)):
        with at_day(day):
            late = found_by("unevaluated", world.district.pk, AUTUMN)
        assert len(late) == count
    assert "还缺部门自评" in late[0].words


def test_what_was_closed_comes_back_only_with_other_records(world):
    activity = coming(world, [MONDAY, MONDAY, MONDAY])
    reviewer = world.user(Role.FIRST_REVIEWER)
    (one,) = found(world, "crowded")
    services.close_clue(
        clue=CLUES["crowded"], found=one, verdict="unfounded", note="是一次活动的三个班", by=reviewer
    )
    with at_day(AFTER):
        kinds = {kind.clue.code: kind for kind in clues_of(world.district.pk, AUTUMN, AFTER)}
    assert (kinds["crowded"].found, kinds["crowded"].closed) == ([], 1)
    with pytest.raises(Conflicted, match="同事刚刚核实过"):
        services.close_clue(clue=CLUES["crowded"], found=one, verdict="confirmed", note="再", by=reviewer)
    session_of(activity, another_school(world, 1), MONDAY, begins=time(15), ends=time(16))
    with at_day(AFTER):
        kinds = {kind.clue.code: kind for kind in clues_of(world.district.pk, AUTUMN, AFTER)}
    assert len(kinds["crowded"].found) == 1


@pytest.mark.parametrize(("verdict", "note"), [("confirmed", " "), ("nonsense", "有")])
def test_closing_needs_a_verdict_and_a_word(world, verdict, note):
    coming(world, [MONDAY, MONDAY, MONDAY])
    (one,) = found(world, "crowded")
    with pytest.raises(Refused):
        services.close_clue(
            clue=CLUES["crowded"], found=one, verdict=verdict, note=note, by=world.user(Role.FIRST_REVIEWER)
        )


def test_the_page_and_the_workbook(world, client):
    listed = [listed_entry(world, title=f"禁毒知识宣讲{n}", content="讲解毒品危害。") for n in "一二三"]
    client.force_login(world.user(Role.FIRST_REVIEWER))
    with at_day(AFTER):
        page = client.get(LIST).content.decode()
        assert all(entry.number in page for entry in listed)
        assert "达到 3 项；主题按主题词表识别" in page
        sheet = load_workbook(BytesIO(client.get(f"{LIST}list.xlsx").content)).active
        assert "同一主题过多" in [row[0].value for row in sheet.iter_rows()]
        (one,) = found_by("themes", world.district.pk, AUTUMN)
        address = f"{LIST}themes/2026-autumn/{one.key}/"
        assert "禁毒知识宣讲二" in client.get(address).content.decode()
        done = client.post(
            address, {"verdict": "confirmed", "note": "已请三家合并"}, follow=True
        ).content.decode()
    assert "同样的记录不再提示" in done
    assert "已请三家合并" in done
    assert ClosedClue.objects.get().verdict == "confirmed"
    assert client.get(f"{LIST}themes/2026-autumn/{'0' * 32}/").status_code == 404
    assert client.get(f"{LIST}other/2026-autumn/x/").status_code == 404


@pytest.mark.parametrize("role", [Role.APPLICANT, Role.SCHOOL, Role.EXPERT])
def test_outsiders_read_none(world, client, role):
    client.force_login(world.user(role))
    assert client.get(LIST).status_code == 403
    client.force_login(world.user(Role.LEADER))
    assert client.get(LIST).status_code == 200
    assert client.get(f"{LIST}themes/2026-autumn/x/").status_code == 403


def test_the_page_takes_as_many_queries_for_three_as_for_one(world, client, django_assert_num_queries):
    client.force_login(world.user(Role.FIRST_REVIEWER))
    with at_day(AFTER):
        for numbers in ((1,), (2, 3)):
            for number in numbers:
                entry = listed_entry(world, title=f"禁毒知识宣讲{number}")
                activity, school = activity_of(entry, submitted_on=MONDAY), another_school(world, number)
                for hour in (8, 9, 10):
                    session_of(activity, school, MONDAY, begins=time(hour), ends=time(hour + 1))
            client.get(LIST)
            with django_assert_num_queries(20):
                client.get(LIST)
