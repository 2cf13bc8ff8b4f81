"""The heat map of a term, where its weeks are registered and its visits are known."""

from __future__ import annotations

from datetime import date

import pytest

from jianfu.organisations.models import SchoolSpan
from jianfu.organisations.models import SchoolTerm as KnownTerm
from jianfu.organisations.states import Role
from tests.whitelist.activities import agreed
from whitelist.services import record_visit

from .test_dashboard import TERM, line, table

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]


def test_weeks_are_those_of_the_school_calendar_and_exams_are_marked(world):
    dates_ = {"first_day": date(2026, 9, 7), "last_day": date(2027, 1, 22)}
    KnownTerm.objects.create(district=world.district, name="2026年秋季学期", **dates_)
    exams = {"first_day": date(2026, 11, 10), "last_day": date(2026, 11, 11)}
    SchoolSpan.objects.create(district=world.district, kind="exam", name="期中", **exams)
    notes = table(world, "weeks").notes
    assert notes[1:3] == ("9.7", "9.14")
    assert notes[10] == "考"
    assert len(notes) == 22  # the name, twenty weeks, the total


def test_sessions_count_where_they_are_known_and_refused_ones_do_not(world, settings):
    settings.JIANFU_TODAY = date(2026, 9, 1)
    plan = agreed(world, days=(40, 47, 54))
    one, two, _three = plan.sessions.order_by("day")
    settings.JIANFU_TODAY = two.day
    cells = line(table(world, "weeks"), "实验小学").cells
    weeks = [(session.day - TERM.mondays[0]).days // 7 for session in (one, two, _three)]
    assert [cells[week] for week in weeks] == [1, 1, 1]
    assert (sum(cells[:-1]), cells[-1]) == (3, 1)
    record_visit(session=two, by=world.user(Role.SCHOOL), kind="refused", reason="no_paper")
    assert [line(table(world, "weeks"), "实验小学").cells[week] for week in weeks] == [1, 0, 1]
