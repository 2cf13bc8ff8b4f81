"""Two at once, on PostgreSQL with real threads."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from jianfu.audit.models import Event
from jianfu.kernel import dates
from jianfu.kernel.decisions import Conflicted
from jianfu.organisations.models import User
from tests.factories import build_world
from whitelist.models import Complaint
from whitelist.services import complaint as services

from .complaints import handler, received, report, walked

LONGER = 180
pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def together(*acts):
    def run(act):
        try:
            return act()
        except Conflicted as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_of_two_handlers_one_takes_it():
    world = build_world()
    complaint, _code = received(world)
    people = [handler(world).pk, handler(world, "colleague").pk]
    found = together(
        *(lambda pk=pk: services.take(complaint=complaint, by=User.objects.get(pk=pk)) for pk in people)
    )
    assert sum(isinstance(each, Conflicted) for each in found) == 1
    assert Complaint.objects.get().handler_id in people


def test_erased_once_and_never_what_is_being_reopened(settings):
    """Two daily commands and a handler who opens it again: one event at most, and no error."""
    world = build_world()
    complaint = walked(world)
    settings.JIANFU_TODAY = dates.today() + timedelta(days=LONGER)
    again = lambda: services.perform_complaint(  # noqa: E731
        complaint=complaint, name="reopen", by=User.objects.get(pk=handler_pk), note="有了新线索"
    )
    handler_pk = handler(world).pk
    together(services.erase_due, again, services.erase_due)
    kept = Complaint.objects.get()
    assert kept.state == "checking"
    for action, gone in (
        ("identity_erased", not kept.identity),
        ("evidence_erased", not kept.evidence.exists()),
    ):
        assert Event.objects.filter(action=f"complaint.{action}").count() == gone


def test_numbers_follow_each_other():
    world = build_world()
    act = lambda: services.receive_complaint(district=world.district, report=report())  # noqa: E731
    together(act, act, act)
    numbers = sorted(Complaint.objects.values_list("number", flat=True))
    assert [number[-4:] for number in numbers] == ["0001", "0002", "0003"]


def test_a_form_sent_twice_at_once_is_one_complaint():
    world = build_world()
    twice = report(submission="the same")
    act = lambda: services.receive_complaint(district=world.district, report=twice)  # noqa: E731
    found = together(act, act)
    assert sum(isinstance(each, Conflicted) for each in found) == 1
    assert Complaint.objects.count() == 1
