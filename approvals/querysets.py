"""The door to applications, opinions and files."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from jianfu.organisations.states import Role

from .states import EDITABLE, SEPARATED, Part, State

# What a line prints: approvals/list.html, Holders, the desk.
LINE = (
    "district_id", "number", "title", "state", "state_entered_at", "due_on", "starts_on", "ends_on",
    "schools_text", "teacher_count", "class_hours", "contact_name", "contact_phone",
    "organisation__name", "organisation__short_name", "handler__name",
)  # fmt: skip


class Applications(QuerySet):
    def visible_to(self, user: Any) -> Self:
        """One's own organisation's; as staff of the district all that was handed in; as expert one's own.

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
            mine |= handed_in & Q(district_id=user.district_id)
        if user.has(Role.EXPERT):
            mine |= handed_in & Q(pk__in=_assigned_to(self, user).values("application_id"))
        return self.filter(mine, district_id=user.district_id)

    def for_list(self) -> Self:
        """With what a list prints, and nothing more."""
        return self.select_related("organisation", "district", "handler")

    def for_lines(self) -> Self:
        """With the few columns that a line of a table prints; an application has sixty."""
        return self.select_related("organisation", "handler").only(*LINE)

    def waiting_for(self, user: Any) -> Self:
        """What this person can move on now: the 待办 of departments, office, reviewers and leaders.

        What is filed is not among them: the whitelist's next release takes it, as one matter.
        """
        if not user.is_authenticated:
            return self.none()
        waiting = Q(pk__in=[])
        if user.has(Role.APPLICANT):
            waiting |= Q(state=State.RETURNED, organisation_id__in=user.organisation_ids(Role.APPLICANT))
        if user.has(Role.PUBLICATION_CLERK):
            waiting |= Q(state__in=[State.SUBMITTED, State.APPROVED])
        if user.has(Role.FIRST_REVIEWER):
            waiting |= self._reviewable(user)
        if user.has(Role.LEADER):
            waiting |= Q(state=State.REVIEWED) & self._not_yet_part(user, Part.LEADER)
        return self.filter(waiting, district_id=user.district_id)

    def _reviewable(self, user: Any) -> Q:
        """A 科室 that applies is first-reviewed by another one."""
        rooms = user.organisation_ids(Role.FIRST_REVIEWER)
        other = ~Q(organisation_id__in=rooms) if len(rooms) == 1 else Q()
        return Q(state=State.APPRAISED) & other & self._not_yet_part(user, Part.REVIEWER)

    def _not_yet_part(self, user: Any, part: str) -> Q:
        """The person has played no other separated part in the application."""
        steps = self.model._meta.get_field("steps").related_model.objects
        other = steps.played_by(user.person_id, other_than=part).values("application_id")
        asked = _assigned_to(self, user).values("application_id")
        return ~Q(pk__in=other) & ~Q(pk__in=asked) & ~Q(handler_id=user.person_id)

    def editable(self) -> Self:
        return self.filter(state__in=EDITABLE)

    def handed_in(self) -> Self:
        return self.exclude(state=State.DRAFTED)

    def of_applicant(self, user: Any) -> Self:
        """The applications of the organisations for which the person applies."""
        return self.visible_to(user).filter(organisation_id__in=user.organisation_ids(Role.APPLICANT))

    def matching(self, words: str) -> Self:
        """Number, title or unit contains the words."""
        return self.filter(
            Q(number__icontains=words)
            | Q(title__icontains=words)
            | Q(organisation__name__icontains=words)
            | Q(organisation__short_name__icontains=words)
        )

    def done_by(self, user: Any) -> Self:
        """In which the person took a step, or handed in an opinion."""
        steps = self.model._meta.get_field("steps").related_model.objects
        took = steps.filter(person_id=user.person_id)
        gave = _assigned_to(self, user).filter(opinion__submitted_at__isnull=False)
        mine = Q(pk__in=took.values("application_id")) | Q(pk__in=gave.values("application_id"))
        return self.visible_to(user).filter(mine)

    def order_by_urgency(self) -> Self:
        """The nearest limit first, what has none last."""
        return self.order_by(F("due_on").asc(nulls_last=True), "-pk")

    def overdue(self, on: date) -> Self:
        return self.filter(due_on__lt=on)

    def counted(self, on: date) -> dict[str, int]:
        """How many there are (``all``) and how many of them are ``overdue``, in one query."""
        late = Count("pk", filter=Q(due_on__lt=on))
        return self.order_by().aggregate(all=Count("pk"), overdue=late)


def _assigned_to(rows: Applications, user: Any) -> QuerySet:
    """The person's own assignments: a few rows to look in, not a question for every application."""
    assignments = rows.model._meta.get_field("assignments").related_model.objects
    return assignments.filter(expert_id=user.person_id).order_by()


class Steps(QuerySet):
    def separated(self, person_ids: list[int]) -> Self:
        """Steps in which any of the people played a part that excludes the others."""
        return self.filter(person_id__in=person_ids, part__in=SEPARATED)

    def played_by(self, person_id: int, other_than: str = "") -> Self:
        """Steps in which the person played a separated part (other than the one named)."""
        return self.separated([person_id]).exclude(part=other_than)


class Assignments(QuerySet):
    def visible_to(self, user: Any) -> Self:
        """An expert sees the sheets of others only after handing in their own (B3); applicants see none.

        The office, the reviewers and the leaders see all of their district.
        """
        if not user.is_authenticated:
            return self.none()
        rows = self.filter(application__district_id=user.district_id)
        if user.has(Role.PUBLICATION_CLERK, Role.FIRST_REVIEWER, Role.LEADER):
            return rows
        own = rows.model.objects.filter(
            application_id=OuterRef("application_id"),
            content_version=OuterRef("content_version"),
            expert_id=user.person_id,
            opinion__submitted_at__isnull=False,
        )
        return rows.filter(Q(expert_id=user.person_id) | Q(Exists(own)))

    def open_for(self, user: Any) -> Self:
        """Opinions that the expert still owes, on the content that now lies before the panel."""
        if not user.is_authenticated:
            return self.none()
        return self.current().filter(
            expert_id=user.person_id,
            application__state=State.SUBMITTED,
            opinion__submitted_at__isnull=True,
        )

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
