"""Two clerks at once, with real threads and row locks."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from approvals.models import Application
from approvals.states import State as ApplicationState
from jianfu.kernel import dates
from jianfu.kernel.decisions import Refused
from jianfu.organisations.models import User
from jianfu.organisations.states import Role
from tests.factories import build_world
from tests.whitelist.factories import clerk, entry_of, filed, opened, sign
from tests.whitelist.removals import data_of, proposed, removal_at
from whitelist import services
from whitelist.models import Entry, Objection, Release, ReleaseItem, Removal
from whitelist.selectors import current_entries
from whitelist.states import RemovalState, State

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def at_once(*acts):
    """Run every act in a thread of its own from the same moment; what each returned or refused."""
    barrier, outcomes = Barrier(len(acts)), [None] * len(acts)

    def run(place, act):
        try:
            barrier.wait(timeout=10)
            outcomes[place] = act()
        except Exception as error:
            outcomes[place] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=each) for each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    for outcome in outcomes:
        if isinstance(outcome, Exception) and not isinstance(outcome, Refused):
            raise outcome  # a deadlock, most of all
    return outcomes


def fresh(user):
    return User.objects.select_related("person").get(pk=user.pk)


@pytest.mark.parametrize("attempt", range(3))
def test_two_clerks_publish_at_once(attempt):
    world = build_world()
    one, two = clerk(world), clerk(world, key="second")
    applications = [filed(world) for _ in range(3)]
    draft = sign(world, opened(world, *applications))
    outcomes = at_once(
        lambda: services.publish(release=Release.objects.get(pk=draft.pk), by=fresh(one)),
        lambda: services.publish(release=Release.objects.get(pk=draft.pk), by=fresh(two)),
    )
    refused = [outcome for outcome in outcomes if isinstance(outcome, Refused)]
    assert [bool(outcome) for outcome in outcomes].count(True) == 2
    assert len(refused) == 1
    assert "已公布" in str(refused[0])
    assert Entry.objects.count() == ReleaseItem.objects.count() == 3
    assert set(Application.objects.values_list("state", flat=True)) == {ApplicationState.PUBLISHED}


@pytest.mark.parametrize("attempt", range(3))
def test_two_clerks_prepare_at_once(attempt):
    world = build_world()
    one, two = clerk(world), clerk(world, key="second")
    application = filed(world)

    def prepare(user):
        return services.open_release(
            by=fresh(user), district=world.district, year=2026, applications=[application]
        )

    outcomes = at_once(lambda: prepare(one), lambda: prepare(two))
    assert sorted(isinstance(outcome, Refused) for outcome in outcomes) == [False, True]
    assert Release.objects.count() == 1


def test_a_draft_is_changed_while_it_is_published():
    """Whoever is second is refused; the release lists what it said when it was published."""
    world = build_world()
    one, two = clerk(world), clerk(world, key="second")
    first, second = filed(world), filed(world)
    draft = sign(world, opened(world, first))
    at_once(
        lambda: services.publish(release=Release.objects.get(pk=draft.pk), by=fresh(one)),
        lambda: services.change_release(
            release=Release.objects.get(pk=draft.pk), by=fresh(two), year=2026, applications=[first, second]
        ),
    )
    draft.refresh_from_db()
    assert draft.state == State.PUBLISHED
    assert set(draft.applications.all()) == {item.entry.application for item in draft.items.all()}
    assert Application.objects.filter(state=ApplicationState.PUBLISHED).count() == draft.items.count()


def test_an_application_is_taken_back_while_it_is_published():
    """Either it is listed and published, or neither; never half."""
    world = build_world()
    user = clerk(world)
    application = filed(world)
    draft = sign(world, opened(world, application))

    def take_back():
        changed = Application.objects.filter(pk=application.pk, state=ApplicationState.FILED)
        return changed.update(state=ApplicationState.WITHDRAWN)

    at_once(lambda: services.publish(release=Release.objects.get(pk=draft.pk), by=fresh(user)), take_back)
    application.refresh_from_db()
    listed = Entry.objects.filter(application=application).exists()
    assert listed == (application.state == ApplicationState.PUBLISHED)
    assert listed == (Release.objects.get(pk=draft.pk).state == State.PUBLISHED)


def removal_of(world):
    """A proposal that waits for the leading group, of an entry that stands today."""
    return removal_at(RemovalState.HEARD, world)


@pytest.mark.parametrize("attempt", range(3))
def test_two_leaders_decide_at_once(attempt):
    world = build_world()
    removal = removal_of(world)
    leaders = [world.user(Role.LEADER), world.user(Role.LEADER, key="second")]

    def decide(user, name):
        row = Removal.objects.get(pk=removal.pk)
        return services.perform_removal(
            removal=row, name=name, by=fresh(user), note="写明的话", data=data_of(name),
            expected_version=removal.version,
        )  # fmt: skip

    outcomes = at_once(lambda: decide(leaders[0], "remove"), lambda: decide(leaders[1], "keep"))
    assert sorted(isinstance(outcome, Refused) for outcome in outcomes) == [False, True]
    removal.refresh_from_db()
    entry = Entry.objects.get(pk=removal.entry_id)
    assert bool(entry.removed_on) == (removal.state == RemovalState.REMOVED)
    assert removal.steps.filter(source=RemovalState.HEARD).count() == 1


@pytest.mark.parametrize("attempt", range(3))
def test_two_clerks_propose_at_once(attempt):
    world = build_world()
    entry, one, two = entry_of(world), clerk(world), clerk(world, key="second")
    outcomes = at_once(
        *(
            lambda user=user: proposed(world, entry=Entry.objects.get(pk=entry.pk), by=fresh(user))
            for user in (one, two)
        )
    )
    assert sorted(isinstance(outcome, Refused) for outcome in outcomes) == [False, True]
    assert Removal.objects.count() == 1


@pytest.mark.parametrize("attempt", range(3))
def test_an_item_is_removed_while_a_release_is_published(attempt):
    """The list of the day has never both: what was removed is off it, whoever came first."""
    world = build_world()
    removal = removal_of(world)
    draft, user, leader = sign(world, opened(world, filed(world))), clerk(world), world.user(Role.LEADER)
    outcomes = at_once(
        lambda: services.publish(release=Release.objects.get(pk=draft.pk), by=fresh(user)),
        lambda: services.perform_removal(
            removal=Removal.objects.get(pk=removal.pk),
            name="remove",
            by=fresh(leader),
            data=data_of("remove"),
        ),
    )
    assert not [outcome for outcome in outcomes if isinstance(outcome, Refused)]
    assert Entry.objects.get(pk=removal.entry_id).removed_on == dates.today()
    assert removal.entry not in current_entries(world.district.pk, dates.today())
    assert current_entries(world.district.pk, dates.today()).count() == 1
    told = draft.departures.filter(entry=removal.entry_id).exists()
    assert told != draft.items.filter(entry=removal.entry_id).exists()  # removed before or after, never both


@pytest.mark.parametrize("attempt", range(3))
def test_a_replacement_and_a_removal_at_once(attempt):
    """The old entry leaves once, with one reason; the new one stands."""
    world = build_world()
    one, two = clerk(world), clerk(world, key="second")
    old = entry_of(world, title="旧的")
    draft = sign(world, opened(world, filed(world, title="调整后的", predecessor=old.application)))
    at_once(
        lambda: services.publish(release=Release.objects.get(pk=draft.pk), by=fresh(one)),
        lambda: services.remove(
            entry=Entry.objects.get(pk=old.pk), by=fresh(two), on=dates.today(), reason="云教领〔2026〕9号"
        ),
    )
    assert [row.title for row in current_entries(world.district.pk, dates.today())] == ["调整后的"]
    old.refresh_from_db()
    told = draft.departures.get(entry=old)
    assert told.reason == old.removal_reason
    assert (draft.items.get().change == "changed") == (told.why == "replaced")


def test_an_answer_and_a_recall_at_once():
    """The item is out of the draft exactly if the objection was adopted, and the recall is never lost."""
    world = build_world()
    one, two = clerk(world), clerk(world, key="second")
    disputed = filed(world)
    draft = services.advance(release=opened(world, disputed, filed(world)), name="post", by=one)
    made = services.object_to(release=draft, content="不妥", application=disputed)
    at_once(
        lambda: services.answer_objection(
            objection=Objection.objects.get(pk=made.pk),
            name="adopt",
            by=fresh(one),
            note="采纳",
            data={"remedy": "take_out"},
        ),
        lambda: services.advance(
            release=Release.objects.get(pk=draft.pk), name="recall", by=fresh(two), note="重拟"
        ),
    )
    draft.refresh_from_db()
    made.refresh_from_db()
    assert (made.state == "adopted") == (disputed not in draft.applications.all())
    assert draft.state == State.DRAFTED
