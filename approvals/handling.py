"""Between two steps: who may remind the holder (催办), who may hand the matter to whom (转办)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils import timezone

from jianfu.kernel import dates
from jianfu.kernel.calendar import Remaining
from jianfu.kernel.decisions import Decision, allow, refuse
from jianfu.kernel.policy import figure_value
from jianfu.organisations.selectors import accounts_holding, work_calendar
from jianfu.organisations.states import Role

from .figures import URGE_AFTER
from .permissions import may_write, roles_at
from .progress import Entry
from .separation import ACTS_AT, PART_OF, capacity, from_another_section, seats
from .states import Part, State

# Where nobody is being waited for: the next release, the yearly plan, the day the teacher comes back.
_NOT_URGED = frozenset({State.LENT})
_NOT_HANDED_ON = frozenset({State.FILED, State.COLLECTED, State.LENT})


@dataclass(frozen=True)
class Colleague:
    """One who might handle the matter, and why not."""

    person: Any
    mine: bool
    decision: Decision

    @property
    def key(self) -> str:
        return str(self.person.pk)


# --- 催办 -------------------------------------------------------------------------------------------------


def is_urged_at(state: str) -> bool:
    return state == State.RETURNED or (state in ACTS_AT and state not in _NOT_URGED)


def may_urge(application: Any, by: Any) -> Decision:
    """The applicant unit, the office, and whoever handed it on; nobody urges himself."""
    if not is_urged_at(application.state):
        return refuse(f"现在是“{application.get_state_display()}”，没有人要办理，不用催办")
    if _holds(application, by):
        return refuse("这一步由本人办理，不用催办")
    office = by.district_id == application.district_id and by.has(Role.PUBLICATION_CLERK)
    if office or may_write(application, by) or _handed_on_by(application, by):
        return allow()
    return refuse("催办由申报单位、领导小组办公室或上一步的办理人提出")


def _holds(application: Any, by: Any) -> bool:
    """Whether the person is the one that is waited for; the office waits for experts who owe their sheets."""
    if application.state == State.RETURNED:
        return bool(may_write(application, by))
    if not roles_at(application, by):
        return False
    if application.responsible_id:
        return bool(application.responsible_id == by.person_id)
    owed = application.assignments.counting().current().filter(opinion__submitted_at__isnull=True)
    return not (application.state == State.SUBMITTED and owed.exists())


def _handed_on_by(application: Any, by: Any) -> bool:
    """The last step, or the last 转办 at this step, was taken by this person."""
    step = application.steps.first()
    transfer = application.transfers.filter(state=application.state).first()
    return by.person_id in {getattr(step, "person_id", None), getattr(transfer, "by_id", None)}


def wants_urging(application: Any, remaining: Remaining | None, on: date) -> bool:
    """Late, nearly late, or lying for some days: the list offers 催办 at once."""
    if not is_urged_at(application.state) or application.state == State.RETURNED:
        return False
    if remaining is not None and remaining.light != "g":
        return True
    return waited(application, on) >= figure_value(URGE_AFTER, application.district_id, on)


def waited(application: Any, on: date) -> int:
    """Working days at the present step."""
    return max(work_calendar().between(timezone.localdate(application.state_entered_at), on), 0)


def sentence(application: Any, on: date) -> str:
    """What 催办 says when nobody writes anything else."""
    since = timezone.localdate(application.state_entered_at)
    days = waited(application, on)
    late = work_calendar().remaining(application.due_on, on).days if application.due_on else 0
    lying = f"，已 {days} 个工作日" if days else ""
    overdue = f"，超期 {-late} 天" if late < 0 else ""
    return f"{since.month}月{since.day}日到“{application.get_state_display()}”{lying}{overdue}，望尽快办理。"


# --- 转办 -------------------------------------------------------------------------------------------------


def may_transfer(application: Any, by: Any) -> Decision:
    """Whoever holds the step, also to take over what a colleague handles."""
    if application.state not in ACTS_AT or application.state in _NOT_HANDED_ON:
        return refuse(f"现在是“{application.get_state_display()}”，不能转办")
    if application.inspection_plan_id is not None:
        return refuse("这一项随年度计划一起办理，不单独转办")
    return allow() if roles_at(application, by) else refuse("转办由本环节的办理人提出")


def colleagues(application: Any, by: Any) -> list[Colleague]:
    """Everybody who holds the step's roles, who may first; as many queries for many as for one."""
    roles = ACTS_AT.get(application.state, ())
    people = accounts_holding(application.district_id, roles, dates.today())
    people = [user for user in people if seats(application, user, roles)]
    prefetch_related_objects([application], "joint_organisations")
    principals = [row.on_behalf_of.pk for user in people for row in user.memberships if row.on_behalf_of]
    application.remember_parts([*(user.person_id for user in people), *principals])
    found = [
        Colleague(user.person, user.person_id == by.person_id, _may_handle(application, user))
        for user in people
    ]
    return sorted(found, key=lambda row: (not row.decision, row.mine))


def _may_handle(application: Any, user: Any) -> Decision:
    """The separation of duties of the step, asked of somebody else."""
    if application.responsible_id == user.person_id:
        return refuse("现在就由这位同志承办")
    parts = {PART_OF[role] for role in roles_at(application, user)} - {Part.OFFICE}
    answers = [capacity(application, user, part, application.state)[1] for part in parts]
    decision = next((answer for answer in answers if answer), answers[0] if answers else allow())
    if parts == {Part.REVIEWER}:
        decision &= from_another_section(application, user)
    return decision


# --- the record -------------------------------------------------------------------------------------------


class Between:
    """What happened to one application between its steps, and what this person may do about it; read once."""

    def __init__(self, application: Any, by: Any) -> None:
        self.application, self.by = application, by
        self._reminders = list(application.reminders.select_related("by"))
        self._transfers = list(application.transfers.select_related("by", "to"))

    def into(self, entries: list[Entry]) -> list[Entry]:
        """The record with what happened between, newest first; what is going on stays on top."""
        now = [entry for entry in entries if entry.when is None]
        past = [entry for entry in entries if entry.when is not None]
        between = [*map(_reminder, self._reminders), *map(_transfer, self._transfers)]
        return [*now, *sorted([*past, *between], key=lambda entry: entry.when, reverse=True)]

    @property
    def urged(self) -> int:
        """How often at the present step."""
        state, since = self.application.state, self.application.state_entered_at
        return sum(1 for row in self._reminders if row.state == state and row.at >= since)

    @property
    def offers_urging(self) -> bool:
        today = dates.today()
        return not any(row.day == today for row in self._reminders) and bool(
            may_urge(self.application, self.by)
        )

    @property
    def offers_transfer(self) -> bool:
        return bool(may_transfer(self.application, self.by))

    @property
    def tags(self) -> list[tuple[str, str]]:
        """由××承办 and 被催办 n 次, as words and tone."""
        person = self.application.responsible
        handled = [(f"由{person.name}承办", "blue")] if person else []
        return [*handled, *([(f"被催办 {self.urged} 次", "amber")] if self.urged else [])]


def _reminder(row: Any) -> Entry:
    return Entry("催办", row.by.name, row.organisation_name, row.at, note=row.note, tone="quiet")


def _transfer(row: Any) -> Entry:
    label = "接办" if row.to_id == row.by_id else f"转办给{row.to.name}"
    return Entry(label, row.by.name, row.organisation_name, row.at, note=row.note, tone="quiet")


def counts(rows: Iterable[Any]) -> dict[int, int]:
    """Application → how often it was urged at its present step; one query for a whole list."""
    found = list(rows)
    if not found:
        return {}
    reminders = type(found[0])._meta.get_field("reminders").related_model.objects
    return reminders.counted_at_present([row.pk for row in found])


def urged_today(rows: Iterable[Any], on: date) -> set[int]:
    """Which of the applications were urged on the day."""
    found = list(rows)
    if not found:
        return set()
    reminders = type(found[0])._meta.get_field("reminders").related_model.objects
    return set(
        reminders.filter(application_id__in=[row.pk for row in found], day=on).values_list(
            "application_id", flat=True
        )
    )
