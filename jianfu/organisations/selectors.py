"""What other apps may read of organisations."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.core.cache import cache
from django.db.models import Exists, OuterRef, Q, Subquery

from jianfu.kernel.calendar import WorkCalendar
from jianfu.kernel.terms import ReservedDays, SchoolCalendar, TermDays, calendar_of

from .models import (
    CalendarDay,
    Delegation,
    District,
    Membership,
    Organisation,
    Person,
    PolicyValue,
    SchoolSpan,
    SchoolTerm,
    User,
)
from .states import ADMINISTRATORS, Kind, Role, SpanKind

_CALENDAR = "organisations.calendar"
_POLICY = "organisations.policy"
CACHE_SECONDS = 60  # the longest that another process may still judge by a figure just changed


def staff_or_own(rows: Any, user: Any, own: Callable[[Any], Q], *, district: str = "district_id") -> Any:
    """The door of rows that belong to units: all of the district for its staff, for everybody else with an
    account what ``own(user)`` says, and nothing without one."""
    if not user.is_authenticated:
        return rows.none()
    rows = rows.filter(**{district: user.district_id})
    return rows if user.is_district_staff else rows.filter(own(user))


def work_calendar() -> WorkCalendar:
    """The working days as the table of holidays says; cached until a day is changed."""
    exceptions = cache.get(_CALENDAR)
    if exceptions is None:
        exceptions = dict(CalendarDay.objects.values_list("day", "is_workday"))
        cache.set(_CALENDAR, exceptions, CACHE_SECONDS)
    return WorkCalendar(exceptions)


def school_calendar(district_id: int) -> SchoolCalendar:
    """校历: the terms of the district and what is reserved in them; two queries."""
    terms = SchoolTerm.objects.filter(district_id=district_id)
    spans = SchoolSpan.objects.filter(district_id=district_id)
    return calendar_of(
        (TermDays(*row) for row in terms.values_list("name", "first_day", "last_day")),
        (
            ReservedDays(kind, SpanKind(kind).label, *more)
            for kind, *more in spans.values_list(
                "kind", "name", "first_day", "last_day", "school_id", "grades"
            )
        ),
    )


def policy_value(district_id: int | None, code: str, on: date) -> str | None:
    """The district's own value in force on the day, or None; cached until a value is changed."""
    values = cache.get(_POLICY)
    if values is None:
        rows = PolicyValue.objects.order_by("effective_from", "pk")
        values = {}
        for row in rows:
            values.setdefault((row.district_id, row.code), []).append((row.effective_from, row.value))
        cache.set(_POLICY, values, CACHE_SECONDS)
    in_force = [value for since, value in values.get((district_id, code), ()) if since <= on]
    return in_force[-1] if in_force else None


def forget_cached() -> None:
    cache.delete_many([_CALENDAR, _POLICY])


def sections(district_id: int) -> Any:
    """科室 of the bureau, in their order."""
    return Organisation.objects.filter(district_id=district_id, kind=Kind.SECTION, is_active=True)


def schools(district_id: int) -> Any:
    return Organisation.objects.filter(district_id=district_id, kind=Kind.SCHOOL, is_active=True)


def organisations(district_id: int) -> Any:
    """Every 单位 of the district that is in use."""
    return Organisation.objects.filter(district_id=district_id, is_active=True)


def districts_of(region: str) -> Any:
    """The 区县 of a city that share this deployment, in the order of their codes."""
    return District.objects.filter(region=region, is_city=False).order_by("code")


def bureau_name(district: Any) -> str:
    """区教委, under whose name the district's papers go out."""
    rows = organisations(district.pk).filter(kind=Kind.BUREAU).order_by("position", "pk")
    return rows.values_list("name", flat=True).first() or f"{district.name}教育委员会"


def with_superiors(district_id: int, keys: Iterable[int | None]) -> set[int]:
    """The organisations, and those above each of them up to the top; one query."""
    above = dict(Organisation.objects.filter(district_id=district_id).values_list("pk", "parent_id"))
    found: set[int] = set()
    for first in keys:
        key = first
        while key is not None and key not in found:
            found.add(key)
            key = above.get(key)
    return found


def people_of(organisation_id: int) -> Any:
    """The people known in an organisation, by name."""
    return Person.objects.filter(organisation_id=organisation_id)


def experts(district_id: int, on: date) -> Any:
    """People who sit on the panel on the day, with their own unit."""
    return (
        Person.objects.filter(district_id=district_id)
        .filter(memberships__in=Membership.objects.current(on).filter(role=Role.EXPERT))
        .select_related("organisation")
        .distinct()
    )


def holders(district_id: int, roles: Iterable[str], on: date) -> list[Membership]:
    """Who holds the roles on the day, with person and organisation, the longest serving first.

    A role that is lent has an ``agent``: who is there to be called. One query, and one more for the agents
    where there are any.
    """
    lent = Delegation.objects.in_force(on).filter(membership=OuterRef("pk")).order_by("pk")
    rows = Membership.objects.current(on).filter(person__district_id=district_id, role__in=list(roles))
    rows = rows.annotate(agent_id=Subquery(lent.values("agent_id")[:1]))
    found = list(rows.select_related("person", "organisation").order_by("since", "pk"))
    agents = Person.objects.in_bulk({row.agent_id for row in found if row.agent_id})
    for row in found:
        row.agent = agents.get(row.agent_id)
    return found


def with_accounts(district_id: int) -> Any:
    """People who can sign in, by unit and name."""
    accounts = User.objects.filter(is_active=True, person=OuterRef("pk"))
    rows = Person.objects.filter(Exists(accounts), district_id=district_id).select_related("organisation")
    return rows.order_by("organisation__position", "organisation__name", "name", "pk")


def principals(district_id: int, on: date) -> Any:
    """People who hold a role that may be lent to an agent."""
    held = Membership.objects.delegable(on).filter(person=OuterRef("pk"))
    return with_accounts(district_id).filter(Exists(held))


def possible_agents(principal: Person, on: date) -> Any:
    """Colleagues who can sign in; the three administrators may hold nothing else."""
    keys = Membership.objects.current(on).filter(role__in=ADMINISTRATORS, person=OuterRef("pk"))
    return with_accounts(principal.district_id).filter(~Exists(keys)).exclude(pk=principal.pk)


def acting_people(district_id: int, roles: Iterable[str], on: date) -> Any:
    """The ids of all who hold any of the roles on the day, own or lent, and can sign in; as a subquery."""
    wanted = list(roles)
    current = Membership.objects.current(on).filter(role__in=wanted).order_by()
    lent = Delegation.objects.in_force(on).filter(membership__in=current.values("pk")).order_by()
    able = User.objects.filter(is_active=True, person__district_id=district_id)
    own_or_lent = Q(person_id__in=current.values("person_id")) | Q(person_id__in=lent.values("agent_id"))
    return able.filter(own_or_lent).order_by().values("person_id")


def accounts_holding(district_id: int, roles: Iterable[str], on: date) -> list[User]:
    """One account of each who holds any of the roles, own or lent, with all that he holds; three queries."""
    current = Membership.objects.current(on).order_by()
    lent = Delegation.objects.in_force(on).order_by().filter(membership__in=current.values("pk"))
    able = User.objects.filter(is_active=True, person_id__in=acting_people(district_id, roles, on))
    first = able.filter(person_id=OuterRef("person_id")).order_by("pk").values("pk")[:1]
    users = list(able.filter(pk=Subquery(first)).order_by("person__name", "pk"))
    held: dict[int, list[Membership]] = {user.person_id: [] for user in users}
    for row in current.filter(person_id__in=held).select_related("organisation", "person"):
        held[row.person_id].append(row)
    lent = lent.filter(agent_id__in=held).select_related("membership__organisation", "membership__person")
    for given in lent:
        given.membership.on_behalf_of = given.membership.person
        held[given.agent_id].append(given.membership)
    for user in users:
        user.memberships = held[user.person_id]
    return users


def reachable_accounts() -> Any:
    """One account of each person who can sign in and has an address, by district and name."""
    able = User.objects.filter(is_active=True).exclude(person__email="")
    first = able.filter(person_id=OuterRef("person_id")).order_by("pk").values("pk")[:1]
    return able.filter(pk=Subquery(first)).order_by("person__district_id", "person__name", "pk")


def account_of(person: Person, *, active: bool = True) -> User | None:
    """The person's first account that can be used; with ``active=False`` also one that cannot."""
    rows = User.objects.filter(person_id=person.pk).order_by("-is_active", "pk")
    return (rows.filter(is_active=True) if active else rows).first()


def roles_of(person: Person, on: date) -> set[str]:
    """What the person holds on the day, also as somebody's agent."""
    return set(Membership.objects.held_by(person.pk, on).values_list("role", flat=True))


def only_district() -> District | None:
    """The district of a deployment that serves one; None where there are several or none."""
    found = list(districts()[:2])
    return found[0] if len(found) == 1 else None


def districts() -> Any:
    """Every 区县: their names and telephones are public."""
    return District.objects.filter(is_city=False)


def cities() -> Any:
    """Every 市 that receives here what its districts report."""
    return District.objects.filter(is_city=True)
