"""The door to applications, opinions and files."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from jianfu.kernel import dates
from jianfu.kernel.initials import typed_initials
from jianfu.organisations.selectors import acting_people
from jianfu.organisations.states import Role

from .permissions import ACTS_AT, PART_OF, reads_borrowings
from .plan_permissions import PLAN_ACTS_AT
from .round_permissions import DECIDES_ROUND, may_read_rounds, round_stages
from .separation import own_units
from .states import (
    CAMPUS,
    EDITABLE,
    INSPECTIONS,
    LISTED,
    SECONDMENTS,
    SEPARATED,
    STATE_OF_STAGE,
    Road,
    RoundState,
    State,
)

# What a line prints: approvals/list.html, Holders, the desk.
LINE = (
    "district_id", "road", "number", "title", "state", "state_entered_at", "due_on", "starts_on", "ends_on",
    "schools_text", "teacher_count", "class_hours", "contact_name", "contact_phone",
    "organisation__name", "organisation__short_name", "handler__name", "responsible", "borrowing__school",
)  # fmt: skip


class Applications(QuerySet):
    def visible_to(self, user: Any) -> Self:
        """One's own organisation's; as staff of the district all that was handed in, and what names a
        teacher only where one has to do with borrowings; as expert one's own; as a school what wants to
        borrow its teachers.

        Drafts are seen by the organisation that writes them and by nobody else; a joint organisation
        (联合单位) sees the application once it was handed in.
        """
        if not user.is_authenticated:
            return self.none()
        own = user.organisation_ids(Role.APPLICANT)
        mine = Q(organisation_id__in=own)
        handed_in = ~Q(state=State.DRAFTED)
        if own:
            joint = self.model.joint_organisations.through.objects.filter(
                application_id=OuterRef("pk"), organisation_id__in=own
            )
            mine |= handed_in & Q(Exists(joint))
        if user.is_district_staff:
            rest = Q() if reads_borrowings(user) else ~Q(road__in=SECONDMENTS)
            mine |= handed_in & rest & Q(district_id=user.district_id)
        if user.has(Role.EXPERT):
            mine |= handed_in & Q(pk__in=_assigned_to(self, user.person_id).values("application_id"))
        if user.has(Role.SCHOOL):
            mine |= handed_in & self._wanting_teachers_of(user)
        return self.filter(mine, district_id=user.district_id)

    def for_list(self) -> Self:
        """With what a list prints, and nothing more."""
        return self.select_related("organisation", "district", "handler", "borrowing")

    def for_lines(self) -> Self:
        """With the few columns that a line of a table prints; an application has sixty."""
        return self.select_related("organisation", "handler", "borrowing").only(*LINE)

    def waiting_for(self, user: Any) -> Self:
        """What this person can move on now: the 待办 of departments, office, reviewers and leaders.

        What is filed is not among them: the whitelist's next release takes it, as one matter; nor are the
        items of a yearly plan, which waits as a whole. What was handed to a colleague waits for that one,
        as long as he is there to act.
        """
        if not user.is_authenticated:
            return self.none()
        waiting = Q(pk__in=[])
        if user.has(Role.APPLICANT):
            waiting |= Q(state=State.RETURNED, organisation_id__in=user.organisation_ids(Role.APPLICANT))
        for role in {role for roles in ACTS_AT.values() for role in roles}:
            if user.has(role):
                waiting |= self._acted_on_by(user, role) & self._not_somebody_else_s(user, role)
        return self.filter(waiting, district_id=user.district_id)

    def _not_somebody_else_s(self, user: Any, role: Role) -> Q:
        """Handed to nobody in particular, to this person, or to one who does not hold the step any more."""
        roles = {other for acting in ACTS_AT.values() if role in acting for other in acting}
        there = acting_people(user.district_id, roles, dates.today())
        mine = Q(responsible__isnull=True) | Q(responsible_id=user.person_id)
        return mine | ~Q(responsible_id__in=there)

    def _acted_on_by(self, user: Any, role: Role) -> Q:
        """At the states where the role acts, less what this person may not touch."""
        at = Q(state__in=[state for state, roles in ACTS_AT.items() if role in roles])
        if role == Role.PUBLICATION_CLERK:
            return at & ~Q(state__in=[State.FILED, State.COLLECTED]) & ~_carried_by_its_plan()
        if role == Role.SCHOOL:
            return Q(state=State.ASKED) & self._wanting_teachers_of(user)
        held = [row for row in user.memberships if row.role == role]
        own = [row for row in held if row.on_behalf_of is None]
        at &= self._not_yet_part(user.person_id, PART_OF[role])
        if not own:
            at &= self._free_for_an_agent(user, held, PART_OF[role])
        rooms = {row.organisation_id for row in own or held} if role == Role.FIRST_REVIEWER else set()
        return at & ~Q(organisation_id__in=rooms) if len(rooms) == 1 else at

    def _free_for_an_agent(self, user: Any, lent: list[Any], part: str) -> Q:
        """Of those for whom the person may act, one is free, too; and the agent is of another unit."""
        principals = Q(pk__in=[])
        for row in lent:
            principals |= self._not_yet_part(row.on_behalf_of.pk, part)
        return principals & ~Q(organisation_id__in=own_units(user) - {None})

    def _wanting_teachers_of(self, user: Any) -> Q:
        borrowings = self.model._meta.get_field("borrowing").related_model.objects
        wanted = borrowings.filter(school_id__in=user.organisation_ids(Role.SCHOOL))
        return Q(pk__in=wanted.values("application_id"))

    def _not_yet_part(self, person_id: int, part: str) -> Q:
        """The person has played no other separated part in the application."""
        steps = self.model._meta.get_field("steps").related_model.objects
        other = steps.played_by(person_id, other_than=part).values("application_id")
        assignments = self.model._meta.get_field("assignments").related_model.objects
        # Also who is recused by now: an interest in the matter does not end with the panel.
        asked = assignments.filter(expert_id=person_id).order_by().values("application_id")
        return ~Q(pk__in=other) & ~Q(pk__in=asked) & ~Q(handler_id=person_id)

    def campus(self) -> Self:
        """What asks to enter schools: 进校园, by whichever of its roads."""
        return self.filter(road__in=CAMPUS)

    def announced(self, district_id: int, year: int) -> Self:
        """The published items of a year's list of inspections, planned or single."""
        return self.filter(
            district_id=district_id,
            year=year,
            road__in=INSPECTIONS,
            state__in=[State.ANNOUNCED, State.RECORDED],
        )

    def outside_open_rounds(self) -> Self:
        """What is not decided together with others; what left the stage of its round stands for itself."""
        items = self.model._meta.get_field("round_items").related_model.objects
        there = Q(pk__in=[])
        for stage, state in STATE_OF_STAGE.items():
            there |= Q(round__stage=stage, application__state=state)
        gathered = items.filter(there, round__state=RoundState.OPEN).order_by()
        return self.exclude(pk__in=gathered.values("application_id"))

    def for_inspection_list(self) -> Self:
        """With what a line of the list of inspections prints."""
        return self.select_related("organisation", "inspection").prefetch_related(
            "joint_organisations", "bases", "absorbed__organisation"
        )

    def editable(self) -> Self:
        return self.filter(state__in=EDITABLE)

    def handed_in(self) -> Self:
        return self.exclude(state=State.DRAFTED)

    def of_applicant(self, user: Any) -> Self:
        """The applications of the organisations for which the person applies."""
        return self.visible_to(user).filter(organisation_id__in=user.organisation_ids(Role.APPLICANT))

    def matching(self, words: str) -> Self:
        """Number, title or unit contains the words, or the title's 拼音首字母 do."""
        found = (
            Q(number__icontains=words)
            | Q(title__icontains=words)
            | Q(organisation__name__icontains=words)
            | Q(organisation__short_name__icontains=words)
        )
        if letters := typed_initials(words):
            found |= Q(title_initials__contains=letters)
        return self.filter(found)

    def done_by(self, user: Any) -> Self:
        """In which the person, or an agent for him, took a step, or handed in an opinion."""
        steps = self.model._meta.get_field("steps").related_model.objects
        took = steps.filter(Q(person_id=user.person_id) | Q(on_behalf_of_id=user.person_id))
        gave = _assigned_to(self, user.person_id).filter(opinion__submitted_at__isnull=False)
        mine = Q(pk__in=took.values("application_id")) | Q(pk__in=gave.values("application_id"))
        return self.visible_to(user).filter(mine)

    def with_urged(self) -> Self:
        """With ``urged``: how often each was urged since it came to its present step."""
        reminders = self.model._meta.get_field("reminders").related_model.objects
        own = reminders.filter(application_id=OuterRef("pk")).at_present().order_by()
        counted = own.values("application_id").annotate(count=Count("pk")).values("count")
        return self.annotate(urged=Coalesce(Subquery(counted), 0))

    def order_by_urgency(self) -> Self:
        """The nearest limit first, what has none last."""
        return self.order_by(F("due_on").asc(nulls_last=True), "-pk")

    def overdue(self, on: date) -> Self:
        return self.filter(due_on__lt=on)

    def counted(self, on: date) -> dict[str, Any]:
        """How many there are (``all``), how many are ``overdue``, and ``roads``: road → how many, of those
        that occur; in one query."""
        late = Count("pk", filter=Q(due_on__lt=on))
        rows = self.order_by().values_list("road").annotate(count=Count("pk"), late=late)
        found = list(rows.values_list("road", "count", "late"))
        roads = {road: count for road, count, _late in found}
        return {"all": sum(roads.values()), "overdue": sum(row[2] for row in found), "roads": roads}


def _carried_by_its_plan() -> Q:
    return Q(road=Road.INSPECTION_PLAN, state__in=[State.CLEARED, State.ANNOUNCED])


def _assigned_to(rows: Applications, person_id: int) -> QuerySet:
    """The person's own assignments: a few rows to look in, not a question for every application."""
    assignments = rows.model._meta.get_field("assignments").related_model.objects
    return assignments.sitting(person_id).order_by()


class Steps(QuerySet):
    def separated(self, person_ids: list[int], other_than: str = "") -> Self:
        """Steps in which any of the people, or an agent for them, played a part that excludes the others.

        The part ``other_than`` is not asked for, rather than sorted out: a reviewer has reviewed thousands.
        """
        mine = Q(person_id__in=person_ids) | Q(on_behalf_of_id__in=person_ids)
        return self.filter(mine, part__in=sorted(SEPARATED - {other_than}))

    def played_by(self, person_id: int, other_than: str = "") -> Self:
        """Steps in which the person played a separated part (other than the one named)."""
        return self.separated([person_id], other_than)


class Reminders(QuerySet):
    def at_present(self) -> Self:
        """Those since the application came to its present step."""
        return self.filter(state=F("application__state"), at__gte=F("application__state_entered_at"))

    def counted_at_present(self, application_ids: list[int]) -> dict[int, int]:
        """Application → how often it was urged since it came to its present step."""
        rows = self.filter(application_id__in=application_ids).at_present()
        counted = rows.order_by().values("application_id").annotate(count=Count("pk"))
        return dict(counted.values_list("application_id", "count"))


class Assignments(QuerySet):
    def visible_to(self, user: Any) -> Self:
        """An expert sees the sheets of others only after handing in their own (B3); applicants see none.

        The office, the reviewers and the leaders see all of their district, but not while they owe a sheet
        themselves. Who is recused sees nothing of that application any more.
        """
        if not user.is_authenticated:
            return self.none()
        rows = self.filter(application__district_id=user.district_id)
        if units := user.organisation_ids(Role.APPLICANT):
            party = Q(application__organisation_id__in=units)
            party |= Q(application__joint_organisations__in=units)
            rows = rows.exclude(pk__in=self.filter(party).values("pk"))
        own = self.model.objects.sitting(user.person_id)
        beside = own.filter(
            application_id=OuterRef("application_id"), content_version=OuterRef("content_version")
        )
        if user.has(Role.PUBLICATION_CLERK, Role.FIRST_REVIEWER, Role.LEADER):
            owed = beside.filter(opinion__submitted_at__isnull=True)
            return rows.filter(Q(expert_id=user.person_id) | ~Q(Exists(owed)))
        given = beside.filter(opinion__submitted_at__isnull=False)
        return rows.filter(Q(pk__in=own.order_by().values("pk")) | Q(Exists(given)))

    def sitting(self, person_id: int) -> Self:
        """The person's own, without the applications from which the person is recused."""
        recused = self.model.objects.filter(expert_id=person_id, recused_at__isnull=False).order_by()
        return self.filter(expert_id=person_id).exclude(application_id__in=recused.values("application_id"))

    def open_for(self, user: Any) -> Self:
        """Opinions that the expert still owes, on the content that now lies before the panel."""
        if not user.is_authenticated:
            return self.none()
        return self.owed().filter(expert_id=user.person_id)

    def owed(self) -> Self:
        """Sheets that a panel still waits for."""
        rows = self.current().counting()
        return rows.filter(application__state=State.SUBMITTED, opinion__submitted_at__isnull=True)

    def counting(self) -> Self:
        """Without those who are recused (回避)."""
        return self.filter(recused_at__isnull=True)

    def current(self) -> Self:
        """On the content version that the application now has."""
        return self.filter(content_version=F("application__content_version"))


class Attachments(QuerySet):
    def visible_to(self, user: Any) -> Self:
        applications = self.model._meta.get_field("application").related_model.objects.visible_to(user)
        return self.filter(application__in=applications)

    def in_use(self) -> Self:
        """Without those that were taken out again."""
        return self.filter(removed_at__isnull=True)


class Rounds(QuerySet):
    def visible_to(self, user: Any) -> Self:
        """What is still provisional is seen by those who prepare and decide it, what was put into force by
        the deciders of every stage; an applicant or a school sees none."""
        if not may_read_rounds(user):
            return self.none()
        own = Q(stage__in=round_stages(user))
        return self.filter(own | Q(state=RoundState.IN_FORCE), district_id=user.district_id)

    def to_decide(self, user: Any) -> Self:
        """Open rounds that the person puts into force."""
        stages = [stage for stage, role in DECIDES_ROUND.items() if user.is_authenticated and user.has(role)]
        return self.filter(state=RoundState.OPEN, stage__in=stages, district_id=user.district_id)


class RoundItems(QuerySet):
    def visible_to(self, user: Any) -> Self:
        """The lines of the rounds one sees; of an open one not the line of one's own unit's application."""
        rounds = self.model._meta.get_field("round").related_model.objects.visible_to(user)
        applications = self.model._meta.get_field("application").related_model.objects
        own = applications.of_applicant(user).values("pk")
        hidden = Q(round__state=RoundState.OPEN) & Q(application__in=own)
        return self.filter(round__in=rounds).exclude(hidden)


class Plans(QuerySet):
    def visible_to(self, user: Any) -> Self:
        """The yearly plan is seen by the staff of its district; what was published, by everybody there."""
        if not user.is_authenticated:
            return self.none()
        rows = self.filter(district_id=user.district_id)
        return rows if user.is_district_staff else rows.filter(published_on__isnull=False)

    def waiting_for(self, user: Any) -> Self:
        """What this person can move on now: one matter for the whole plan."""
        if not user.is_authenticated:
            return self.none()
        states = [state for state, roles in PLAN_ACTS_AT.items() if user.has(*roles)]
        return self.filter(district_id=user.district_id, state__in=states)

    def done_by(self, user: Any) -> Self:
        """In which the person took a step, or let an agent take it."""
        steps = self.model._meta.get_field("steps").related_model.objects
        mine = Q(person_id=user.person_id) | Q(on_behalf_of_id=user.person_id)
        return self.visible_to(user).filter(pk__in=steps.filter(mine).values("plan_id"))

    def with_counts(self) -> Self:
        """``listed`` items of the plan, ``past_listed`` of last year's without the single ones."""
        listed = Count("items", filter=Q(items__state__in=LISTED), distinct=True)
        past = Count(
            "past_items",
            filter=~Q(past_items__application__road=Road.INSPECTION_SINGLE)
            | Q(past_items__application__isnull=True),
            distinct=True,
        )
        return self.annotate(listed=listed, past_listed=past)


class HeldDataRows(QuerySet):
    def visible_to(self, user: Any) -> Self:
        """What is known already may be known by whoever is about to ask for it again."""
        return self.filter(district_id=user.district_id) if user.is_authenticated else self.none()
