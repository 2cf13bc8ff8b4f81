"""Two clerks at the same moment, on PostgreSQL with real threads."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from jianfu.kernel.decisions import Conflicted, Refused
from jianfu.organisations.models import Person
from ledger.models import Secondment
from ledger.services import secondment as services
from tests.factories import build_world

from .secondments import NAME, TODAY, USUAL, borrow, keeper

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("stopped_clock"),
]


def at_once(act: Callable[[], Any]) -> list[Any]:
    """What two threads get that begin together: a result, or the refusal."""
    barrier = Barrier(2)

    def run() -> Any:
        try:
            barrier.wait(10)
            return act()
        except Refused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        return [future.result(30) for future in [pool.submit(run) for _ in range(2)]]


def test_a_double_click_borrows_once() -> None:
    """Also of a teacher not known yet: one person, one record, one refusal in words."""
    world = build_world()
    by, school = keeper(world), world.place("school")

    def act() -> Secondment:
        return services.add_secondment(school=school, teacher_name=NAME, details=USUAL, by=by)

    found = at_once(act)
    refusals = [each for each in found if isinstance(each, Refused)]
    assert len(refusals) == 1
    assert "R-BORROW-02" in str(refusals[0])
    assert Secondment.objects.count() == Person.objects.filter(name=NAME).count() == 1


def test_a_return_is_registered_once() -> None:
    world = build_world()
    record, by = borrow(world), keeper(world)

    def act() -> Secondment:
        return services.record_return(secondment=record, returned_on=TODAY, expected_version=1, by=by)

    found = at_once(act)
    assert sum(isinstance(each, Conflicted) for each in found) == 1
    assert Secondment.objects.get().version == 2
