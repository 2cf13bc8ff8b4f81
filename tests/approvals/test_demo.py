"""The demonstration's applications: every state, all lights, and nothing twice."""

from django.conf import settings
from django.db.models import Count

from approvals import demo
from approvals.handling import counts
from approvals.models import Application, Reminder, Round, Transfer
from approvals.similar import similar_to
from approvals.states import RoundState, State
from jianfu.kernel import dates
from jianfu.organisations import demo as people
from jianfu.organisations.models import Delegation
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
    between = (Reminder.objects.count(), Transfer.objects.count(), Delegation.objects.count())
    assert min(between) > 0
    people.load(context)
    demo.load(context)
    assert (Application.objects.count(), Round.objects.count()) == (count, 2)
    assert between == (Reminder.objects.count(), Transfer.objects.count(), Delegation.objects.count())


def test_what_lies_between_the_steps_is_shown(db):
    """An agent's step, a matter that was handed on, one that is waited for, and two on one theme."""
    context = {"folder": settings.BASE_DIR / "fixtures" / "demo"}
    people.load(context)
    demo.load(context)
    made = context["applications"]
    assert made["puberty"].steps.get(transition="pass_review").who == "赵玥（代王喆）"
    handed_on = Application.objects.get(pk=made["cold-wave"].pk)
    assert handed_on.responsible == context["users"]["tanglihua"].person
    urged = Application.objects.get(pk=made["fraud"].pk)
    assert counts([urged]) == {urged.pk: 2}
    near = similar_to(made["fraud-league"])
    assert [(one.application_id, one.level) for one in near] == [(urged.pk, "高度相近")]
