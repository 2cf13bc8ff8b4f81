"""The public list equals what was published, was not removed, and is in its time, after any acts."""

import re
from datetime import date, datetime, timedelta

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jianfu.kernel import dates
from jianfu.kernel.decisions import Refused
from jianfu.organisations.states import Role
from tests.whitelist.factories import clerk, filed, leader, sign
from whitelist import services
from whitelist.models import Entry
from whitelist.selectors import current_entries
from whitelist.states import Remedy, Standing

START = datetime(2026, 3, 2, 9, tzinfo=timezone.get_default_timezone())

# (act, number): file an application of that many days, open or change the draft, publish; change what is
# listed by a new application; post, object and adopt; remove one; wait.
ACTS = st.lists(
    st.tuples(
        st.sampled_from(["file", "prepare", "publish", "enlist", "change", "object", "remove", "wait"]),
        st.integers(0, 40),
    ),
    min_size=1,
    max_size=14,
)


class Office:
    """Plays the acts, and keeps its own account of what must be on the list."""

    def __init__(self, world):
        self.world, self.by, self.now = world, clerk(world), START
        self.waiting, self.chosen, self.draft = [], [], None
        self.listed = {}  # application -> (last day, day of removal)

    def play(self, act, number):
        with dates.as_of(self.now):
            getattr(self, act)(number)

    def file(self, number):
        first = dates.today() + timedelta(days=1)
        made = filed(self.world, starts_on=first, ends_on=first + timedelta(days=number))
        self.waiting.append(made)

    def prepare(self, number):
        self.chosen = self.waiting[: number % (len(self.waiting) + 1)]
        asked = {"by": self.by, "year": 2026, "applications": self.chosen}
        if self.draft is None:
            self.draft = services.open_release(district=self.world.district, **asked)
        else:
            self.draft = services.change_release(release=self.draft, **asked)

    def publish(self, _number):
        if self.draft is None:
            return
        try:
            with transaction.atomic():
                services.publish(release=sign(self.world, self.draft), by=self.by)
        except Refused:
            return
        for application in self.chosen:
            before = self.listed.get(application.predecessor_id)
            if before and self.stands(before):
                before[1] = dates.today()  # it gave way
            self.listed[application.pk] = [application.ends_on, date.max]
            self.waiting.remove(application)
        self.draft, self.chosen = None, []

    def enlist(self, number):
        """The three together, or chance would seldom list anything."""
        self.file(number)
        self.prepare(len(self.waiting))
        self.publish(number)

    def change(self, number):
        """A new application for something listed, which takes its place if that still stands."""
        known = [key for key in sorted(self.listed) if not self.followed(key)]
        if known:
            self.file(number)
            successor = self.waiting[-1]
            successor.predecessor_id = known[number % len(known)]
            successor.save()
            self.prepare(len(self.waiting))
            self.publish(number)

    def followed(self, key):
        return any(row.predecessor_id == key for row in self.waiting) or any(
            Entry.objects.filter(application__predecessor_id=key)
        )

    def object(self, number):
        """Posted, objected to and adopted: the item is out of the draft, and nothing of it is public."""
        if self.draft is None or not self.chosen:
            return
        asked = {"release": self.draft, "by": self.by}
        services.advance(name="post", **asked)
        disputed = self.chosen[number % len(self.chosen)]
        made = services.object_to(release=self.draft, content="不妥", application=disputed)
        services.answer_objection(
            objection=made, name="adopt", by=self.by, note="采纳", data={"remedy": Remedy.TAKE_OUT}
        )
        self.draft = services.advance(name="recall", note="改好再公示", **asked)
        self.chosen = [row for row in self.chosen if row != disputed]

    @staticmethod
    def stands(listed):
        last, removed = listed
        return dates.today() <= last and dates.today() < removed

    def remove(self, number):
        known = sorted(self.listed)
        if not known:
            return
        key = known[number % len(known)]
        entry = Entry.objects.get(application_id=key)
        try:
            services.remove(entry=entry, by=self.by, on=dates.today(), reason="云教领〔2026〕9号")
        except Refused:
            return
        self.listed[key][1] = dates.today()

    def wait(self, number):
        self.now += timedelta(days=number)

    def expected(self):
        today = self.now.date()
        return {key for key, (last, removed) in self.listed.items() if today <= last and today < removed}


@pytest.mark.django_db
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(acts=ACTS)
def test_the_public_list_is_what_was_published_and_stands(world, acts):
    """Each example plays inside a savepoint, for Hypothesis runs them all within one test."""
    with dates.as_of(START):
        (
            clerk(world),
            leader(world),
            world.user(Role.APPLICANT, place="department", key="applicant-department"),
        )
    before = transaction.savepoint()
    try:
        office = Office(world)
        for act, number in acts:
            office.play(act, number)
            assert_current(world, office)
        assert_shown(office)
    finally:
        transaction.savepoint_rollback(before)
        cache.clear()  # pages of a history that was taken back


def assert_current(world, office):
    today = office.now.date()
    current = current_entries(world.district.pk, today)
    assert set(current.values_list("application_id", flat=True)) == office.expected()
    assert {e.pk for e in Entry.objects.all() if e.standing(today) == Standing.VALID} == {
        entry.pk for entry in current
    }


def assert_shown(office):
    with dates.as_of(office.now):
        page = Client().get("/whitelist/yunling/").content.decode()
    shown = Entry.objects.filter(number__in=re.findall(r"entries/(BMD\d+)/", page))
    assert set(shown.values_list("application_id", flat=True)) == office.expected()
