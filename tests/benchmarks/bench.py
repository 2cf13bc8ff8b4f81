"""What is measured on: three sizes of district beside each other in one database."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass

from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import NoReverseMatch, reverse

from jianfu.organisations.models import District
from whitelist.models import Entry

from . import floors, generator, ledgers
from .generator import Filled

SMALL = 1_000
CITY = 40
NEIGHBOUR = 50


@dataclass(frozen=True)
class Bench:
    """``small`` has at most 1,000 applications and entries, ``large`` has ``rows`` of each.

    They share their tables with a city of further districts, as they would in one deployment. ``pairs``
    is how often each comparison is taken.
    """

    small: Filled
    large: Filled
    city: tuple[Filled, ...]
    rows: int
    pairs: int


def fill(rows: int, *, pairs: int, city: int = CITY) -> Bench:
    """Fill the empty database; the same rows every time."""
    some = min(rows, NEIGHBOUR)
    neighbours = [
        generator.fill_district(seed, applications=some, entries=some, name="区")
        for seed in range(3, 3 + city)
    ]
    small = generator.fill_district(1, applications=min(SMALL, rows), entries=min(SMALL, rows), name="云岭区")
    large = generator.fill_district(2, applications=rows, entries=rows, name="清河区")
    ledgers.fill_ledgers(large, 1)
    for seed, filled in enumerate(neighbours, start=2):
        ledgers.fill_ledgers(filled, seed, ledgers.YEARS[-1:])
    floors.prepare_log()
    _gather_statistics()
    cache.clear()
    return Bench(small, large, tuple(neighbours), rows, pairs)


def find(*, pairs: int) -> Bench:
    """What an earlier run filled."""
    small, large = generator.find_district(1), generator.find_district(2)
    rows = Entry.objects.filter(district=large.district).count()
    neighbours = [generator.find_district(seed) for seed in range(3, _districts() + 1)]
    return Bench(small, large, tuple(neighbours), rows, pairs)


def _districts() -> int:
    """Those that `fill` made; a measurement may have one of its own beside them."""
    return District.objects.filter(code__regex=r"^d\d+$").count()


def _gather_statistics() -> None:
    """What a database that has been in use for a day knows about its tables."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def client_of(filled: Filled, role: str | None) -> Client:
    """A browser of the person in that role, or of a visitor."""
    client = Client(headers={"host": "localhost"})
    if role:
        client.force_login(filled.users[role])
    return client


def session_key(client: Client) -> str:
    """The cookie that lets another process go on as the same person."""
    store = client.session
    assert isinstance(store, SessionStore)
    return store.session_key or ""


def address(name: str, *args: object) -> str | None:
    """The page's address; None while the page does not exist."""
    with contextlib.suppress(NoReverseMatch):
        return reverse(name, args=args)
    return None
