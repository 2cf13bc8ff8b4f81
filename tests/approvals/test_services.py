"""Drafts, copies, the panel's sheets."""

import pytest

from approvals import services
from approvals.facts import printed
from approvals.models import Application, Assignment
from approvals.states import State
from jianfu.audit.models import Event
from jianfu.kernel import dates
from jianfu.kernel.decisions import Conflicted, Refused
from jianfu.organisations.states import Role
from tests.approvals.factories import ALL_AGREE, answers, application_at, draft, experts, step
from tests.factories import add_person


def test_a_draft_knows_what_is_known(world):
    by = world.user(Role.APPLICANT)
    made = services.open_draft(by=by, organisation=world.place("department"))
    assert (made.contact_name, made.contact_phone) == (by.person.name, by.person.phone)
    assert (made.state, made.number, made.year) == (State.DRAFTED, None, dates.today().year)


def test_nobody_drafts_for_another_unit(world):
    with pytest.raises(Refused):
        services.open_draft(by=world.user(Role.APPLICANT), organisation=world.place("other_department"))


@pytest.mark.parametrize("state", [State.SUBMITTED, State.APPROVED, State.PUBLISHED, State.WITHDRAWN])
def test_what_was_handed_in_is_not_edited(world, state):
    application = application_at(state, world)
    with pytest.raises(Refused, match="已提交的内容不能再改"):
        services.save_draft(application=application, by=world.user(Role.APPLICANT), fields={"title": "改"})


def test_a_colleague_was_faster(world):
    application = draft(world)
    by = world.user(Role.APPLICANT)
    services.save_draft(application=application, by=by, fields={"title": "同事的"})
    with pytest.raises(Conflicted, match="同单位的同事刚刚改过"):
        services.save_draft(
            application=application,
            by=by,
            fields={"title": "我的"},
            expected_version=application.version,
        )
    application.refresh_from_db()
    assert application.title == "同事的"


def test_days_in_the_wrong_order_are_refused_before_the_database_does(world):
    application = draft(world)
    changed = {"starts_on": answers()["ends_on"], "ends_on": answers()["starts_on"]}
    with pytest.raises(Refused, match="早于开始日期"):
        services.save_draft(application=application, by=world.user(Role.APPLICANT), fields=changed)


def test_conditions_that_are_no_longer_claimed_go(world):
    application = draft(world)
    by = world.user(Role.APPLICANT)
    services.save_draft(
        application=application, by=by, fields={}, bases={"mandate": ("意见", "〔2026〕1号", "")}
    )
    assert [basis.criterion for basis in application.bases.all()] == ["mandate"]


def test_a_copy_leaves_days_and_promises_empty(world):
    source = application_at(State.PUBLISHED, world)
    copy = services.copy_of(application=source, by=world.user(Role.APPLICANT), year=source.year + 1)
    assert (copy.title, copy.student_count, copy.year) == (source.title, 800, source.year + 1)
    assert (copy.starts_on, copy.ends_on, copy.committed, copy.number) == (None, None, False, None)
    assert copy.bases.get().document == "中华人民共和国消防法"


def asked(world, count=1):
    application = step(draft(world), "submit", world)
    people = [user.person for user in experts(world, count)]
    rows = services.assign_experts(
        application=application, experts=people, by=world.user(Role.PUBLICATION_CLERK)
    )
    return application, rows


def give(row, world, **changed):
    sheet = {"items": ALL_AGREE, "conclusion": "agree", "comment": "好", "submit": True, **changed}
    return services.save_opinion(assignment=row, by=experts(world, 1)[0], **sheet)


def test_one_conflicted_expert_refuses_all(world):
    application = step(draft(world), "submit", world)
    colleague = add_person(world.district, organisation=world.place("department"))
    with pytest.raises(Refused, match="须回避"):
        services.assign_experts(
            application=application,
            experts=[experts(world)[0].person, colleague],
            by=world.user(Role.PUBLICATION_CLERK),
        )
    assert Assignment.objects.count() == 0


def test_asking_twice_asks_once(world):
    application, rows = asked(world)
    services.assign_experts(
        application=application, experts=[rows[0].expert], by=world.user(Role.PUBLICATION_CLERK)
    )
    assert application.assignments.count() == 1


def test_only_the_office_asks_and_only_now(world):
    application, rows = asked(world)
    with pytest.raises(Refused, match="领导小组办公室"):
        services.assign_experts(application=application, experts=[rows[0].expert], by=world.user(Role.LEADER))
    step(application, "return_", world)
    with pytest.raises(Refused, match="只有“专家论证”时"):
        services.assign_experts(
            application=application, experts=[rows[0].expert], by=world.user(Role.PUBLICATION_CLERK)
        )


def test_an_incomplete_sheet_says_every_point(world):
    _application, (row,) = asked(world)
    with pytest.raises(Refused, match=r"活动主题.*填写论证意见"):
        give(row, world, items={**ALL_AGREE, "theme": ("", "")}, comment=" ")


def test_a_draft_may_be_empty_and_a_given_sheet_stays(world):
    _application, (row,) = asked(world)
    assert give(row, world, items={}, conclusion="", comment="", submit=False).submitted_at is None
    assert give(row, world).items.count() == 9
    with pytest.raises(Refused, match="已经提交，不能再改"):
        give(row, world, comment="改主意")


def test_after_the_panel_nobody_adds_a_sheet(world):
    application, (row,) = asked(world)
    step(application, "return_", world)
    with pytest.raises(Refused, match="论证已经结束"):
        give(row, world)


def test_a_draft_can_be_thrown_away_and_what_has_a_number_cannot(world):
    by = world.user(Role.APPLICANT)
    services.discard(application=draft(world), by=by)
    assert not Application.objects.exists()
    assert Event.objects.filter(action="application.discarded").count() == 1
    for state in (State.SUBMITTED, State.RETURNED, State.PUBLISHED):
        with pytest.raises(Refused, match="不能删除"):
            services.discard(application=application_at(state, world), by=by)
    other = world.user(Role.APPLICANT, place="other_department", key="other")
    with pytest.raises(Refused, match="申报单位的经办人"):
        services.discard(application=draft(world), by=other)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (["none", "subject"], "“未融合”不能和别的融合方式一起选"),
        (["subject", "nonsense"], "所选的融合方式不在可选范围内"),
    ],
)
def test_the_manner_is_some_of_five_or_none(world, values, said):
    """R54, also for who writes without the form."""
    application = draft(world)
    by = world.user(Role.APPLICANT)
    with pytest.raises(Refused, match=said):
        services.save_draft(application=application, by=by, fields={"integration": values})
    application.refresh_from_db()
    assert application.integration == ["practice"]
    several = ["subject", "class_meeting", "practice", "after_school", "culture"]
    saved = services.save_draft(application=application, by=by, fields={"integration": several})
    assert printed(saved)["融合方式"] == "学科教学、班团队会、综合实践活动、课后服务、校园文化建设"


def test_what_is_listed_is_changed_by_a_new_application(world):
    """申请调整: the same words and dates, tied to the old one; asked for again, the same draft."""
    source = application_at(State.PUBLISHED, world)
    by = world.user(Role.APPLICANT)
    draft = services.change_of(application=source, by=by)
    assert (draft.predecessor, draft.state, draft.title) == (source, State.DRAFTED, source.title)
    assert (draft.starts_on, draft.ends_on, draft.year) == (source.starts_on, source.ends_on, source.year)
    assert services.change_of(application=source, by=by) == draft
    with pytest.raises(Refused, match="只有已公布白名单的事项才能申请调整"):
        services.change_of(application=draft, by=by)
    with pytest.raises(Refused, match="只有申报单位的经办人"):
        services.change_of(application=source, by=world.user(Role.APPLICANT, place="school", key="stranger"))
