"""The bar of stages, the record, the matrix, the comparison, as pages show them."""

from datetime import datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from pypdf import PdfReader

from approvals import progress, services
from approvals.exports import Case, Paper, document_of
from approvals.holders import Holders
from approvals.states import State
from jianfu.kernel import dates
from jianfu.kernel.documents.official import render_pdf
from jianfu.organisations.selectors import work_calendar
from jianfu.organisations.states import Role
from tests.approvals.factories import ANNUAL_STATES, application_at, draft, step

BARS = {
    State.DRAFTED: "current todo todo todo todo todo",
    State.SUBMITTED: "done current todo todo todo todo",
    State.APPRAISED: "done done current todo todo todo",
    State.REVIEWED: "done done done current todo todo",
    State.APPROVED: "done done done done current todo",
    State.FILED: "done done done done done current",
    State.PUBLISHED: "done done done done done done",
    State.RETURNED: "current returned todo todo todo todo",
    State.REJECTED: "done done returned todo todo todo",
    State.WITHDRAWN: "done todo todo todo todo todo",
}


@pytest.mark.parametrize("state", ANNUAL_STATES)
def test_the_bar_of_each_state(world, state):
    application = application_at(state, world)
    bar = progress.stages(application, application.steps.select_related("person"), "某人")
    assert " ".join(stage.state for stage in bar) == BARS[state]
    current = [stage for stage in bar if stage.state == "current"]
    assert all(stage.who == "某人" for stage in current)
    done = [stage for stage in bar if stage.state == "done"]
    assert all(stage.when == dates.today() and stage.who for stage in done)


def test_a_list_knows_the_place_without_the_steps(world):
    bar = progress.stages(application_at(State.REVIEWED, world))
    assert " ".join(stage.state for stage in bar) == BARS[State.REVIEWED]


def test_the_record_is_newest_first_and_tells_the_working_days(world):
    def at(day):
        return datetime(2026, 11, day, 10, tzinfo=ZoneInfo("Asia/Shanghai"))

    with dates.as_of(at(13)):  # a Friday
        application = step(draft(world), "submit", world)
    with dates.as_of(at(17)):
        application = step(application, "return_", world, note="补方案")
    steps = list(application.steps.select_related("person"))
    entries = progress.record(application, steps, work_calendar(), None, "")
    assert [entry.label for entry in entries] == ["退回补正", "提交申请"]
    assert (entries[0].took, entries[0].tone, entries[0].note) == ("2 个工作日", "returned", "补方案")


def test_the_record_begins_with_what_is_going_on(world):
    application = application_at(State.APPRAISED, world)
    calendar = work_calendar()
    remaining = calendar.remaining(application.due_on, dates.today())
    entries = progress.record(application, [], calendar, remaining, "基教科 李敏")
    assert entries[0].label == "区教委初审，办理中"
    assert entries[0].who.startswith("基教科 李敏")


def test_what_a_step_put_on_file_stands_in_the_record(world):
    application = application_at(State.FILED, world)
    filed = application.steps.get(transition="file")
    assert "备案文号：江教领备〔2026〕1号" in progress.registered(filed)
    assert f"备案日期：{dates.chinese_date(dates.today())}" in progress.registered(filed)


def test_an_open_sheet_tells_nothing_of_its_content(world):
    application = application_at(State.APPRAISED, world)
    row = application.assignments.first()
    row.opinion.submitted_at = None
    found = progress.matrix([row])
    assert found["given"] == 0
    assert {cell for line in found["rows"] for cell in line["cells"]} == {"—"}


def test_two_submissions_differ_where_they_differ(world):
    application = application_at(State.RETURNED, world)
    by = world.user(Role.APPLICANT)
    services.save_draft(application=application, by=by, fields={"grades": "四年级"})
    application.refresh_from_db()
    step(application, "submit", world)
    rows = progress.changes(*application.submissions.all())
    changed = [row for row in rows if row["old"] != row["new"]]
    assert [(row["label"], row["old"], row["new"]) for row in changed] == [("年级", "—", "四年级")]


def test_the_holder_of_a_sections_own_application_is_another_section(world):
    application = application_at(State.APPRAISED, world)
    own = world.user(Role.FIRST_REVIEWER)
    other = world.user(Role.FIRST_REVIEWER, place="other_section", key="other")
    holders = Holders(world.district.pk, dates.today())
    assert holders.of(application).who == f"基教科 {own.person.name}等 2 人"
    application.organisation = world.place("section")
    assert holders.of(application).who == f"体卫艺科 {other.person.name}"


def test_a_returned_one_is_held_by_its_applicant(world):
    application = application_at(State.RETURNED, world)
    holder = Holders(world.district.pk, dates.today()).of(application)
    assert (holder.who, holder.phone) == ("区消防救援支队 张喆", "023-0555")


def test_the_paper_escapes_what_people_wrote(world):
    application = application_at(State.APPROVED, world, title="<b>演练</b>" + "很长的名称" * 15)
    paper = render_pdf(document_of(Case(application, world.user(Role.LEADER)), Paper.FORM))
    words = "".join(page.extract_text() for page in PdfReader(BytesIO(paper)).pages)
    assert "<b>演练</b>" in words
    assert application.number in words
    assert "云教领纪要〔2026〕3号" in words
