"""What the writer does with the receipt: read, answer, remind. Whoever holds it is the writer."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from jianfu.kernel import dates, trail
from jianfu.kernel.decisions import refuse, require
from jianfu.kernel.documents.cleaning import Cleaned
from jianfu.kernel.workflow import locked
from whitelist.complaints.receipts import read_receipt, receipt_digest
from whitelist.models import Complaint, ComplaintReminder
from whitelist.states.complaint import ENDED

from .receiving import keep_picture, the_day

LONGEST = 2_000
MOST_MESSAGES = 50
MOST_PICTURES = 12


def followed(typed: str, district: Any) -> Complaint | None:
    """The complaint of the receipt; None for any other. One look-up by its keyed digest, right or wrong."""
    code = read_receipt(typed)
    if code is None:
        return None
    found: Complaint | None = Complaint.objects.filter(
        district=district, receipt_digest=receipt_digest(code)
    ).first()
    return found


def answer_complaint(*, complaint: Complaint, words: str, pictures: tuple[Cleaned, ...] = ()) -> None:
    """The writer's word, at any time: an answer, more facts, or that the result is not right."""
    with transaction.atomic(), dates.as_of(the_day()):
        fresh = locked(complaint)
        words = words.strip()
        if not words and not pictures:
            require(refuse("写几句，或选一个图片、PDF"))
        if len(words) > LONGEST:
            require(refuse(f"最多 {LONGEST} 字，现在是 {len(words)} 字"))
        if fresh.messages.count() >= MOST_MESSAGES or fresh.evidence.count() + len(pictures) > MOST_PICTURES:
            require(refuse("这一件补充得太多了，放不下，请打监督电话"))
        if words:
            write_message(fresh, words, from_writer=True)
        for picture in pictures:
            keep_picture(fresh, picture)
        trail.record(action="complaint.answered", target=fresh, by=None)


def write_message(complaint: Complaint, words: str, *, from_writer: bool) -> None:
    body = complaint.sealed({"words": words}, "message")
    complaint.messages.create(from_writer=from_writer, body=body, on=dates.today())


def urge_by_writer(*, complaint: Complaint) -> None:
    with dates.as_of(the_day()):
        remind(complaint, by=None)


def remind(complaint: Complaint, by: Any) -> None:
    """Once a day, by whomever."""
    with transaction.atomic():
        fresh = locked(complaint)
        if fresh.state in ENDED:
            require(refuse("这一件已经有了结果，不用催办"))
        if fresh.reminders.filter(day=dates.today()).exists():
            require(refuse("今天已经催办过，明天可以再催"))
        ComplaintReminder.objects.create(complaint=fresh, state=fresh.state, day=dates.today())
        trail.record(action="complaint.urged", target=fresh, by=by)
