"""R111: what was found true and acted on becomes a row of 问题和整改台账, once, and tells of nobody."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.urls import reverse

from jianfu.kernel import dates
from jianfu.kernel.decisions import Refused
from jianfu.organisations.services import grant_role
from jianfu.organisations.states import Role
from ledger.drafting import problem
from ledger.models import Problem
from ledger.registers import REGISTERS
from ledger.services import register as services
from tests.factories import build_world
from tests.whitelist.complaints import NAME, PHONE, SCHOOL, WORDS, handler, walked

LIST = "ledger:item_list"


@pytest.fixture
def clerk(world):
    return world.user(Role.LEDGER_OFFICE)


def pressed(client, address):
    """The page as it opens, and its answer when it is saved as it stands."""
    form = client.get(address).context["form"]
    data = {name: form[name].value() for name in form.fields}
    data = {name: value for name, value in data.items() if value is not None}
    return client.post(address, {**data, "begun_on": str(data["begun_on"]), "due_on": str(data["due_on"])})


def test_one_click_and_everything_is_filled_in(world, client, clerk):
    complaint = walked(world, "summon")
    client.force_login(clerk)
    page = client.get(reverse(LIST, args=["problems"])).text
    address = problem.address_of(complaint.pk)
    assert "区消防救援支队：安排教师上街执勤（经核查属实，已通报、约谈）" in page
    assert address in page
    assert "<details open>" in client.get(address).text
    assert pressed(client, address).status_code == 302
    row = Problem.objects.get()
    assert (row.culprit, row.source, row.practice) == ("区消防救援支队", "complaint", "P11")
    assert (row.begun_on, row.note) == (dates.today(), "经核查属实，已通报、约谈")
    assert row.due_on > dates.today()
    shown = client.get(row.get_absolute_url()).text + repr(row.history.values())
    told = (NAME, PHONE, SCHOOL, WORDS[:6], complaint.number, "上周三")
    assert [word for word in told if word in shown] == []
    assert not hasattr(row.history.get(), "complaint_id")


def test_it_is_entered_once_and_again_after_it_was_voided(world, client, clerk):
    complaint = walked(world, "summon")
    client.force_login(clerk)
    address = problem.address_of(complaint.pk)
    pressed(client, address)
    row = Problem.objects.get()
    assert "没有登记，内容已填好" not in client.get(reverse(LIST, args=["problems"])).text
    assert client.get(address).headers["Location"] == row.get_absolute_url()
    details = {**problem.initial_of(complaint), "name": "另一个名称", "unit": None, "outcome": ""}
    with pytest.raises(Refused, match="已经登记到问题清单"):
        services.add_item(register=REGISTERS["problems"], details=details, by=clerk, complaint=complaint)
    services.void_item(item=row, reason="登记错了", expected_version=row.version, by=clerk)
    assert pressed(client, address).status_code == 302
    assert Problem.objects.count() == 2


def test_what_was_only_found_is_not_offered(world, client, clerk):
    """Until something was signed, nobody but the handler knows."""
    complaint = walked(world, "find")
    client.force_login(clerk)
    assert problem.offers(clerk) == []
    assert client.get(problem.address_of(complaint.pk)).status_code == 404


def test_the_accused_unit_and_who_does_not_enter_are_offered_nothing(world, client):
    complaint = walked(world, "summon")
    own = world.user(Role.LEDGER_OFFICE, place="department", key="own")
    assert problem.offers(own) == []
    assert problem.sequel(complaint, own) is None
    client.force_login(own)
    assert client.get(problem.address_of(complaint.pk)).status_code == 404
    leader = world.user(Role.LEADER, key="other")
    assert problem.offers(leader) == []
    client.force_login(leader)
    assert client.get(problem.address_of(complaint.pk)).status_code == 403


def test_beside_the_complaint_for_a_handler_who_also_enters(world, client):
    complaint = walked(world, "summon")
    client.force_login(handler(world))
    assert "登记到问题清单" not in client.get(complaint.get_absolute_url()).text
    both, place = handler(world), world.place("supervision")
    grant_role(person=both.person, organisation=place, role=Role.SECTION_CLERK, by=None)
    client.force_login(type(both).objects.get(pk=both.pk))
    page = client.get(complaint.get_absolute_url()).text
    assert problem.address_of(complaint.pk) in page
    pressed(client, problem.address_of(complaint.pk))
    assert Problem.objects.get().get_absolute_url() in client.get(complaint.get_absolute_url()).text


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_who_enter_it_at_once_one_is_told():
    world = build_world()
    complaint, by = walked(world, "summon"), world.user(Role.LEDGER_OFFICE)
    details = {**problem.initial_of(complaint), "unit": None, "outcome": ""}

    def enter(name):
        try:
            return services.add_item(
                register=REGISTERS["problems"], details={**details, "name": name}, by=by, complaint=complaint
            )
        except Refused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(enter, ["一种写法", "另一种写法"]))
    assert sum(isinstance(each, Refused) for each in found) == 1
    assert Problem.objects.count() == 1
