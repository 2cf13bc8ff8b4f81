"""Writes to master data that programs do: people, roles, accounts."""

from __future__ import annotations

import hmac
import secrets
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction

from jianfu.kernel import dates, trail
from jianfu.kernel.decisions import require
from jianfu.organisations.models import Membership, Organisation, Person, User
from jianfu.organisations.rules import may_hold_together


def identity_digest(number: str) -> str:
    """The keyed digest (HMAC-SM3) by which an identity number is recognised and never read."""
    return hmac.new(settings.SECRET_KEY.encode(), number.strip().upper().encode(), "sm3").hexdigest()


def grant_role(
    *,
    person: Person,
    organisation: Organisation,
    role: str,
    by: User | None,
    since: date | None = None,
    category: str = "",
) -> Membership:
    """Give a role, unless the person's other roles exclude it. Raises `Refused`."""
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)
        since = since or dates.today()
        require(may_hold_together([role, *person.roles_between(since, None)]))
        found = person.memberships.current(since).filter(organisation=organisation, role=role).first()
        if found:
            return found
        row = Membership(person=person, organisation=organisation, role=role, since=since, category=category)
        row._history_user = by
        row.save()
        trail.record(action="organisations.grant_role", target=row, by=by, destination=role)
    return row


def open_account(*, person: Person, by: User) -> User:
    """An account that no password opens: its owner comes in by a link."""
    account = User(username=f"zj{person.pk}-{secrets.token_hex(3)}", person=person)
    account.set_unusable_password()
    account._history_user = by
    account.save()
    trail.record(action="organisations.open_account", target=account, by=by)
    return account


def find_or_add_person(*, district_id: int, name: str, organisation: Organisation | None, by: Any) -> Person:
    """The person of that name in that organisation, entered once and found ever after (R78)."""
    name = name.strip()
    found = Person.objects.filter(district_id=district_id, name=name, organisation=organisation).first()
    if found:
        return found
    person = Person(district_id=district_id, name=name, organisation=organisation)
    person._history_user = by
    person.save()
    trail.record(action="organisations.add_person", target=person, by=by)
    return person
