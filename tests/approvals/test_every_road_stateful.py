"""Any person tries any step in any order, against an oracle written from the sources and not from the tables.

What must hold at every moment (design.md 3, 004 四（三）): nothing comes to an end that did not pass every
step, in order, on one content version, by different people; what is not in the order is refused and leaves
no trace; where it ended, it stays; who edits begins again.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from approvals import services
from approvals.models import Application, Submission
from approvals.states import BorrowKind, Road, State
from jianfu.audit.models import Event
from jianfu.kernel import dates
from jianfu.kernel.decisions import Refused
from jianfu.organisations.models import User
from jianfu.organisations.services import grant_role
from jianfu.organisations.states import Role
from tests.approvals.factories import ALL_AGREE, BASES, answers, attach_plan
from tests.approvals.oracle import ALTERNATIVE, APPLICANT, EXPERT, NAMES, OFFICE, ORDER, Oracle, flat
from tests.factories import World, build_world

# Shrinking a failing walk through the database takes minutes; the walk itself says enough.
QUICK = [phase for phase in Phase if phase not in {Phase.shrink, Phase.explain}]


class Someone:
    def __init__(self, user):
        self.user, self.pk = user, user.person_id
        self.roles = {row.role for row in user.memberships}


def people_of(world):
    """One for each role, a second reviewer and leader, and three who wear hats that must not meet."""
    plain = [Role.APPLICANT, Role.PUBLICATION_CLERK, Role.FIRST_REVIEWER, Role.LEADER, Role.PARTY_OFFICE,
             Role.GOVERNMENT_OFFICE, Role.COMMITTEE, Role.SCHOOL]  # fmt: skip
    users = [world.user(role) for role in plain]
    users.append(world.user(Role.SCHOOL, place="other_school", key="other school"))
    hats = {
        "judge": (Role.FIRST_REVIEWER, Role.LEADER, Role.COMMITTEE),
        "offices": (Role.PARTY_OFFICE, Role.GOVERNMENT_OFFICE, Role.PUBLICATION_CLERK),
        "everything": (Role.APPLICANT, Role.FIRST_REVIEWER, Role.LEADER, Role.COMMITTEE, Role.SCHOOL),
    }
    seats = {Role.APPLICANT: "department", Role.SCHOOL: "school"}
    for key, roles in hats.items():
        first, *more = roles
        user = world.user(first, place=seats.get(first, "bureau"), key=key)
        for role in more:
            seat = world.place(seats.get(role, "bureau"))
            grant_role(person=user.person, organisation=seat, role=role, by=None)
        users.append(User.objects.get(pk=user.pk))
    found = [Someone(user) for user in users]
    found[8].roles = set()  # the other school has no say in this teacher
    return found


def data_of(name, other):
    today = dates.today()
    filing = {"body": "市教委", "document_number": "江教备〔2026〕1号", "filed_on": today}
    return {
        "conclude": {"conclusion": "agree"},
        "approve": {"decided_on": today, "meeting_number": "云教领纪要〔2026〕3号"},
        "approve_item": {"decided_on": today, "document_number": "江委批〔2026〕8号"},
        "lend": {"decided_on": today, "document_number": "江委批〔2026〕8号"},
        "file": filing,
        "record": filing,
        "school_agree": {"agreed_on": today},
        "end": {"returned_on": today},
        "merge": {"into": other},
    }.get(name, {})


def day_of(name):
    """A teacher comes back when the time is over; everything else happens today."""
    return dates.now() + timedelta(days=60 if name == "end" else 0)


def besides(road, world):
    """What only this road asks for."""
    starts = dates.today() + timedelta(days=40)
    if road in {Road.INSPECTION_PLAN, Road.INSPECTION_SINGLE}:
        return {"inspection_kind": "inspection", "methods": ["on_site"], "deployed_on": dates.today(),
                "sampling": "抽查三分之一学校", "starts_on": starts + timedelta(days=20),
                "ends_on": starts + timedelta(days=25), "off_plan_reason": "上级临时部署"}  # fmt: skip
    if road == Road.SURVEY:
        return {"survey_kind": "research", "respondents": "全区小学教师", "items_asked": "课后服务时长",
                "channel": "online", "given_out_on": starts, "hand_in_on": starts + timedelta(days=30),
                "reuse_checked": True, "reuse_note": "现有数据没有本学期的时长"}  # fmt: skip
    if road in {Road.SECONDMENT, Road.SECONDMENT_SHORT}:
        return {"school": world.place("school"), "teacher_name": "何喆", "subject": "语文",
                "is_head_teacher": False, "borrow_kind": BorrowKind.MAJOR_TASK, "impact": "由同年级教师代课",
                "person_count": 1, "day_count": 2, "ends_on": starts + timedelta(days=2)}  # fmt: skip
    return {}


def complete_draft(world, road, by):
    made = services.open_draft(by=by, organisation=world.place("department"), road=road)
    fields = answers(
        starts_on=dates.today() + timedelta(days=40), ends_on=dates.today() + timedelta(days=60),
        plan="第一天宣讲，第二天演练。", off_plan_reason="上级刚刚部署。", exemption="central_task",
        level="city",
    )  # fmt: skip
    bases = dict(BASES)
    if road == Road.CAMPUS_URGENT:
        bases["emergency"] = ("关于做好防汛工作的紧急通知", "江教领〔2026〕9号", "")
    made = services.save_draft(
        application=made,
        by=by,
        fields={**fields, **besides(road, world), "year": fields["starts_on"].year},
        bases=bases,
    )
    if road == Road.CAMPUS_SINGLE:
        attach_plan(made, by)
    return made


class EveryRoad(RuleBasedStateMachine):
    road: Road

    def __init__(self):
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.world: World = build_world()
        self.people = people_of(self.world)
        self.oracle = Oracle(self.road)

    @initialize()
    def begin(self):
        applicant = self.people[0].user
        self.other = complete_draft(self.world, self.road, applicant)
        self.other = services.perform(application=self.other, name="submit", by=applicant)
        self.application = complete_draft(self.world, self.road, applicant)
        self.oracle.parts[applicant.person_id] = {APPLICANT}
        self.version, self.steps = 0, 0
        self.experts = [self.world.user(Role.EXPERT, key=f"expert-{n}") for n in range(4)]

    def teardown(self):
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    @rule(name=st.sampled_from(NAMES), who=st.integers(0, 11))
    def somebody_tries(self, name, who):
        self.attempt(name, self.people[who])

    @rule(who=st.integers(0, 11))
    def somebody_goes_on(self, who):
        """What is due, by anybody: deep states are reached."""
        for name in self.oracle.due():
            self.attempt(name, self.people[who])

    @rule()
    def the_right_one_goes_on(self):
        for name, role in self.oracle.due().items():
            holder = next(p for p in self.people if role in p.roles)
            if name == "conclude":
                self.three_opinions()
            self.attempt(name, holder)

    def attempt(self, name, someone):
        allowed = self.oracle.allows(name, someone)
        before = self.row()
        try:
            with dates.as_of(day_of(name)), transaction.atomic():
                services.perform(
                    application=before, name=name, by=User.objects.get(pk=someone.user.pk), note="同意",
                    data=data_of(name, self.other),
                )  # fmt: skip
        except (Refused, KeyError) as refused:
            found = (self.road, before.state, name, someone.roles, self.oracle.parts, str(refused))
            assert not allowed, found
            assert (self.row().state, self.row().version) == (before.state, before.version)
            return
        assert allowed, (self.road, before.state, name, someone.roles, self.oracle.parts)
        self.oracle.take(name, someone)
        self.steps += 1
        self.version += name == "submit"

    def three_opinions(self):
        for number in range(3):
            self.opinion(number)

    @rule(number=st.integers(0, 3))
    def opinion(self, number):
        """One expert is asked on the present content and answers; asked twice, answers once."""
        row = self.row()
        if row.state != State.SUBMITTED:
            return
        expert = self.experts[number]
        (asked,) = services.assign_experts(application=row, experts=[expert.person], by=self.people[1].user)
        if not hasattr(asked, "opinion"):
            services.save_opinion(
                assignment=asked, by=expert, items=ALL_AGREE, conclusion="agree", comment="同意", submit=True
            )
            self.oracle.opinions += 1
            self.oracle.parts.setdefault(expert.person_id, set()).add(EXPERT)

    @rule()
    def the_applicant_edits(self):
        row, editable = self.row(), not self.oracle.ended and not self.oracle.place
        try:
            with transaction.atomic():
                services.save_draft(application=row, by=self.people[0].user, fields={"grades": "三年级"})
        except Refused:
            assert not editable, row.state
        else:
            assert editable, row.state

    def row(self):
        return Application.objects.get(pk=self.application.pk)

    @invariant()
    def one_step_a_change_and_one_event_a_step(self):
        if not hasattr(self, "application"):
            return
        assert self.row().steps.count() == self.steps
        assert self.row().content_version == self.version
        frozen = Submission.objects.filter(application=self.application)
        assert frozen.count() == self.version
        events = Event.objects.filter(
            target_type="approvals.application",
            target_id=str(self.application.pk),
            action__startswith=f"{self.road}.",
        )
        assert events.count() == self.steps

    @invariant()
    def what_arrived_passed_every_step_in_order_by_different_people(self):
        if not hasattr(self, "application") or self.oracle.place < 2 or self.oracle.ended:
            return
        row = self.row()
        mine = list(row.steps.filter(content_version=row.content_version).order_by("pk"))
        names = [step.transition for step in mine if step.transition != "return_"]
        expected = ORDER[self.road][: self.oracle.place]
        for step in expected:
            wanted = {name for name, _ in flat(step)}
            taken = {ALTERNATIVE.get(name, name) for name in names[: len(wanted)]}
            assert taken == wanted, (self.road, names)
            names = names[len(wanted) :]
        parts: dict[int, set[str]] = {}
        for step in row.steps.exclude(part=OFFICE).exclude(transition="end"):
            parts.setdefault(step.person_id, set()).add(step.part)
        assert all(len(played) == 1 for played in parts.values()), parts


@pytest.mark.parametrize("road", sorted(Road))
def test_every_road_against_the_oracle(db, road):
    machine = type(f"{road}_machine", (EveryRoad,), {"road": Road(road)})
    run_state_machine_as_test(
        machine, settings=settings(max_examples=6, stateful_step_count=25, phases=QUICK)
    )
