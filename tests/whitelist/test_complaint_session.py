"""A complaint about a visit: proved, the visit is not taken from the plan; nobody learns where."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse

from jianfu.audit.models import Event
from jianfu.kernel import dates
from jianfu.kernel.decisions import Refused
from jianfu.organisations.states import Role
from whitelist.models import Complaint, Session
from whitelist.selectors import visits_of
from whitelist.selectors.activity import read_sessions
from whitelist.services import complaint as services
from whitelist.services import record_visit
from whitelist.states import SessionStanding as Standing
from whitelist.states import VisitKind

from .activities import agreed, department, school
from .complaints import handler, taken


@pytest.fixture
def session(world, settings):
    """Two days ago, and nobody said anything of it."""
    (row,) = agreed(world, days=(40,)).sessions.all()
    settings.JIANFU_TODAY = row.day + timedelta(days=2)
    return row


def tied(world, session, **changed):
    complaint = taken(world, **changed)
    complaint = services.perform_complaint(complaint=complaint, name="accept", by=handler(world))
    return services.tie_session(complaint=complaint, session=session, found="absent", by=handler(world))


def found(world, complaint, finding="upheld"):
    given = {"note": "查看了安排和门卫记录", "data": {"finding": finding}}
    return services.perform_complaint(complaint=complaint, name="find", by=handler(world), **given)


def standing(world, session):
    (row,) = visits_of(world.district.pk, session.day, session.day)
    return row.standing


def test_proved_it_is_no_longer_taken_from_the_plan(world, session):
    complaint = tied(world, session)
    assert standing(world, session) == Standing.INFERRED
    complaint = found(world, complaint)
    assert standing(world, session) == Standing.DOUBTED
    complaint = services.perform_complaint(
        complaint=complaint,
        name="summon",
        by=handler(world),
        note="限期改正",
        data={"held_on": dates.today()},
    )
    complaint = services.perform_complaint(
        complaint=complaint, name="close", by=handler(world), note="已约谈"
    )
    services.perform_complaint(complaint=complaint, name="reopen", by=handler(world), note="再查")
    assert standing(world, session) == Standing.INFERRED
    found(world, Complaint.objects.get())
    assert standing(world, session) == Standing.DOUBTED


def test_not_proved_it_stays(world, session):
    found(world, tied(world, session), "unfounded")
    assert standing(world, session) == Standing.INFERRED


def test_two_that_prove_the_same_and_one_that_is_taken_back(world, session):
    first, second = found(world, tied(world, session)), found(world, tied(world, session))
    services.tie_session(complaint=first, session=None, found="", by=handler(world))
    assert standing(world, session) == Standing.DOUBTED
    services.name_accused(complaint=second, units=[world.place("other_department")], by=handler(world))
    assert standing(world, session) == Standing.INFERRED
    assert Session.objects.get().doubts == 0


def test_the_schools_own_word_stands(world, session):
    found(world, tied(world, session))
    record_visit(session=session, by=school(world), kind=VisitKind.CONFIRMED)
    assert standing(world, session) == Standing.CONFIRMED


def test_nobody_learns_where_it_was(world, session, client):
    """No page of the unit or the school changes; no history, event or column says the visit."""
    pages = {}
    for when in ("before", "after"):
        for who in (department(world), school(world)):
            client.force_login(who)
            page = client.get(session.activity.get_absolute_url())
            pages[when, who.pk] = page.text.split("<main")[1].split("csrfmiddlewaretoken")[0]
        if when == "before":
            complaint = found(world, tied(world, session))
    for who in (department(world), school(world)):
        assert pages["before", who.pk] == pages["after", who.pk]
        assert "推定" in pages["after", who.pk]
    (told,) = read_sessions(Session.objects.for_list(), dates.today())  # what schools and units evaluate by
    assert told.standing == Standing.INFERRED
    assert not hasattr(session.history.first(), "doubts")
    assert not hasattr(complaint.history.first(), "tied")
    assert session.history.count() == Session.objects.get().history.count()
    assert str(session.pk) not in repr(
        list(Event.objects.filter(action="complaint.session_tied").values("data"))
    )
    assert Event.objects.get(action="complaint.session_tied").data == {}
    assert complaint.opened(complaint.tied, "tied")["session"] == session.pk
    assert "session" not in complaint.tied


def test_only_the_handler_and_only_a_visit_of_the_unit(world, session, client):
    complaint = taken(world, unit="区公安分局", school="")
    with pytest.raises(Refused, match="不是被反映单位"):
        services.tie_session(complaint=complaint, session=session, found="absent", by=handler(world))
    mine = taken(world, school="")
    with pytest.raises(Refused, match="办理"):
        services.tie_session(complaint=mine, session=session, found="absent", by=handler(world, "colleague"))
    with pytest.raises(Refused, match="选择查明的情况"):
        services.tie_session(complaint=mine, session=session, found="", by=handler(world))
    address = reverse("whitelist:complaint_session", args=[mine.pk])
    client.force_login(handler(world, "colleague"))
    assert client.get(address).status_code == 403
    client.force_login(world.user(Role.LEADER, key="other"))
    assert client.get(address).status_code == 404
    client.force_login(handler(world))
    assert address in client.get(mine.get_absolute_url()).text
    page = client.get(address)
    assert "实验小学" in page.text
    assert "no-store" in page["Cache-Control"]
    given = {"session": session.pk, "found": "otherwise", "version": mine.version}
    assert client.post(address, given).status_code == 302
    assert "来过，但和批准的不一样" in client.get(mine.get_absolute_url()).text
    client.force_login(handler(world, "colleague"))
    assert "来过，但和批准的不一样" not in client.get(mine.get_absolute_url()).text


@pytest.mark.parametrize(("told", "count"), [("实验小学", 1), ("希望小学（没有登记的）", 1), ("", 1)])
def test_at_the_school_that_was_told_where_one_is_known(world, session, told, count):
    from whitelist.complaints.visits import possible_sessions

    assert possible_sessions(taken(world, school=told)).count() == count
    other = world.place("other_school")
    assert possible_sessions(taken(world, school=other.name)).count() == 0


def test_a_new_key_seals_it_too(world, session):
    complaint = tied(world, session)
    call_command("complaint_key", rotate=True, verbosity=0)
    fresh = Complaint.objects.get()
    assert fresh.tied != complaint.tied
    assert fresh.opened(fresh.tied, "tied")["session"] == session.pk
