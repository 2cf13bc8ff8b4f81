"""A borrowing that was approved stands in the register without anybody typing it again."""

from datetime import timedelta

import pytest

from approvals import services
from approvals.models import Application
from approvals.states import BorrowKind, Road, State
from jianfu.kernel import dates
from jianfu.kernel.dates import add_months
from jianfu.kernel.decisions import Refused
from jianfu.kernel.indicators import INDICATORS
from jianfu.organisations.states import Role
from ledger.models import DataReuse, RefusedRequest, Secondment
from tests.approvals.factories import BASES, answers, application_at
from tests.whitelist.activities import agreed
from whitelist.services import record_unlisted, record_visit

DAY = timedelta(days=1)


def borrowing(world, **changed):
    starts = dates.today() + 10 * DAY
    return {
        **answers(
            title="参加全区创建全国文明城市专班",
            starts_on=starts,
            ends_on=add_months(starts, 6) - DAY,
        ),
        "school": world.place("school"),
        "teacher_name": "何喆",
        "subject": "语文",
        "is_head_teacher": False,
        "borrow_kind": BorrowKind.MAJOR_TASK,
        "impact": "由同年级教师代课，不影响教学。",
        **changed,
    }


def handed_in(world, draft=None, **changed):
    by = world.user(Role.APPLICANT)
    made = draft or services.open_draft(by=by, organisation=world.place("department"), road=Road.SECONDMENT)
    fields = borrowing(world, **changed)
    made = services.save_draft(application=made, by=by, fields=fields, bases=BASES)
    return services.perform(application=made, name="submit", by=by)


def lent(world, application):
    today = dates.today()
    acts = (
        ("school_agree", Role.SCHOOL, {"agreed_on": today}),
        ("agree", Role.FIRST_REVIEWER, {}),
        ("lend", Role.COMMITTEE, {"decided_on": today, "document_number": "江委批〔2026〕8号"}),
    )
    for name, role, data in acts:
        application = services.perform(
            application=application, name=name, by=world.user(role), note="同意", data=data
        )
    return application


def test_an_approved_borrowing_enters_the_register(world):
    application = lent(world, handed_in(world))
    assert application.state == State.LENT
    (row,) = Secondment.objects.all()
    assert row.application == application
    assert (row.teacher.name, row.school, row.subject) == ("何喆", world.place("school"), "语文")
    assert (row.starts_on, row.ends_on) == (application.starts_on, application.ends_on)
    assert (row.approving_body, row.document_number) == ("区委", "江委批〔2026〕8号")
    assert row.borrowing_unit == world.place("department")
    assert row.teacher_consented
    assert row.school_consented
    assert row.history.count() == 1


def test_nothing_enters_before_the_last_consent(world):
    application = handed_in(world)
    services.perform(
        application=application,
        name="school_agree",
        by=world.user(Role.SCHOOL),
        note="同意",
        data={"agreed_on": dates.today()},
    )
    assert not Secondment.objects.exists()


def test_another_school_cannot_give_the_consent(world):
    application = handed_in(world)
    stranger = world.user(Role.SCHOOL, place="other_school", key="stranger")
    with pytest.raises(Refused, match="由教师原学校的经办人办理"):
        services.perform(
            application=application, name="school_agree", by=stranger, note="同意",
            data={"agreed_on": dates.today()},
        )  # fmt: skip
    assert application not in Application.objects.visible_to(stranger)
    assert application in Application.objects.visible_to(world.user(Role.SCHOOL))
    assert application in Application.objects.waiting_for(world.user(Role.SCHOOL))


def test_the_return_closes_the_row(world):
    application = lent(world, handed_in(world))
    back = application.starts_on + 30 * DAY
    with dates.as_of(dates.now() + 60 * DAY):
        services.perform(
            application=application,
            name="end",
            by=world.user(Role.SCHOOL),
            note="已返岗",
            data={"returned_on": back},
        )
    row = Secondment.objects.get()
    assert row.returned_on == back


def test_a_return_before_the_beginning_is_refused_and_nothing_is_written(world):
    application = lent(world, handed_in(world))
    with (
        dates.as_of(dates.now() + 60 * DAY),
        pytest.raises(Refused, match="返岗日期早于借用开始日期"),
    ):
        services.perform(
            application=application,
            name="end",
            by=world.user(Role.SCHOOL),
            note="已返岗",
            data={"returned_on": application.starts_on - DAY},
        )
    assert Secondment.objects.get().returned_on is None


def renewal(world, application, until):
    draft = services.renew(application=application, by=world.user(Role.APPLICANT))
    starts = application.ends_on + DAY
    return handed_in(world, draft, starts_on=starts, ends_on=until, year=starts.year)


def test_who_was_renewed_early_may_come_back_before_the_new_term(world):
    first = lent(world, handed_in(world))
    second = lent(world, renewal(world, first, add_months(first.starts_on, 12) - DAY))
    back = first.starts_on + 20 * DAY

    def end(day):
        return services.perform(
            application=second,
            name="end",
            by=world.user(Role.SCHOOL),
            note="已返岗",
            data={"returned_on": day},
        )

    with dates.as_of(dates.now() + 60 * DAY):
        with pytest.raises(Refused, match="返岗日期早于借用开始日期"):
            end(first.starts_on - DAY)
        end(back)
    assert Secondment.objects.get().returned_on == back


def test_a_renewal_lengthens_the_row_and_ends_the_approval_before(world):
    first = lent(world, handed_in(world))
    second = renewal(world, first, add_months(first.starts_on, 12) - DAY)
    assert second.predecessor == first
    second = lent(world, second)
    row = Secondment.objects.get()
    assert (row.application, row.ends_on) == (second, second.ends_on)
    assert "续借至" in row.extension_reason
    first.refresh_from_db()
    assert first.state == State.ENDED


def test_a_renewal_beyond_the_cap_is_refused_by_one_day(world):
    first = lent(world, handed_in(world))
    second = lent(world, renewal(world, first, add_months(first.starts_on, 12) - DAY))
    with pytest.raises(Refused, match="累计"):
        lent(world, renewal(world, second, second.ends_on + DAY))
    assert Secondment.objects.get().ends_on == second.ends_on


def test_a_renewal_is_begun_once(world):
    first = lent(world, handed_in(world))
    by = world.user(Role.APPLICANT)
    assert services.renew(application=first, by=by) == services.renew(application=first, by=by)
    assert first.successors.count() == 1


def test_only_who_is_away_can_be_renewed(world):
    application = handed_in(world)
    with pytest.raises(Refused, match="只有在借的教师才能申请续借"):
        services.renew(application=application, by=world.user(Role.APPLICANT))


def test_what_is_answered_from_data_counts_as_reports_saved(world):
    application = application_at(State.REQUESTED, world, road=Road.SURVEY)
    services.perform(
        application=application, name="answer_from_data", by=world.user(Role.FIRST_REVIEWER), note="同意"
    )
    row = DataReuse.objects.get()
    assert (row.application, row.requester) == (application, application.organisation.name)
    assert row.times == max(application.schools.count(), 1)
    said = INDICATORS["I12"].measure(world.district, dates.today().year)
    assert said.value == row.times
    assert "其中申请自动记入 1 次" in said.explanation


def test_an_agreed_survey_saves_no_reports(world):
    application_at(State.AGREED, world, road=Road.SURVEY)
    assert not DataReuse.objects.exists()


def test_a_refused_visit_enters_the_register_and_leaves_it_again(world, settings):
    activity = agreed(world)
    session = activity.sessions.get()
    settings.JIANFU_TODAY = session.day
    keeper = world.user(Role.SCHOOL)
    record_visit(session=session, by=keeper, kind="refused", reason="demands", note="要打卡")
    (row,) = RefusedRequest.objects.all()
    assert (row.name, row.asker) == (activity.title, activity.organisation.name)
    assert (row.refused_by, row.begun_on, row.practice) == (session.school, session.day, "P23")
    assert row.reason == "要求打卡、拍照、填表或布置任务；要打卡"
    record_visit(session=session, by=keeper, kind="confirmed")
    assert RefusedRequest.objects.get().void_reason == "学校更改了来校记录"
    record_visit(session=session, by=keeper, kind="refused", reason="no_paper")
    row.refresh_from_db()
    assert (row.void_reason, row.practice) == ("", "P07")


def test_who_was_not_on_the_list_and_sent_away_is_a_refusal_who_was_let_in_is_none(world):
    keeper, where = world.user(Role.SCHOOL), world.place("school")
    record_unlisted(school=where, by=keeper, kind="unlisted_admitted", visitor="某公司")
    assert not RefusedRequest.objects.exists()
    record_unlisted(school=where, by=keeper, kind="unlisted_refused", visitor="某公司", purpose="推销")
    row = RefusedRequest.objects.get()
    assert (row.name, row.asker, row.practice) == ("推销", "某公司", "P07")
