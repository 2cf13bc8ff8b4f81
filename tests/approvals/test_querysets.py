"""The doors: every role x own and other district; drafts hidden; experts blind."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser

from approvals import services
from approvals.models import Application, Assignment, Attachment
from approvals.states import State
from jianfu.kernel import dates
from jianfu.organisations.states import STAFF, Role
from tests.approvals.factories import ALL_AGREE, ANNUAL_STATES, application_at, draft, experts, step


@pytest.mark.parametrize("state", [State.DRAFTED, State.SUBMITTED, State.PUBLISHED])
def test_who_sees_an_application(world, stranger_world, state):
    application = application_at(state, world)
    for role in Role:
        sees = application in Application.objects.visible_to(world.user(role))
        expected = role == Role.APPLICANT or (state != State.DRAFTED and role in STAFF)
        assert sees is expected, role
        assert application not in Application.objects.visible_to(stranger_world.user(role)), role
    assert application not in Application.objects.visible_to(AnonymousUser())


def test_another_department_sees_it_only_when_joint_and_handed_in(world):
    other = world.user(Role.APPLICANT, place="other_department", key="other")
    application = draft(world)
    application.joint_organisations.set([world.place("other_department")])
    assert application not in Application.objects.visible_to(other)
    step(application, "submit", world)
    assert application in Application.objects.visible_to(other)
    assert application not in Application.objects.of_applicant(other)


def test_an_expert_sees_what_they_were_asked_about(world):
    application = step(draft(world), "submit", world)
    expert = experts(world)[0]
    assert application not in Application.objects.visible_to(expert)
    services.assign_experts(
        application=application, experts=[expert.person], by=world.user(Role.PUBLICATION_CLERK)
    )
    assert application in Application.objects.visible_to(expert)


WAITS_FOR = {
    State.SUBMITTED: Role.PUBLICATION_CLERK,
    State.APPRAISED: Role.FIRST_REVIEWER,
    State.REVIEWED: Role.LEADER,
    State.APPROVED: Role.PUBLICATION_CLERK,
    State.RETURNED: Role.APPLICANT,
}


@pytest.mark.parametrize("state", ANNUAL_STATES)
def test_whose_matter_it_is(world, stranger_world, state):
    application = application_at(state, world)
    for role in Role:
        waits = application in Application.objects.waiting_for(world.user(role))
        assert waits is (WAITS_FOR.get(state) == role), role
        assert application not in Application.objects.waiting_for(stranger_world.user(role)), role


def test_a_matter_does_not_wait_for_whom_it_is_forbidden(world):
    """Whoever argued it as an expert has no 初审 of it on the desk."""
    application = application_at(State.APPRAISED, world)
    from jianfu.organisations.models import User
    from jianfu.organisations.services import grant_role

    expert = experts(world)[0]
    grant_role(person=expert.person, organisation=world.place("section"), role=Role.FIRST_REVIEWER, by=None)
    fresh = User.objects.get(pk=expert.pk)
    assert application not in Application.objects.waiting_for(fresh)
    assert application in Application.objects.waiting_for(world.user(Role.FIRST_REVIEWER))


def test_overdue_begins_the_day_after(world):
    application = step(draft(world), "submit", world)
    assert application not in Application.objects.overdue(application.due_on)
    assert application in Application.objects.overdue(application.due_on + timedelta(days=1))
    assert not Application.objects.overdue(dates.today()).exists()


def test_done_is_what_one_took_part_in(world):
    application = application_at(State.APPRAISED, world)
    for user in (world.user(Role.PUBLICATION_CLERK), experts(world)[0], world.user(Role.APPLICANT)):
        assert application in Application.objects.done_by(user)
    assert application not in Application.objects.done_by(world.user(Role.LEADER))


@pytest.mark.parametrize("words", ["消防安全", "JXY", "消防救援"])
def test_search_finds_title_number_and_unit(world, words):
    application = step(draft(world), "submit", world)
    assert list(Application.objects.matching(words)) == [application]
    assert not Application.objects.matching("没有这个").exists()


@pytest.mark.parametrize(("words", "found"), [("xfaq", True), ("YJSS", True), ("xfyl", False), ("q", False)])
def test_search_finds_a_title_by_its_initials(world, words, found, django_assert_num_queries):
    """拼音首字母 of neighbouring characters, in any case, from two on; in one query like any other search."""
    application = step(draft(world), "submit", world)
    with django_assert_num_queries(1):
        assert (list(Application.objects.matching(words)) == [application]) is found


def test_initials_follow_the_title_and_what_was_there_before_is_filled(world):
    application = draft(world)
    services.save_draft(
        application=application, by=world.user(Role.APPLICANT), fields={"title": "税法小课堂"}
    )
    assert Application.objects.get().title_initials == "sfxkt"
    Application.objects.update(title_initials="")
    import_module("approvals.migrations.0012_initials").of_the_names_there_are(apps, None)
    assert Application.objects.get().title_initials == "sfxkt"


def test_experts_are_blind_until_their_own_sheet_is_in(world):
    application = step(draft(world), "submit", world)
    first, second, third = experts(world)
    rows = services.assign_experts(
        application=application,
        experts=[first.person, second.person],
        by=world.user(Role.PUBLICATION_CLERK),
    )
    services.save_opinion(
        assignment=rows[0], by=first, items=ALL_AGREE, conclusion="agree", comment="好", submit=True
    )
    assert list(Assignment.objects.visible_to(second)) == [rows[1]]
    assert list(Assignment.objects.visible_to(first)) == rows
    services.save_opinion(
        assignment=rows[1], by=second, items=ALL_AGREE, conclusion="agree", comment="好", submit=False
    )
    assert list(Assignment.objects.visible_to(second)) == [rows[1]]  # a draft opens nothing
    assert list(Assignment.objects.visible_to(third)) == []
    assert list(Assignment.objects.visible_to(world.user(Role.APPLICANT))) == []
    assert list(Assignment.objects.visible_to(world.user(Role.LEADER))) == rows
    assert list(Assignment.objects.visible_to(AnonymousUser())) == []


def test_owed_is_the_own_open_sheet_on_the_present_content(world):
    application = step(draft(world), "submit", world)
    first = experts(world)[0]
    (row,) = services.assign_experts(
        application=application, experts=[first.person], by=world.user(Role.PUBLICATION_CLERK)
    )
    assert list(Assignment.objects.open_for(first)) == [row]
    application = step(application, "return_", world)
    assert not Assignment.objects.open_for(first).exists()
    step(application, "submit", world)
    assert not Assignment.objects.open_for(first).exists()


def test_files_follow_their_application(world, stranger_world):
    from django.core.files.uploadedfile import SimpleUploadedFile

    from tests.kernel.documents.test_uploads import pdf

    application = draft(world)
    row = services.attach(
        application=application,
        by=world.user(Role.APPLICANT),
        upload=SimpleUploadedFile("方案.pdf", pdf()),
        kind="plan",
    )
    assert list(Attachment.objects.visible_to(world.user(Role.APPLICANT))) == [row]
    for user in (world.user(Role.LEADER), stranger_world.user(Role.APPLICANT), AnonymousUser()):
        assert list(Attachment.objects.visible_to(user)) == []


def test_what_names_a_teacher_is_read_by_few(world):
    from tests.ledger.test_following import handed_in

    application = handed_in(world)
    readers = {r for r in Role if application in Application.objects.visible_to(world.user(r))}
    assert readers == {Role.APPLICANT, Role.SCHOOL, Role.FIRST_REVIEWER, Role.COMMITTEE}
    keeper = world.user(Role.SECTION_CLERK, place="personnel", key="keeper")
    assert application in Application.objects.visible_to(keeper)
