import pytest

from jianfu.audit.models import Event
from jianfu.kernel.decisions import Refused
from jianfu.organisations.models import Person
from jianfu.organisations.services import find_or_add_person, grant_role, identity_digest
from jianfu.organisations.states import Role
from tests.factories import add_person


def test_a_role_is_granted_once_and_recorded(world):
    person = add_person(world.district)
    by = world.user(Role.SECURITY_ADMINISTRATOR)
    first = grant_role(person=person, organisation=world.place("section"), role=Role.SECTION_CLERK, by=by)
    again = grant_role(person=person, organisation=world.place("section"), role=Role.SECTION_CLERK, by=by)
    assert first == again
    assert Event.objects.filter(action="organisations.grant_role", target_id=str(first.pk)).count() == 1


def test_a_conflicting_role_is_refused_and_nothing_written(world):
    person = world.user(Role.LEADER).person
    with pytest.raises(Refused, match="三员分立"):
        grant_role(person=person, organisation=world.place("bureau"), role=Role.AUDITOR, by=None)
    assert person.memberships.count() == 1


def test_a_person_is_entered_once_in_an_organisation(world):
    by, school = world.user(Role.SECTION_CLERK), world.place("school")
    first = find_or_add_person(district_id=world.district.pk, name=" 王喆 ", organisation=school, by=by)
    assert find_or_add_person(district_id=world.district.pk, name="王喆", organisation=school, by=by) == first
    other = find_or_add_person(
        district_id=world.district.pk, name="王喆", organisation=world.place("other_school"), by=by
    )
    assert other != first
    assert Person.objects.filter(name="王喆").count() == 2


def test_the_identity_number_is_recognised_and_never_kept(settings):
    digest = identity_digest(" 50010119900101123x ")
    assert digest == identity_digest("50010119900101123X")
    assert "500101" not in digest
    settings.SECRET_KEY = "another"
    assert identity_digest("50010119900101123X") != digest
