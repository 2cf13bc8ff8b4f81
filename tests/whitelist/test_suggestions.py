"""意见建议 has two doors: the public form, sealed, and a unit's own in its name. Each leads to the other."""

from jianfu.organisations.states import Role
from tests.whitelist.complaints import handler, received
from tests.whitelist.factories import clerk
from whitelist import services
from whitelist.states.complaint import ComplaintKind

UNITS, PUBLIC = "/whitelist/office/feedback/", "/whitelist/office/complaints/"


def page(client, user, address, **asked):
    client.force_login(user)
    return client.get(address, asked).content.decode()


def test_each_list_leads_to_the_other_and_counts_what_may_be_seen(world, client):
    suggestion, _code = received(world, kind=ComplaintKind.FEEDBACK)
    complaint, _code = received(world)
    there = f"{PUBLIC}?tab=all&amp;kind=feedback"
    own = page(client, handler(world), UNITS)
    assert there in own
    assert "有 1 件" in own
    for user in (clerk(world), world.user(Role.APPLICANT)):
        other = page(client, user, UNITS)
        assert there not in other
        assert suggestion.number not in other
    found = page(client, handler(world), PUBLIC, tab="all", kind="feedback")
    assert UNITS in found
    assert suggestion.number in found
    assert complaint.number not in found


def test_the_desk_says_which_it_is(world, client):
    suggestion, _code = received(world, kind=ComplaintKind.FEEDBACK)
    complaint, _code = received(world)
    desk = page(client, handler(world), "/desk/")
    assert f"意见建议 {suggestion.number}" in desk
    assert f"投诉举报 {complaint.number}" in desk


def test_each_form_says_who_reads_it(world, client):
    own = page(client, world.user(Role.APPLICANT), f"{UNITS}new/")
    assert "署单位名提出" in own
    assert "/whitelist/yunling/report/" in own
    client.logout()
    assert "意见建议同样封存" in client.get("/whitelist/yunling/report/").content.decode()


def test_a_unit_reads_its_own_without_the_public_ones(world, client):
    unit = world.user(Role.APPLICANT)
    received(world, kind=ComplaintKind.FEEDBACK)
    services.give_feedback(organisation=world.place("department"), topic="forms", words="交两遍", by=unit)
    assert "共 1 条" in page(client, unit, UNITS)
