from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from jianfu.kernel import dates
from jianfu.organisations.models import Membership, Organisation, Person, User
from jianfu.organisations.states import Kind, Role
from tests.factories import add_account, add_person, build_world


def member(person, organisation, role, **more):
    return Membership(person=person, organisation=organisation, role=role, since=dates.today(), **more)


def test_a_role_counts_from_its_first_to_its_last_day(world, settings):
    person = add_person(world.district, organisation=world.place("section"))
    Membership.objects.create(
        person=person,
        organisation=world.place("section"),
        role=Role.SECTION_CLERK,
        since=date(2026, 3, 1),
        until=date(2026, 3, 31),
    )
    user = add_account(person)
    for day, held in [(1, True), (31, True)]:
        settings.JIANFU_TODAY = date(2026, 3, day)
        assert User.objects.get(pk=user.pk).has(Role.SECTION_CLERK) is held
    for day in (date(2026, 2, 28), date(2026, 4, 1)):
        settings.JIANFU_TODAY = day
        assert not User.objects.get(pk=user.pk).has(Role.SECTION_CLERK)


def test_an_account_that_was_stopped_holds_no_role(world):
    user = world.user(Role.AUDITOR)
    user.is_active = False
    user.save()
    assert not User.objects.get(pk=user.pk).has(Role.AUDITOR)
    assert not User.objects.get(pk=user.pk).is_staff


def test_only_the_three_administrators_enter_the_admin(world):
    entering = {role for role in Role if world.user(role).is_staff}
    assert entering == {Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDITOR}


def test_two_accounts_of_one_person_share_their_roles(world):
    first = world.user(Role.LEADER)
    second = add_account(first.person)
    assert second.has(Role.LEADER)
    assert second.person_id == first.person_id


def test_roles_are_read_once_a_request(world, django_assert_num_queries):
    user = User.objects.select_related("person").get(pk=world.user(Role.LEADER).pk)
    with django_assert_num_queries(1):
        assert user.has(Role.LEADER)
        assert not user.has(Role.EXPERT)
        assert user.organisation_ids(Role.LEADER) == {world.place("leading_group").pk}


def test_a_role_that_excludes_another_is_refused_on_the_form(world):
    person = world.user(Role.LEADER).person
    with pytest.raises(ValidationError, match="不能同时担任"):
        member(person, world.place("bureau"), Role.AUDITOR).full_clean()


def test_a_role_in_another_district_is_refused(world):
    other = build_world("qinghe", "清河区")
    person = add_person(world.district)
    with pytest.raises(ValidationError, match="同一区县内"):
        member(person, other.place("section"), Role.SECTION_CLERK).full_clean()


def test_a_superior_in_another_district_is_refused(world):
    other = build_world("qinghe", "清河区")
    child = Organisation(
        district=world.district, kind=Kind.SECTION, name="新科室", parent=other.place("bureau")
    )
    with pytest.raises(ValidationError, match="同一区县内"):
        child.full_clean()


def test_a_role_cannot_end_before_it_begins(world):
    person = add_person(world.district)
    row = member(person, world.place("section"), Role.SECTION_CLERK, until=dates.today() - timedelta(days=1))
    with pytest.raises(ValidationError, match="开始日期或以后"):
        row.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_the_same_identity_is_one_person_but_many_may_be_unknown(world):
    add_person(world.district)
    add_person(world.district)
    Person.objects.create(district=world.district, name="甲", identity_digest="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.create(district=world.district, name="乙", identity_digest="x")


def test_django_s_own_permission_table_is_not_used(world):
    assert not world.user(Role.SYSTEM_ADMINISTRATOR).has_perm("organisations.change_person")
