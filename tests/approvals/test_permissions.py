"""Who may: people are compared, not accounts."""

import pytest

from approvals import permissions, services
from approvals.states import State
from jianfu.kernel.decisions import Refused
from jianfu.organisations.models import User
from jianfu.organisations.services import grant_role
from jianfu.organisations.states import Role
from tests.approvals.factories import (
    ALL_AGREE,
    BASES,
    answers,
    application_at,
    draft,
    experts,
    give_opinions,
    step,
    step_data,
)
from tests.factories import add_account, add_person


def second_account(user):
    """The same natural person under another account, as loaded by a request of its own."""
    return User.objects.select_related("person").get(pk=add_account(user.person).pk)


def also(user, role, world, place="section"):
    grant_role(person=user.person, organisation=world.place(place), role=role, by=None)
    return User.objects.select_related("person").get(pk=user.pk)


def test_only_applicants_apply(world):
    for role in Role:
        assert bool(permissions.may_apply(world.user(role))) is (role == Role.APPLICANT), role


def test_only_the_own_unit_writes(world):
    application = draft(world)
    other = world.user(Role.APPLICANT, place="other_department", key="other")
    assert permissions.may_write(application, world.user(Role.APPLICANT))
    assert not permissions.may_write(application, other)
    with pytest.raises(Refused, match="申报单位的经办人"):
        services.save_draft(application=application, by=other, fields={"title": "改"})


def test_the_applicant_does_not_review_even_with_another_account(world):
    application = application_at(State.APPRAISED, world)
    applicant = also(world.user(Role.APPLICANT), Role.FIRST_REVIEWER, world)
    for by in (applicant, second_account(applicant)):
        with pytest.raises(Refused, match="本人申报了这项申请，不能再初审"):
            services.perform(application=application, name="pass_review", by=by, note="同意")


def test_the_reviewer_does_not_approve(world):
    application = application_at(State.REVIEWED, world)
    reviewer = also(world.user(Role.FIRST_REVIEWER), Role.LEADER, world, "leading_group")
    with pytest.raises(Refused, match="本人初审过这项申请，不能再审批"):
        step_by(application, "approve", second_account(reviewer))


def test_an_expert_of_it_does_not_review(world):
    application = application_at(State.APPRAISED, world)
    expert = also(experts(world)[0], Role.FIRST_REVIEWER, world)
    with pytest.raises(Refused, match="论证专家，不能再初审"):
        services.perform(application=application, name="pass_review", by=expert, note="同意")


def test_who_approved_does_not_hand_in_again(world):
    """Also the negative answers of a separated person are refused."""
    application = application_at(State.APPRAISED, world)
    applicant = also(world.user(Role.APPLICANT), Role.FIRST_REVIEWER, world)
    with pytest.raises(Refused, match="本人申报了"):
        services.perform(application=application, name="reject", by=applicant, note="不")


def step_by(application, name, by):
    return services.perform(application=application, name=name, by=by, note="同意", data=step_data(name))


def applied_by_section(world):
    applicant = world.user(Role.APPLICANT, place="section", key="section-applicant")
    made = services.open_draft(by=applicant, organisation=world.place("section"))
    made = services.save_draft(application=made, by=applicant, fields=answers(), bases=BASES)
    made = services.perform(application=made, name="submit", by=applicant)
    give_opinions(made, world)
    office = world.user(Role.PUBLICATION_CLERK)
    return services.perform(
        application=made, name="conclude", by=office, note="同意", data=step_data("conclude")
    )


def test_a_section_is_reviewed_by_another_one(world):
    application = applied_by_section(world)
    own = world.user(Role.FIRST_REVIEWER)
    other = world.user(Role.FIRST_REVIEWER, place="other_section", key="other-reviewer")
    assert "其他科室" in permissions.from_another_section(application, own).text
    for name in ("pass_review", "return_", "reject"):
        with pytest.raises(Refused, match="R-SEP-02"):
            services.perform(application=application, name=name, by=own, note="同意")
    assert services.perform(application=application, name="pass_review", by=other, note="同意")


def test_the_panel_recuses_the_applicants_people(world):
    application = step(draft(world), "submit", world)
    colleague = add_person(world.district, organisation=world.place("department"))
    member = add_person(world.district, organisation=world.place("school"))
    outsider = experts(world)[0].person
    grant_role(person=member, organisation=world.place("department"), role=Role.APPLICANT, by=None)
    handler = world.user(Role.APPLICANT).person
    found = permissions.may_be_asked_all(application, [colleague, member, outsider, handler])
    assert "R-SEP-04" in found[colleague.pk].text
    assert "R-SEP-04" in found[member.pk].text
    assert "申报了这项申请，须回避" in found[handler.pk].text
    assert found[outsider.pk]


def test_a_joint_unit_recuses_too(world):
    application = draft(world)
    colleague = add_person(world.district, organisation=world.place("other_department"))
    assert permissions.may_be_asked(application, colleague)
    application.joint_organisations.set([world.place("other_department")])
    assert not permissions.may_be_asked(application, colleague)


def test_the_panel_is_asked_with_the_same_queries_for_any_number(world, django_assert_num_queries):
    application = step(draft(world), "submit", world)
    for count in (1, 3):
        people = [add_person(world.district, organisation=world.place("school")) for _ in range(count)]
        with django_assert_num_queries(5):
            permissions.may_be_asked_all(application, people)


def test_an_opinion_is_the_experts_own(world):
    application = step(draft(world), "submit", world)
    first, second = experts(world, 2)
    (row,) = services.assign_experts(
        application=application, experts=[first.person], by=world.user(Role.PUBLICATION_CLERK)
    )
    with pytest.raises(Refused, match="专家本人"):
        services.save_opinion(
            assignment=row, by=second, items=ALL_AGREE, conclusion="agree", comment="好", submit=True
        )


def test_only_staff_read_the_list(world):
    readers = {role for role in Role if permissions.may_read_list(world.user(role))}
    assert readers == {
        Role.FIRST_REVIEWER,
        Role.LEADER,
        Role.PARTY_OFFICE,
        Role.GOVERNMENT_OFFICE,
        Role.COMMITTEE,
        Role.PUBLICATION_CLERK,
        Role.SECTION_CLERK,
        Role.LEDGER_OFFICE,
        Role.COMPLAINT_HANDLER,
    }


def test_what_was_only_being_written_stays_the_applicants(world, client):
    application = application_at(State.SUBMITTED, world, grades="草稿里的年级")
    services.perform(
        application=application, name="return_", by=world.user(Role.PUBLICATION_CLERK), note="请补"
    )
    services.save_draft(
        application=application, by=world.user(Role.APPLICANT), fields={"grades": "还没有报送的年级"}
    )
    address = f"/history/application/{application.pk}/"
    client.force_login(world.user(Role.APPLICANT))
    assert "还没有报送的年级" in client.get(address).content.decode()
    client.force_login(world.user(Role.LEADER))
    body = client.get(address).content.decode()
    assert "共 1 个版本" in body
    assert "还没有报送的年级" not in body
