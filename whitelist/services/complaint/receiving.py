"""Taking a complaint in: from the public form, or written down by the office."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from jianfu.kernel import dates, sealing, trail
from jianfu.kernel.decisions import Conflicted, refuse, require
from jianfu.kernel.documents.cleaning import Cleaned
from jianfu.kernel.workflow import locked, save_tracked
from jianfu.organisations.selectors import work_calendar
from whitelist.complaints.figures import STEP_LIMITS, value_of
from whitelist.complaints.kinship import is_escalated, meant
from whitelist.complaints.receipts import new_receipt, receipt_digest
from whitelist.models import Complaint
from whitelist.permissions.complaint import handles_complaints
from whitelist.states.complaint import ComplaintKind, ComplaintSource, ComplaintState


class AlreadyReceived(Conflicted):
    """The same form was sent twice (a page sent again): it is there, and its receipt was shown."""


@dataclass(frozen=True, kw_only=True)
class Report:
    """What somebody tells. ``unit`` is the name as typed, ``identity`` empty for who stays anonymous."""

    words: str
    unit: str = ""
    when: str = ""
    school: str = ""
    kind: str = ComplaintKind.COMPLAINT
    practice: str = ""
    accused: tuple[Any, ...] = ()
    entry: Any = None
    identity: Mapping[str, str] = field(default_factory=dict)
    pictures: tuple[Cleaned, ...] = ()
    submission: str = ""  # what tells one sending of the form from another


def the_day() -> datetime:
    """The beginning of today. What the public writes is dated by the day alone, in every table."""
    return timezone.make_aware(datetime.combine(dates.today(), time.min))


def receive_complaint(*, district: Any, report: Report) -> tuple[Complaint, str]:
    """Keep it, sealed; returns it with its receipt, which nobody can tell again. Raises `AlreadyReceived`."""
    with dates.as_of(the_day()):
        return _receive(district, report, ComplaintSource.WEB, by=None)


def enter_complaint(*, district: Any, report: Report, source: str, by: Any) -> tuple[Complaint, str]:
    """What came by telephone, letter, mail or visit goes the same road, with a receipt to be told."""
    require(handles_complaints(by))
    if source not in ComplaintSource.values or source == ComplaintSource.WEB:
        require(refuse("选择来源：电话、信件、邮箱或来访"))
    with dates.as_of(the_day()):
        return _receive(district, report, source, by=by)


def _receive(district: Any, report: Report, source: str, by: Any) -> tuple[Complaint, str]:
    code = new_receipt()
    submission = sealing.keyed_digest(report.submission or secrets.token_hex(16), "complaint.submission")
    with transaction.atomic():
        locked(district)  # numbers follow each other
        if Complaint.objects.filter(submission_digest=submission).exists():
            raise AlreadyReceived(refuse("这一件已经收到了，不用再交。回执码只显示一次，就是上一页的那一个"))
        complaint = _new(district, report, source)
        complaint.submission_digest, complaint.receipt_digest = submission, receipt_digest(code)
        units = _units(district, report)
        complaint.escalated = is_escalated(units)
        save_tracked(complaint, by=by, reason="收到")
        complaint.accused.set(units)
        for picture in report.pictures:
            keep_picture(complaint, picture)
        trail.record(action="complaint.received", target=complaint, by=by, destination=complaint.state)
    return complaint, code


def _new(district: Any, report: Report, source: str) -> Complaint:
    today = dates.today()
    complaint = Complaint(
        district=district,
        number=_number(district, today),
        token=secrets.token_hex(16),
        kind=report.kind,
        source=source,
        practice=report.practice,
        entry=report.entry,
        received_on=today,
        state_entered_at=dates.now(),
    )
    days = value_of(STEP_LIMITS[ComplaintState.RECEIVED], district.pk, today)
    complaint.due_on = work_calendar().add(today, days)
    story = {"words": report.words, "unit": report.unit, "when": report.when, "school": report.school}
    complaint.story = complaint.sealed({name: text for name, text in story.items() if text}, "story")
    write_identity(complaint, report.identity)
    return complaint


def write_identity(complaint: Complaint, identity: Mapping[str, str]) -> None:
    """Sealed; a telephone is also known by its keyed digest, for weighing (B6)."""
    given = {name: text.strip() for name, text in identity.items() if text.strip()}
    complaint.identity = complaint.sealed(given, "identity") if given else ""
    digits = "".join(char for char in given.get("phone", "") if char.isdigit())[-11:]
    complaint.identity_digest = sealing.keyed_digest(digits, "complaint.phone") if digits else ""


def _units(district: Any, report: Report) -> list[Any]:
    """Who was chosen, and who is meant by what was typed: each of them is kept away from it."""
    found = {unit.pk: unit for unit in (*report.accused, *meant(district.pk, report.unit))}
    return list(found.values())


def _number(district: Any, today: date) -> str:
    start = f"TS{today.year}"
    kept = Complaint.objects.filter(district=district, number__startswith=start)
    last = max(kept.values_list("number", flat=True), default=f"{start}0000")
    return f"{start}{int(last.removeprefix(start)) + 1:04}"


def keep_picture(complaint: Complaint, picture: Cleaned) -> None:
    """Sealed under a name that tells nothing, and dated by the day in the store, too."""
    content = sealing.seal_bytes(picture.content, f"complaint.evidence.{complaint.token}")
    row = complaint.evidence.create(
        file=ContentFile(content, name="x"), content_type=picture.content_type, on=dates.today()
    )
    moment = the_day().timestamp()
    os.utime(row.file.path, (moment, moment))
