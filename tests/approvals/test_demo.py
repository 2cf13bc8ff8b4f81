"""The demonstration's applications: every state, all lights, and nothing twice."""

from django.conf import settings
from django.db.models import Count

from approvals import demo
from approvals.models import Application, Round
from approvals.states import RoundState, State
from jianfu.kernel import dates
from jianfu.organisations import demo as people
from jianfu.organisations.selectors import work_calendar
from tests.approvals.factories import ANNUAL_STATES


def test_it_plays_every_state_once(db):
    context = {"folder": settings.BASE_DIR / "fixtures" / "demo"}
    people.load(context)
    demo.load(context)
    count = Application.objects.count()
    states = dict(Application.objects.values_list("state").annotate(Count("pk")))
    # What is published is the release's to publish.
    assert set(states) >= set(ANNUAL_STATES) - {State.PUBLISHED}
    today, calendar = dates.today(), work_calendar()
    open_ones = Application.objects.filter(due_on__isnull=False)
    assert {calendar.remaining(row.due_on, today).light for row in open_ones} >= {"r"}
    assert not Application.objects.filter(state_entered_at__gt=dates.now()).exists()
    rounds = dict(Round.objects.values_list("state", "title"))
    assert set(rounds) == {RoundState.OPEN, RoundState.IN_FORCE}
    opened = Round.objects.get(state=RoundState.OPEN)
    assert {item.outcome for item in opened.items.all()} == {"", "integrate"}
    demo.load(context)
    assert (Application.objects.count(), Round.objects.count()) == (count, 2)
