"""The only writer of events."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import connection, transaction

from jianfu.kernel import dates

from .chain import digest
from .models import NO_DISTRICT, Chain, Event


def record(
    *,
    action: str,
    target: Any = None,
    by: Any = None,
    note: str = "",
    source: str = "",
    destination: str = "",
    data: Mapping[str, Any] | None = None,
) -> Event:
    """Append one event to the district's chain, in the transaction of the change it records.

    ``by`` is a User, or None for what the program or an unknown visitor does. ``data`` holds plain JSON
    values; anything else is written as its text.
    """
    key = _chain_key(target, by)
    with transaction.atomic(savepoint=False):  # a failure here must take the change with it
        length, head = _locked_head(key)
        event = Event(
            chain_key=key,
            position=length + 1,
            at=dates.now(),
            action=action,
            **_who(by),
            **_what(target),
            source=source,
            destination=destination,
            note=_clean(note),
            data={name: _plain(value) for name, value in (data or {}).items()},
            previous=head,
        )
        event.digest = digest(event)
        event.save(force_insert=True)
        _move_head(key, event)
    return event


# In SQL, for every act of the house passes here: making these two statements anew took longer than the rest.
_LOCK = 'SELECT length, head FROM audit_chain WHERE "key" = %s'
_MOVE = 'UPDATE audit_chain SET length = %s, head = %s WHERE "key" = %s'


def _locked_head(key: int) -> tuple[int, str]:
    """The head of the chain, begun where there is none; two who begin it at once do not collide."""
    lock = " FOR UPDATE" if connection.features.has_select_for_update else ""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK + lock, [key])
        found = cursor.fetchone()
        if found is None:
            Chain.objects.get_or_create(key=key)
            cursor.execute(_LOCK + lock, [key])
            found = cursor.fetchone()
    length, head = found
    return length, head


def _move_head(key: int, event: Event) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_MOVE, [event.position, event.digest, key])


def _chain_key(target: Any, by: Any) -> int:
    found = getattr(target, "district_id", None) or getattr(by, "district_id", None)
    return found or NO_DISTRICT


def _who(by: Any) -> dict[str, Any]:
    if by is None or not by.is_authenticated:
        return {"actor_id": None, "person_id": None, "actor_name": "", "organisation_name": ""}
    return {
        "actor_id": by.pk,
        "person_id": by.person_id,
        "actor_name": by.person.name,
        "organisation_name": str(by.organisation or ""),
    }


def _what(target: Any) -> dict[str, str]:
    """A model may have ``trail_name`` where its own words tell more than a reader of the trail needs."""
    if target is None:
        return {"target_type": "", "target_id": "", "target_name": ""}
    return {
        "target_type": target._meta.label_lower,
        "target_id": str(target.pk),
        "target_name": _clean(getattr(target, "trail_name", "") or str(target))[:200],
    }


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return _clean(value)
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return str(value)


def _clean(text: str) -> str:
    """Without what a database or the digest cannot hold: NUL and lone surrogates."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()
