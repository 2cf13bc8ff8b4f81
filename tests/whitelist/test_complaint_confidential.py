"""Who learns what: a copy of the database and the store, the accused unit, former handlers, the trail."""

import logging
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.contrib import admin
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from jianfu.audit.models import Event
from jianfu.kernel import dates, sealing
from jianfu.kernel.decisions import Refused
from jianfu.kernel.registry import desks
from jianfu.organisations.models import Delegation
from jianfu.organisations.services import grant_role
from jianfu.organisations.states import Role
from tests.factories import add_account, add_person
from whitelist.complaints import counting
from whitelist.complaints.kinship import kin
from whitelist.models import Complaint, Entry
from whitelist.services import complaint as services

from .complaint_pages import answer, report
from .complaints import IP, NAME, PHONE, SCHOOL, WORDS, handler, leader, picture, received, taken, walked
from .factories import published

PLANTED = (NAME, PHONE, IP, SCHOOL, WORDS[:8], "上周三上午", "私密.png", "机主某某", "补充的一句话")


def dump():
    """Every table as text, and every stored file as bytes with its name."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            yield table, repr(cursor.fetchall()).encode()
    for path in Path(django_settings.MEDIA_ROOT).rglob("*"):
        yield str(path), path.name.encode() + (path.read_bytes() if path.is_file() else b"")


def found_in_dump():
    return [
        (where, word)
        for where, content in dump()
        for word in PLANTED
        if word.encode() in content or repr(word)[1:-1].encode("unicode-escape") in content
    ]


@pytest.mark.django_db
def test_nothing_of_the_writer_in_any_table_file_or_log(world, caplog):
    """After a whole walk: reported, answered, asked, identity viewed, handled to the end."""
    caplog.set_level(logging.DEBUG)
    code = report(world, ip=IP, name=NAME, phone=PHONE, school=SCHOOL, when="上周三上午", words=WORDS)
    complaint = Complaint.objects.get()
    complaint = services.take(complaint=complaint, by=handler(world))
    answer(world, code, "补充的一句话", ip=IP)
    services.ask(complaint=complaint, by=handler(world), words="是哪一天开始的")
    seen = services.view_identity(complaint=complaint, by=handler(world), reason="回访核实时间")
    assert (seen.name, seen.phone) == (NAME, PHONE)
    assert complaint.story_words.startswith(WORDS)
    for name, by, more in (
        ("accept", handler(world), {}),
        ("find", handler(world), {"note": "属实", "data": {"finding": "upheld"}}),
        ("summon", handler(world), {"note": "立即停止", "data": {"held_on": dates.today()}}),
        ("close", handler(world), {"note": "已约谈"}),
    ):
        complaint = services.perform_complaint(complaint=complaint, name=name, by=by, **more)
    assert found_in_dump() == []
    assert [line for line in caplog.messages if any(word in line for word in (*PLANTED, code))] == []


@pytest.mark.django_db
def test_the_dump_would_find_it(world):
    """The search itself: what stands in a table in plain words is found."""
    add_person(world.district, name=NAME)
    assert {word for _where, word in found_in_dump()} == {NAME}


def test_no_hour_is_kept_of_what_the_public_wrote(world):
    complaint, _code = received(world)
    services.answer_complaint(complaint=complaint, words="再说一句")
    moments = [complaint.state_entered_at, *complaint.history.values_list("history_date", flat=True)]
    moments += Event.objects.filter(action__startswith="complaint.").values_list("at", flat=True)
    local = {dates.timezone.localtime(moment).time().isoformat() for moment in moments}
    assert local == {"00:00:00"}
    stored = complaint.evidence.get().file
    assert Path(stored.path).stat().st_mtime == dates.timezone.localtime(moments[0]).timestamp()


ADDRESSES = ("complaint_detail", "complaint_identity", "complaint_assign", "complaint_accused")


def open_pages(client, complaint):
    names = [reverse(f"whitelist:{name}", args=[complaint.pk]) for name in ADDRESSES]
    names.append(reverse("whitelist:complaint_evidence", args=[complaint.evidence.get().pk]))
    names.append(reverse("whitelist:complaint_paper", args=[complaint.pk, "check", "pdf"]))
    names.append(reverse("history", args=["complaint", complaint.pk]))
    return {address: client.get(address).status_code for address in names}


def test_what_each_role_reads(world):
    """Only the assigned handler reads; other handlers see that there is one; for all others a 404."""
    complaint, readers = taken(world), {}
    for role in [None, *Role]:
        client = Client()
        if role:
            client.force_login(world.user(role, key=f"reader-{role}", place="section"))
        codes = open_pages(client, complaint)
        readers[role] = set(codes.values())
        if role == Role.COMPLAINT_HANDLER:
            page = client.get(complaint.get_absolute_url()).text
            assert complaint.number in page
            assert not any(word in page for word in PLANTED)
            assert [code for address, code in codes.items() if "identity" in address] == [403]
            assert [code for address, code in codes.items() if "evidence" in address] == [403]
    assert readers.pop(Role.COMPLAINT_HANDLER) == {200, 403}
    assert readers.pop(None) == {302}
    assert set(map(frozenset, readers.values())) == {frozenset({404})}


def test_the_handler_reads_everything_but_the_name_unasked(world, client):
    complaint = taken(world)
    client.force_login(handler(world))
    page = client.get(complaint.get_absolute_url())
    assert WORDS in page.text
    assert SCHOOL in page.text
    assert NAME not in page.text
    assert PHONE not in page.text
    assert "no-store" in page["Cache-Control"]
    shown = client.post(reverse("whitelist:complaint_identity", args=[complaint.pk]), {"reason": "回访"})
    assert NAME in shown.text
    assert "no-store" in shown["Cache-Control"]
    event = Event.objects.get(action="complaint.identity_viewed")
    assert (event.note, event.actor_name) == ("回访", handler(world).person.name)
    image = client.get(reverse("whitelist:complaint_evidence", args=[complaint.evidence.get().pk]))
    assert image.content[:4] == b"\x89PNG"


def test_what_was_proved_of_an_entry_leads_to_its_removal(world, client):
    published(world)
    entry = Entry.objects.get()
    complaint = walked(world, "accept", entry=entry)
    client.force_login(handler(world))
    assert "建议移出白名单" not in client.get(complaint.get_absolute_url()).text
    services.perform_complaint(
        complaint=complaint, name="find", by=handler(world), note="属实", data={"finding": "upheld"}
    )
    page = client.get(complaint.get_absolute_url()).text
    address = f"entry={entry.number}&amp;source=complaint&amp;reference={complaint.number}"
    assert address in page


def test_no_view_of_the_identity_without_a_reason(world):
    complaint = taken(world)
    with pytest.raises(Refused, match="为什么要看"):
        services.view_identity(complaint=complaint, by=handler(world), reason=" ")
    assert not Event.objects.filter(action="complaint.identity_viewed").exists()


def test_the_former_handler_reads_no_more(world, client):
    complaint = taken(world)
    colleague = handler(world, "colleague")
    services.assign(complaint=complaint, to=colleague, by=handler(world), note="外出")
    client.force_login(handler(world))
    assert WORDS not in client.get(complaint.get_absolute_url()).text
    assert client.get(reverse("whitelist:complaint_identity", args=[complaint.pk])).status_code == 403
    assert (
        client.get(reverse("whitelist:complaint_evidence", args=[complaint.evidence.get().pk])).status_code
        == 403
    )
    with pytest.raises(Refused):
        services.view_identity(complaint=complaint, by=handler(world), reason="回访")


def accused_people(world):
    """Every way in: an own handler, agents both ways, a handler elsewhere whose home it is."""
    own = handler(world, "own", place="department")
    home = add_person(world.district, organisation=world.place("department"))
    grant_role(person=home, organisation=world.place("supervision"), role=Role.COMPLAINT_HANDLER, by=None)
    agent = handler(world, "agent")
    _lend(own.person.memberships.get(), agent.person)
    lent = add_person(world.district, organisation=world.place("department"))
    _lend(handler(world, "principal").person.memberships.get(), lent)
    return {"own": own, "home": add_account(home), "agent": agent, "lent": add_account(lent)}


def _lend(membership, agent):
    today = dates.today()
    Delegation.objects.create(membership=membership, agent=agent, since=today, until=today, reason="外出")


def test_who_is_kin_is_asked_only_where_something_lies_above(world, django_assert_num_queries):
    """The unit of whom one stands in for is told by no role: it is asked for, with all above it."""
    department, bureau = world.place("department"), world.place("bureau")
    alone, section = world.user(Role.APPLICANT), world.user(Role.FIRST_REVIEWER)
    assert [len(each.memberships) for each in (alone, section)] == [1, 1]
    with django_assert_num_queries(0):
        assert kin(alone) == {department.pk}
    with django_assert_num_queries(1):
        assert kin(section) == {section.person.organisation_id, bureau.pk}
    lender = add_person(world.district, organisation=department)
    grant_role(person=lender, organisation=bureau, role=Role.COMPLAINT_HANDLER, by=None)
    add_account(lender)
    agent = add_person(world.district, organisation=world.place("other_department"))
    _lend(lender.memberships.get(), agent)
    assert kin(add_account(agent)) == {world.place("other_department").pk, bureau.pk, department.pk}


def test_the_accused_unit_never_learns_of_it(world, client):
    people = accused_people(world)
    complaint, _code = received(world)
    mine = services.take(complaint=complaint, by=handler(world))
    for who, user in people.items():
        client.force_login(user)
        assert set(open_pages(client, mine).values()) == {404}, who
        listed = client.get(reverse("whitelist:complaint_list"), {"tab": "all"})
        assert mine.number not in listed.text, who
        found = client.get(reverse("whitelist:complaint_list"), {"tab": "all", "q": mine.number})
        assert found.context["page"].paginator.count == 0, who
        assert desks["complaints"].todo_count(user, dates.today()) == 0, who
        assert desks["complaints"].todo(user, dates.today()) == [], who
        assert counting.years_of(user) == [], who
        with pytest.raises(Refused, match="须回避"):
            services.take(complaint=Complaint.objects.get(), by=user)
        with pytest.raises(Refused, match="须回避"):
            services.assign(complaint=mine, to=user, by=handler(world), note="转办")


def test_what_was_typed_keeps_the_unit_away_too(world):
    """No unit was chosen, the words name one by part of a sentence."""
    complaint, _code = received(world, unit="区消防救援支队的王队长")
    own = handler(world, "own", place="department")
    assert list(complaint.accused.all()) == [world.place("department")]
    assert not Complaint.objects.visible_to(own).exists()


def test_the_bureau_itself_is_handled_outside_of_it(world):
    """Handlers sit in sections of the bureau: none of them sees it; the leading group takes it."""
    complaint, _code = received(world, unit="区教委")
    assert complaint.escalated
    assert not Complaint.objects.visible_to(handler(world)).exists()
    head = leader(world)
    assert Complaint.objects.visible_to(head).get() == complaint
    assert services.take(complaint=complaint, by=head).handler == head


def test_a_handler_who_turns_out_to_belong_to_the_unit_loses_it(world):
    complaint = taken(world, unit="不知道是哪个单位")
    done = services.name_accused(complaint=complaint, units=[world.place("supervision")], by=handler(world))
    assert done.handler is None
    assert not Complaint.objects.visible_to(handler(world)).exists()


def test_leaders_see_what_they_have_to_sign_and_not_the_words(world, client):
    complaint = walked(world, "find")
    client.force_login(leader(world))
    assert client.get(complaint.get_absolute_url()).status_code == 404
    proposed = services.perform_complaint(
        complaint=complaint, name="propose_notice", by=handler(world), note="拟通报"
    )
    page = client.get(proposed.get_absolute_url())
    assert page.status_code == 200
    assert WORDS not in page.text
    assert "签发通报" in page.text


def test_another_district_sees_nothing(world, stranger_world, client):
    complaint = taken(world)
    client.force_login(handler(stranger_world))
    assert set(open_pages(client, complaint).values()) == {404}


def test_the_trail_tells_steps_and_no_words(world):
    """The auditor may work in the accused unit, and what the trail holds stays there for ever."""
    walked(world)
    events = Event.objects.filter(target_type="whitelist.complaint")
    assert events.count() > 8
    assert not [event for event in events if event.note and event.action != "complaint.identity_viewed"]
    told = repr(list(events.values_list("data", "target_name")))
    assert "消防" not in told
    assert "upheld" not in told


def test_the_key_is_rotated_and_everything_opens(world):
    complaint = taken(world)
    services.answer_complaint(complaint=complaint, words="补充", pictures=())
    old = sealing._keys()["1"]
    call_command("complaint_key", rotate=True, stdout=StringIO())
    assert old not in sealing._keys().values()
    fresh = Complaint.objects.get()
    assert fresh.story_words.startswith(WORDS)
    assert fresh.identity_words == [NAME, PHONE]
    row = fresh.evidence.get()
    with row.file.open("rb") as stream:
        opened = sealing.unseal_bytes(stream.read(), f"complaint.evidence.{fresh.token}")
    assert opened == picture()


def test_a_sealed_value_opens_in_its_own_row_only(world):
    first, second = taken(world), taken(world, words="另一件事情", identity={})
    with pytest.raises(sealing.NoKey):
        second.opened(first.identity, "identity")


def test_no_screen_of_the_administrators_shows_complaints(world):
    assert not [model for model in admin.site._registry if "omplaint" in model.__name__]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_as_often_for_one_as_for_three(world, client, django_assert_num_queries, rows):
    for _ in range(rows):
        taken(world)
    client.force_login(handler(world))
    address = reverse("whitelist:complaint_list")
    client.get(address)
    with django_assert_num_queries(11):
        assert client.get(address).status_code == 200


def test_a_csrf_cookie_is_all(world):
    answer = Client().get(reverse("whitelist:complaint_form", args=[world.district.code]))
    assert set(answer.cookies) == {"csrftoken"}
    assert answer.cookies["csrftoken"]["max-age"] == ""
