"""iCalendar (RFC 5545): events as calendar programs subscribe to them.

Written here and not by a library: a feed of plain events is four rules (escape, fold at 75 octets, CRLF,
UTC), and none of them needs a package in production. The tests read the feeds back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

LONGEST = 75  # octets of a line, its end not counted (3.1)
PRODUCER = "-//jianfu//school visits//ZH"


@dataclass(frozen=True)
class Event:
    """``uid`` stays the same through every change, ``sequence`` grows with each (3.8.7.4)."""

    uid: str
    begins: datetime
    ends: datetime
    changed_at: datetime
    summary: str
    location: str = ""
    description: str = ""
    sequence: int = 0
    cancelled: bool = False


def calendar(name: str, events: Iterable[Event]) -> bytes:
    """A whole calendar; the events in the order given."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCER}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME:{escaped(name)}",
        f"X-WR-CALNAME:{escaped(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT4H",
        *(line for event in events for line in _lines(event)),
        "END:VCALENDAR",
    ]
    return b"".join(folded(line) for line in lines)


def _lines(event: Event) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"DTSTAMP:{_utc(event.changed_at)}"
    yield f"LAST-MODIFIED:{_utc(event.changed_at)}"
    yield f"SEQUENCE:{event.sequence}"
    yield f"DTSTART:{_utc(event.begins)}"
    yield f"DTEND:{_utc(event.ends)}"
    yield f"STATUS:{'CANCELLED' if event.cancelled else 'CONFIRMED'}"
    yield f"SUMMARY:{escaped(event.summary)}"
    if event.location:
        yield f"LOCATION:{escaped(event.location)}"
    if event.description:
        yield f"DESCRIPTION:{escaped(event.description)}"
    yield "END:VEVENT"


def _utc(moment: datetime) -> str:
    """China keeps one time the whole year, so UTC says the same as a VTIMEZONE in fewer words (3.3.5)."""
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def escaped(text: str) -> str:
    """TEXT (3.3.11): backslash, semicolon, comma and line end; other control characters are left out."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    plain = "".join(char for char in plain if char in "\n\t" or (ord(char) >= 32 and ord(char) != 127))
    for char in ("\\", ";", ","):
        plain = plain.replace(char, f"\\{char}")
    return plain.replace("\n", "\\n")


def folded(line: str) -> bytes:
    """One content line of any length; no character is cut in two (3.1)."""
    parts, part, room = [], b"", LONGEST
    for char in line:
        octets = char.encode()
        if len(part) + len(octets) > room:
            parts.append(part)
            part, room = b"", LONGEST - 1  # the blank that a continued line begins with
        part += octets
    return b"\r\n ".join([*parts, part]) + b"\r\n"
