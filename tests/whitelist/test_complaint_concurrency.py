"""Two at once, on PostgreSQL with real threads."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from jianfu.kernel.decisions import Conflicted
from jianfu.organisations.models import User
from tests.factories import build_world
from whitelist.models import Complaint
from whitelist.services import complaint as services

from .complaints import handler, received, report

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
