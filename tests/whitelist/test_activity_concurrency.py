"""The last place of a school's term, asked for by two plans at once: given once. With real threads."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connections

from jianfu.kernel import dates
from jianfu.kernel.decisions import Refused
from jianfu.organisations.models import PolicyValue
from tests.factories import build_world
from tests.whitelist.activities import department, handed_in, scheduled
from whitelist import services
from whitelist.models import Activity
from whitelist.states import ActivityState

WAYS = {"CAM-CAP-SCHOOL": "2", "R-ACT-15-SEVERITY": "拦截"}


def capped(world):
    """Two places in a term, and a rule that stops."""
    for code, value in WAYS.items():
        PolicyValue.objects.create(
            district=world.district,
            code=code,
            value=value,
            effective_from=dates.today() - timedelta(days=1),
            document="区文件",
        )


def test_the_last_place_is_given_and_the_next_refused(db):
    world = build_world()
    capped(world)
    handed_in(world, days=(40,))
    handed_in(world, days=(41,))
    third = scheduled(world, days=(47,))
    with pytest.raises(Refused, match=r"已有 2 项，加上这一项超过每校每学期 2 项.*R-ACT-15"):
        services.take_step(activity=third, name="submit", by=department(world))
    first = Activity.objects.order_by("pk").first()
    services.take_step(activity=first, name="withdraw", by=department(world))
    services.take_step(activity=third, name="submit", by=department(world))  # its place is free again


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_who_hand_in_at_once():
    world = build_world()
    capped(world)
    handed_in(world, days=(40,))
    rivals = [scheduled(world, days=(47,)), scheduled(world, days=(54,))]
    by, gate = department(world), Barrier(2)

    def hand_in(activity):
        try:
            gate.wait()
            services.take_step(activity=activity, name="submit", by=by)
        except Refused as refusal:
            return refusal.decision.text
        finally:
            connections.close_all()
        return ""

    with ThreadPoolExecutor(2) as pool:
        said = sorted(pool.map(hand_in, rivals))
    assert said[0] == ""
    assert "R-ACT-15" in said[1]
    assert Activity.objects.filter(state=ActivityState.SUBMITTED).count() == 2
