"""Counting tries without remembering who tried: in memory only, shared by the workers of one server.

What is counted by (an address) is never kept: only a digest of it under a key that this server made up when
it started, mixed with the day, so that a count of today says nothing tomorrow. The table is anonymous memory
that the forked workers share (``--preload``); nothing of it reaches a disk, a database or a log.
"""

from __future__ import annotations

import hashlib
import hmac
import mmap
import multiprocessing
import secrets
import struct
import threading
import time
from dataclasses import dataclass
from typing import Any

from . import dates

_SLOT = struct.Struct("<QII")  # digest, hour, count
_PLACES = 8_192
_NEAR = 16  # places that are tried before the oldest is given up
_HOUR = 3_600


def _shared_lock() -> Any:
    """Between processes; where the machine has no shared memory, between the threads of each."""
    try:
        return multiprocessing.get_context("fork").Lock()
    except OSError:
        return threading.Lock()


_salt = secrets.token_bytes(32)
_lock = _shared_lock()
_table = mmap.mmap(-1, _PLACES * _SLOT.size)


@dataclass(frozen=True)
class Limit:
    """So many in an hour of the clock, for each one that is counted by. ``name`` keeps limits apart."""

    name: str
    per_hour: int

    def count(self, by: str) -> bool:
        """One more; False when the limit had been reached before it."""
        return _moved(self, by, 1) <= self.per_hour

    def is_reached(self, by: str) -> bool:
        return _moved(self, by, 0) >= self.per_hour


def forget() -> None:
    """Begin anew (for tests)."""
    with _lock:
        _table[:] = bytes(len(_table))


def _moved(limit: Limit, by: str, more: int) -> int:
    digest, hour = _digest(limit, by), int(time.time()) // _HOUR
    held = _lock.acquire(timeout=1)  # a worker that was killed meanwhile never gives it back
    try:
        place, count = _find(digest, hour)
        if more:
            _SLOT.pack_into(_table, place, digest, hour, count + more)
    finally:
        if held:
            _lock.release()
    return count + more


def _find(digest: int, hour: int) -> tuple[int, int]:
    """Its place with the count of this hour; a place that is free or of an hour gone by where it has none."""
    first, spare = digest % _PLACES, -1
    for step in range(_NEAR):
        place = (first + step) % _PLACES * _SLOT.size
        known, kept_hour, count = _SLOT.unpack_from(_table, place)
        if kept_hour == hour and known == digest:
            return place, count
        if kept_hour != hour and spare < 0:
            spare = place
    return (spare if spare >= 0 else first * _SLOT.size), 0


def _digest(limit: Limit, by: str) -> int:
    text = f"{limit.name}\0{dates.today()}\0{by}".encode()
    return int.from_bytes(hmac.new(_salt, text, hashlib.sha256).digest()[:8], "little")
