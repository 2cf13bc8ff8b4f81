"""The registers follow the approvals: what was approved or answered there is never typed here again (R78).

Nobody's right to keep the register is asked: the approval, given by those whom the road names, is the right.
"""

from __future__ import annotations

from typing import Any

from approvals.selectors import borrowing_approver
from approvals.states import BorrowKind
from jianfu.kernel import dates, trail
from jianfu.kernel.dates import chinese_date
from jianfu.kernel.workflow import save_tracked
from jianfu.organisations.services import find_or_add_person
from ledger.models import DataReuse, RefusedRequest, Secondment
from ledger.states import SecondmentKind
from whitelist.states import REFUSALS, RefusalReason

_KINDS = {
    BorrowKind.MAJOR_TASK: SecondmentKind.MAJOR_TASK,
    BorrowKind.CONFERENCE: SecondmentKind.MEETING,
    BorrowKind.OFFICE_WORK: SecondmentKind.OTHER,
}


def take_lent(*, application: Any, by: Any) -> Secondment:
    """批准借用: a new row, or, where a borrowing is renewed, the longer term of the row that is there."""
    before = _row_of(application.predecessor_id)
    if before is not None and before.returned_on is None:
        return _renew(before, application, by)
    borrowing = application.particulars
    teacher = find_or_add_person(
        district_id=application.district_id,
        name=borrowing.teacher_name.strip(),
        organisation=borrowing.school,
        by=by,
    )
    row = Secondment(
        district_id=application.district_id,
        application=application,
        teacher=teacher,
        school=borrowing.school,
        subject=borrowing.subject,
        is_head_teacher=bool(borrowing.is_head_teacher),
        borrowing_unit=application.organisation,
        borrowing_unit_name=application.organisation.name,
        work_item=(application.title or "")[:200],
        kind=_KINDS[BorrowKind(borrowing.borrow_kind)],
        starts_on=application.starts_on,
        ends_on=application.ends_on,
        approving_body=approving_body(application),
        document_number=application.meeting_number,
        teacher_consented=borrowing.teacher_agreed_on is not None,
        school_consented=True,
    )
    save_tracked(row, by=by, reason=f"按{application.number}批准登记")
    trail.record(action="ledger.secondment_followed", target=row, by=by, note=application.number)
    return row


def approving_body(application: Any) -> str:
    """Who approved, as the figure of the district said on the first day of the borrowing."""
    return str(borrowing_approver(application.district_id, application.starts_on))


def _renew(row: Secondment, application: Any, by: Any) -> Secondment:
    words = (
        f"{application.number}批准续借至{chinese_date(application.ends_on)}（{application.meeting_number}）"
    )
    row.application, row.ends_on = application, application.ends_on
    row.extension_reason = "；".join(part for part in (row.extension_reason, words) if part)[-300:]
    save_tracked(row, by=by, reason=f"续借：{application.number}")
    trail.record(action="ledger.secondment_renewed", target=row, by=by, note=application.number)
    return row


def take_returned(*, application: Any, by: Any) -> Secondment | None:
    """登记返岗: the first day back, as the school confirmed it. None where the register does not know it."""
    row = _row_of(application.pk)
    if row is None or row.returned_on is not None:
        return row
    row.returned_on = application.particulars.returned_on or dates.today()
    save_tracked(row, by=by, reason=f"返岗：{application.number}")
    trail.record(
        action="ledger.secondment_returned", target=row, by=by, destination=row.returned_on.isoformat()
    )
    return row


def _row_of(application_id: int | None) -> Secondment | None:
    if application_id is None:
        return None
    return Secondment.objects.select_for_update().filter(application_id=application_id).first()


def take_answered(*, application: Any, by: Any) -> DataReuse:
    """由现有数据提供: one row of 数据共享, as many reports saved as schools would have answered (R79)."""
    row = DataReuse(
        district_id=application.district_id,
        section_id=by.person.organisation_id or application.organisation_id,
        name=(application.title or "")[:200],
        requester=application.organisation.name[:100],
        source="已有数据目录",
        document=application.number,
        times=max(application.schools.count(), 1),
        begun_on=dates.today(),
        application=application,
    )
    save_tracked(row, by=by, reason=f"按{application.number}记入")
    trail.record(action="register.reuses.followed", target=row, by=by, note=application.number)
    return row


_PRACTICES = {
    RefusalReason.NO_PAPER: "P07",
    RefusalReason.COMMERCIAL: "P08",
    RefusalReason.DEMANDS: "P23",
}


def take_refused(*, visit: Any, by: Any) -> RefusedRequest | None:
    """来校被学校拒绝: one row of 拒绝记录 (R62); voided when the school says otherwise afterwards."""
    row = RefusedRequest.objects.select_for_update().filter(visit=visit).first()
    if visit.kind not in REFUSALS:
        return _not_refused(row, by) if row is not None and not row.void_reason else row
    session = visit.session
    row = row or RefusedRequest(district_id=visit.district_id, visit=visit, section_id=visit.school_id)
    row.refused_by_id, row.begun_on, row.asked_on = visit.school_id, visit.day, visit.day
    row.name = (session.activity.title if session else visit.purpose or "不在名单内来校")[:200]
    row.asker = (session.activity.organisation.name if session else visit.visitor)[:100]
    row.practice = _PRACTICES.get(visit.reason, "") if session else "P07"
    why = visit.get_reason_display() if session else "不在白名单内"
    row.reason = "；".join(part for part in (why, visit.note) if part)[:300]
    row.void_reason = ""
    save_tracked(row, by=by, reason="按来校记录登记")
    trail.record(action="register.refusals.followed", target=row, by=by)
    return row


def _not_refused(row: RefusedRequest, by: Any) -> RefusedRequest:
    row.void_reason = "学校更改了来校记录"
    save_tracked(row, by=by, reason=row.void_reason)
    trail.record(action="register.refusals.voided", target=row, by=by, note=row.void_reason)
    return row
