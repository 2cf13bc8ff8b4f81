"""Filed applications and releases of a small district (tests/factories.py)."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from typing import Any

from approvals.models import Application
from approvals.states import State
from jianfu.kernel import dates
from jianfu.organisations.states import Role
from tests.approvals.factories import answers
from tests.factories import World
from whitelist import services
from whitelist.models import Entry, Release
from whitelist.states import Kind

_serial = count(1)


def filed(
    world: World, *, state: str = State.FILED, place: str = "department", **changed: Any
) -> Application:
    """An application that waits to be published; the road that led there is tested by approvals."""
    handler = world.user(Role.APPLICANT, place=place, key=f"applicant-{place}").person
    return Application.objects.create(
        district=world.district,
        organisation=world.place(place),
        handler=handler,
        number=f"JXY2026{next(_serial):04d}",
        state=state,
        **{**answers(), "year": dates.today().year, "contact_name": handler.name, **changed},
    )


def clerk(world: World, key: str = "") -> Any:
    return world.user(Role.PUBLICATION_CLERK, key=key)


def opened(world: World, *applications: Application, **words: str) -> Release:
    return services.open_release(
        by=clerk(world),
        district=world.district,
        year=dates.today().year,
        applications=applications or (filed(world),),
        **words,
    )


def leader(world: World, key: str = "") -> Any:
    return world.user(Role.LEADER, key=key)


def sent(world: World, *applications: Application, **words: str) -> Release:
    """A release that waits for the leader's name."""
    return services.advance(release=opened(world, *applications, **words), name="submit", by=clerk(world))


def signed(world: World, *applications: Application, **words: str) -> Release:
    """A release that only has to be published."""
    release = opened(world, *applications, **words)
    return sign(world, release)


def sign(world: World, release: Release) -> Release:
    """From the draft to the signature; what needs none stays."""
    if release.kind == Kind.EXEMPT:
        return release
    services.advance(release=release, name="submit", by=clerk(world))
    return services.advance(release=release, name="sign", by=leader(world))


def published(world: World, *applications: Application, **words: str) -> Release:
    """A release that lists the applications, or one of its own."""
    return services.publish(release=signed(world, *applications, **words), by=clerk(world))


def paper_entry(**changed: Any) -> dict[str, Any]:
    """One entry of a list that was published on paper."""
    return {
        "title": "禁毒知识流动展览",
        "lead_name": "区禁毒办",
        "starts_on": date(2025, 9, 1),
        "ends_on": date(2025, 12, 31),
        "content": "展览",
        "basis": "《中华人民共和国禁毒法》",
        **changed,
    }


def entry_of(world: World, **changed: Any) -> Entry:
    """A published entry, valid today."""
    (item,) = published(world, filed(world, **changed)).items.filter(change="added")
    return item.entry


def soon(days: int = 30) -> date:
    return dates.today() + timedelta(days=days)
