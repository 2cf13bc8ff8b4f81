"""The only writers of the register of borrowed teachers; what is refused leaves nothing written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from jianfu.kernel import dates, trail
from jianfu.kernel.decisions import Conflicted, Decision, Refusal, Refused, refuse, require
from jianfu.kernel.document_numbers import read_document_number
from jianfu.kernel.workflow import locked, save_tracked
from jianfu.organisations import selectors as organisations
from jianfu.organisations.services import find_or_add_person
from ledger.models import Secondment
from ledger.permissions import secondment as permissions
from ledger.rules.secondment import last_allowed_day
from ledger.selectors import secondment as selectors

# What a person types, besides the school and the teacher's name.
DETAILS = (
    "subject",
    "is_head_teacher",
    "establishment",
    "borrowing_unit_name",
    "work_item",
    "kind",
    "starts_on",
    "ends_on",
    "approving_body",
    "document_number",
    "filing_body",
    "filed_on",
    "teacher_consented",
    "school_consented",
    "extension_reason",
    "note",
)


def add_secondment(*, school: Any, teacher_name: str, details: Mapping[str, Any], by: Any) -> Secondment:
    """Enter a borrowing. Without ``ends_on`` it runs to the last allowed day. Raises `Refused`."""
    require(permissions.may_keep_register(by))
    require(_own_district(school, by))
    with transaction.atomic():
        record = Secondment(district_id=by.district_id, school=school)
        record.teacher = _teacher(school, teacher_name, by)
        _write(record, details)
        _take_over(record)
        _refuse_blocked(record)
        save_tracked(record, by=by, reason="登记借用")
        _record("ledger.secondment_added", record, by)
    return record


def change_secondment(
    *,
    secondment: Secondment,
    school: Any,
    teacher_name: str,
    details: Mapping[str, Any],
    expected_version: int,
    by: Any,
) -> Secondment:
    """Correct an entry. Raises `Refused`, or `Conflicted` when somebody changed it meanwhile."""
    require(_own_district(school, by))
    with transaction.atomic():
        record = _current(secondment, expected_version, by)
        before = _values(record)
        record.school, record.teacher = school, _teacher(school, teacher_name, by)
        _write(record, details)
        _refuse_blocked(record)
        save_tracked(record, by=by, reason="修改借用记录")
        after = _values(record)
        changed = [name for name, value in after.items() if value != before[name]]
        _record("ledger.secondment_changed", record, by, data={"fields": changed})
    return record


def record_return(
    *,
    secondment: Secondment,
    returned_on: date,
    expected_version: int,
    by: Any,
    extension_reason: str = "",
) -> Secondment:
    """返岗: the first day back. Later than the limit allows needs a word on it (R-BORROW-09)."""
    with transaction.atomic():
        record = _current(secondment, expected_version, by)
        require(_possible_return(record, returned_on))
        record.returned_on = returned_on
        record.extension_reason = extension_reason.strip() or record.extension_reason
        _refuse_blocked(record)
        save_tracked(record, by=by, reason="登记返岗")
        _record("ledger.secondment_returned", record, by, destination=returned_on.isoformat())
    return record


def void_secondment(*, secondment: Secondment, reason: str, expected_version: int, by: Any) -> Secondment:
    """Take a record made by mistake out of every count; it stays readable, with the reason."""
    reason = reason.strip()
    if not reason:
        raise Refused(refuse("填写作废原因，例如“同一人重复登记”"))
    with transaction.atomic():
        record = _current(secondment, expected_version, by)
        record.void_reason = reason
        save_tracked(record, by=by, reason=f"作废：{reason}")
        _record("ledger.secondment_voided", record, by, note=reason)
    return record


def _current(secondment: Secondment, expected_version: int, by: Any) -> Secondment:
    record: Secondment = locked(secondment)
    require(permissions.may_change(by, record))
    if record.version != expected_version:
        words = "这条记录刚刚被别人改动过。请看过最新内容后再办理"
        raise Conflicted(refuse(words))
    return record


def _teacher(school: Any, name: str, by: Any) -> Any:
    """The person, locked: two clerks who borrow the same teacher at once wait for each other.

    The school is locked first, or both would enter a teacher who is not known yet.
    """
    locked(school)
    return locked(
        find_or_add_person(district_id=by.district_id, name=name.strip(), organisation=school, by=by)
    )


def _write(record: Secondment, details: Mapping[str, Any]) -> None:
    for name in DETAILS:
        if name in details:
            setattr(record, name, details[name])
    record.document_number = read_document_number(record.document_number).text
    if record.ends_on is None:
        months = selectors.limit_months(record.district_id, record.starts_on)
        record.ends_on = last_allowed_day(record.starts_on, months)
    known = organisations.organisations(record.district_id).filter(name=record.borrowing_unit_name)
    record.borrowing_unit = known.first()


def _take_over(record: Secondment) -> None:
    """What was entered of the teacher before is not asked again (R78); what is typed now wins."""
    known = selectors.last_known(record.teacher_id)
    for name in ("subject", "establishment"):
        if known and not getattr(record, name):
            setattr(record, name, getattr(known, name))


def _refuse_blocked(record: Secondment) -> None:
    if record.ends_on < record.starts_on:
        raise Refused(refuse("借用到期要在开始日期或以后"))
    found = selectors.blocking(record, dates.today())
    require(Decision(*(Refusal(each.message, each.rule.code, each.rule.clause) for each in found)))


def _possible_return(record: Secondment, day: date) -> Decision:
    if day < record.starts_on:
        return refuse(f"返岗日期要在借用开始（{dates.chinese_date(record.starts_on)}）或以后")
    if day > dates.today():
        return refuse(f"返岗日期最晚填今天（{dates.chinese_date(dates.today())}），返岗后再登记")
    return Decision()


def _own_district(school: Any, by: Any) -> Decision:
    if school.district_id == by.district_id:
        return Decision()
    return refuse("只能登记本区县学校的教师")


def _values(record: Secondment) -> dict[str, Any]:
    return {name: getattr(record, name) for name in ("school_id", "teacher_id", *DETAILS)}


def _record(action: str, record: Secondment, by: Any, **more: Any) -> None:
    """The target's words name the school, never the teacher."""
    trail.record(action=action, target=record, by=by, **more)
