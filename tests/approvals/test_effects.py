"""What a step writes besides the state."""

from datetime import date, timedelta

import pytest

from approvals import services
from approvals.models import Application
from approvals.states import Conclusion, Part, State
from jianfu.audit.models import Event
from jianfu.kernel import dates
from jianfu.kernel.decisions import Refused
from jianfu.organisations.models import CalendarDay
from jianfu.organisations.states import Role
from tests.approvals.factories import application_at, draft, give_opinions, step, step_data

FRIDAY = date(2026, 11, 20)


@pytest.fixture
def on_friday(settings):
    settings.JIANFU_TODAY = FRIDAY


def test_numbers_run_without_gaps_in_each_district(world, stranger_world):
    given = [step(draft(world), "submit", world).number for _ in range(2)]
    other = step(draft(stranger_world), "submit", stranger_world).number
    year = dates.today().year
    assert given == [f"JXY{year}0001", f"JXY{year}0002"]
    assert other == f"JXY{year}0001"


def test_a_refused_submission_takes_no_number(world):
    with pytest.raises(Refused):
        step(draft(world, title=""), "submit", world)
    assert step(draft(world), "submit", world).number.endswith("0001")


def test_the_number_stays_when_handed_in_again(world):
    application = application_at(State.RETURNED, world)
    again = step(application, "submit", world)
    assert (again.number, again.content_version) == (application.number, 2)
    assert again.panel_conclusion == ""


def test_due_days_are_working_days(on_friday, world):
    CalendarDay.objects.create(day=date(2026, 11, 23), is_workday=False, name="调休")
    application = step(draft(world), "submit", world)
    assert application.due_on == date(2026, 11, 30)  # five working days, a weekend and a holiday between


def test_nobody_is_due_at_the_end(world):
    for state in (State.PUBLISHED, State.REJECTED, State.WITHDRAWN):
        assert application_at(state, world).due_on is None


def test_what_was_handed_in_is_frozen(world):
    application = application_at(State.RETURNED, world)
    by = world.user(Role.APPLICANT)
    application = services.save_draft(application=application, by=by, fields={"title": "改过的名称"})
    step(application, "submit", world)
    first, second = application.submissions.all()
    assert first.content["活动名称"] == "消防安全应急疏散演练"
    assert second.content["活动名称"] == "改过的名称"
    assert first.content["每班占用课时"] == "1"
    assert first.content["准入条件①"] == "中华人民共和国消防法第六条"
    assert first.content["是否收费或有商业行为"] == "否"


def test_the_conclusion_is_one_of_four(world):
    application = step(draft(world), "submit", world)
    give_opinions(application, world)
    by = world.user(Role.PUBLICATION_CLERK)
    for wrong in ({}, {"conclusion": "maybe"}):
        with pytest.raises(Refused, match="选择论证结论"):
            services.perform(application=application, name="conclude", by=by, note="好", data=wrong)
    data = {"conclusion": Conclusion.MERGE}
    done = services.perform(application=application, name="conclude", by=by, note="好", data=data)
    assert done.panel_conclusion == Conclusion.MERGE


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"decided_on": None}, "填写审批日期"),
        ({"meeting_number": ""}, "填写会议纪要文号"),
        ({"decided_on": "tomorrow"}, "审批日期不能晚于今天"),
    ],
)
def test_the_meeting_is_put_on_file(world, changed, words):
    application = application_at(State.REVIEWED, world)
    data = {**step_data("approve"), **changed}
    if data["decided_on"] == "tomorrow":
        data["decided_on"] = dates.today() + timedelta(days=1)
    with pytest.raises(Refused, match=words):
        step(application, "approve", world, data=data)
    application.refresh_from_db()
    assert (application.state, application.meeting_number) == (State.REVIEWED, "")


def test_filing_does_not_lie_before_the_decision(world):
    application = application_at(State.APPROVED, world)
    data = {**step_data("file"), "filed_on": application.decided_on - timedelta(days=1)}
    with pytest.raises(Refused, match="备案日期早于审批日期"):
        step(application, "file", world, data=data)
    assert step(application, "file", world).filing_body == "市委教育工作领导小组"


def test_each_step_is_recorded_with_part_and_event(world):
    application = application_at(State.PUBLISHED, world)
    parts = list(application.steps.order_by("pk").values_list("transition", "part"))
    assert parts == [
        ("submit", Part.APPLICANT),
        ("conclude", Part.OFFICE),
        ("pass_review", Part.REVIEWER),
        ("approve", Part.LEADER),
        ("file", Part.OFFICE),
        ("publish", Part.OFFICE),
    ]
    actions = Event.objects.filter(target_id=str(application.pk), action__startswith="campus_annual.")
    assert list(actions.order_by("position").values_list("destination", flat=True)) == [
        "submitted",
        "appraised",
        "reviewed",
        "approved",
        "filed",
        "published",
    ]


def test_every_write_leaves_a_version_in_the_history(world):
    application = application_at(State.PUBLISHED, world)
    assert application.history.count() == application.version == 8
    assert Application.objects.get(pk=application.pk).history.first().history_user == world.user(
        Role.PUBLICATION_CLERK
    )


def test_what_is_told_of_the_past_stands_in_the_past(world):
    moment = dates.now() - timedelta(days=40)
    with dates.as_of(moment):
        application = step(draft(world), "submit", world)
    assert application.state_entered_at == moment
    assert application.steps.get().at == moment
    assert application.history.first().history_date == moment
    assert application.due_on < dates.today()
