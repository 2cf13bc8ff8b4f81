"""Feeds read back: unfolded by the rules of RFC 5545, nothing lost, no line too long."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from jianfu.kernel.documents.icalendar import LONGEST, Event, calendar, escaped, folded

MOMENT = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
UNESCAPED = {"\\n": "\n", "\\,": ",", "\\;": ";", "\\\\": "\\"}


def event(**changed):
    fields = {"uid": "session-1@yunling.jianfu", "begins": MOMENT, "ends": MOMENT + timedelta(minutes=40)}
    return Event(**{**fields, "changed_at": MOMENT, "summary": "消防演练", **changed})


def read(data):
    """Content lines as (name, value), by the letter of the standard and by nothing of ours."""
    assert data.endswith(b"\r\n")
    assert all(len(line) <= LONGEST for line in data.split(b"\r\n"))
    text = data.decode().replace("\r\n ", "")
    assert "\n" not in text.replace("\r\n", "")
    pairs = (line.split(":", 1) for line in text.split("\r\n")[:-1])
    return [(name, re.sub(r"\\[n,;\\]", lambda found: UNESCAPED[found[0]], value)) for name, value in pairs]


def test_an_event_has_what_a_calendar_program_needs():
    lines = dict(read(calendar("实验一小进校活动", [event(location="实验一小", sequence=3, cancelled=True)])))
    assert lines["VERSION"] == "2.0"
    assert lines["PRODID"]
    assert (lines["DTSTART"], lines["DTEND"]) == ("20261123T060000Z", "20261123T064000Z")
    assert (lines["UID"], lines["SEQUENCE"]) == ("session-1@yunling.jianfu", "3")
    assert (lines["STATUS"], lines["LOCATION"]) == ("CANCELLED", "实验一小")
    assert lines["DTSTAMP"] == lines["LAST-MODIFIED"] == "20261123T060000Z"


def test_no_character_is_cut_in_two():
    line = folded("DESCRIPTION:" + "演" * 200)
    for part in line.removesuffix(b"\r\n").split(b"\r\n"):
        part.decode()
        assert len(part) <= LONGEST


text = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n;,\\"), max_size=200)


@given(st.lists(st.tuples(text, text), max_size=4))
def test_what_is_written_is_read_back(words):
    events = [event(uid=f"{n}@x", summary=s, description=d) for n, (s, d) in enumerate(words)]
    lines = read(calendar("日历", events))
    assert [value for name, value in lines if name == "UID"] == [f"{n}@x" for n in range(len(words))]
    assert [value for name, value in lines if name == "SUMMARY"] == [summary for summary, _text in words]
    assert [value for name, value in lines if name == "DESCRIPTION"] == [told for _s, told in words if told]
    assert lines.count(("BEGIN", "VEVENT")) == lines.count(("END", "VEVENT")) == len(words)


def test_what_no_text_may_hold_is_left_out():
    assert escaped("a\x00b\r\nc\rd\x7f") == "ab\\nc\\nd"
