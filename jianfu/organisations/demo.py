"""The demonstration district and its city: their organisations, people, roles and accounts."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django.contrib.auth.hashers import make_password

from jianfu.kernel import dates

from .models import District, Membership, Organisation, Person, SchoolSpan, SchoolTerm, User
from .services import delegate


def load(context: dict[str, Any]) -> None:
    """Fill ``context`` with district, city, organisations by code, people by key and users by name.

    What is there is left as it is: whoever tries the system keeps what they changed.
    """
    folder = context["folder"]
    places = json.loads((folder / "organisations.json").read_text("utf-8"))
    staff = json.loads((folder / "people.json").read_text("utf-8"))
    town = json.loads((folder / "city.json").read_text("utf-8"))
    context.update(organisations={}, people={}, users={})
    known = {user.username: user for user in User.objects.select_related("person__organisation")}
    encoded = make_password(
        staff["password"]
    )  # once: a slow hash for each of fifty accounts would take a minute
    since = date.fromisoformat(staff["since"])
    for name, here, people in (("city", town, town["people"]), ("district", places, staff["people"])):
        context[name] = context["district"] = _district(here["district"], is_city=name == "city")
        for position, row in enumerate(here["organisations"], start=1):
            context["organisations"][row["code"]] = _organisation(context, row, position)
        for row in people:
            _person(context, row, since, known, encoded)
    for row in staff["delegations"]:
        _delegation(context, row)
    _school_calendar(context)


def _district(fields: dict[str, Any], *, is_city: bool) -> District:
    found, _ = District.objects.get_or_create(code=fields["code"], defaults={**fields, "is_city": is_city})
    return found


def _organisation(context: dict[str, Any], row: dict[str, Any], position: int) -> Organisation:
    fields = {name: row[name] for name in ("kind", "short_name", "stage", "phone", "handles_secondments")}
    found, _ = Organisation.objects.get_or_create(
        district=context["district"],
        name=row["name"],
        defaults={
            **fields,
            "aliases": "、".join(row["aliases"]),
            "parent": context["organisations"].get(row["parent"]),
            "position": position,
        },
    )
    return found


def _person(
    context: dict[str, Any], row: dict[str, Any], since: date, known: dict[str, User], encoded: str
) -> None:
    """A person is recognised by their account, for the district has two people called 李敏."""
    user = next((known[name] for name in row["usernames"] if name in known), None)
    if user is None:
        person = Person.objects.create(
            district=context["district"],
            name=row["name"],
            organisation=context["organisations"][row["organisation"]],
            title=row["title"],
            phone=row["phone"],
        )
        for membership in row["memberships"]:
            Membership.objects.create(
                person=person,
                organisation=context["organisations"][membership["organisation"]],
                role=membership["role"],
                category=membership["category"],
                since=since,
            )
        for name in row["usernames"]:
            user = User.objects.create(username=name, person=person, password=encoded)
            context["users"][name] = user
        context["people"][row["key"]] = person
        return
    context["people"][row["key"]] = user.person
    context["users"].update({name: known[name] for name in row["usernames"] if name in known})


def _school_calendar(context: dict[str, Any]) -> None:
    """Terms and exam weeks, once; whoever tries the system keeps what they changed."""
    district = context["district"]
    told = json.loads((context["folder"] / "school-calendar.json").read_text("utf-8"))
    if SchoolTerm.objects.filter(district=district).exists():
        return
    for name, first, last in told["terms"]:
        days = {"first_day": date.fromisoformat(first), "last_day": date.fromisoformat(last)}
        SchoolTerm.objects.create(district=district, name=name, **days)
    for row in told["spans"]:
        SchoolSpan.objects.create(
            district=district,
            kind=row["kind"],
            name=row["name"],
            first_day=date.fromisoformat(row["first_day"]),
            last_day=date.fromisoformat(row["last_day"]),
            school=context["organisations"].get(row.get("school")),
            grades=row.get("grades", ""),
        )


def _delegation(context: dict[str, Any], row: dict[str, Any]) -> None:
    """代理, arranged by the person himself on the day that the row tells."""
    by, agent = context["users"][row["person"]], context["people"][row["agent"]]
    since, until = (date.fromisoformat(row[name]) for name in ("since", "until"))
    lent = Membership.objects.filter(person=by.person, role=row["role"])
    if lent.filter(delegations__agent=agent, delegations__since=since).exists():
        return
    with dates.as_of(dates.past_moment(row["at"])):
        delegate(memberships=lent, agent=agent, since=since, until=until, reason=row["reason"], by=by)
