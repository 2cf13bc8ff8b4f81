"""What a step towards the closed year asks and writes besides the state, on the locked row."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from jianfu.kernel import dates
from jianfu.kernel.decisions import Decision, Refused, allow, refuse, require
from jianfu.kernel.document_numbers import read_document_number
from jianfu.kernel.steps import dated, filled, step_columns, words_in
from jianfu.kernel.workflow import Act, save_tracked
from jianfu.organisations.states import Role

from .permissions.closing import principal
from .states import RowState


def all_accepted(ledger: Any, _by: Any) -> Decision:
    waiting = ledger.rows.exclude(state=RowState.ACCEPTED).order_by("number")
    missing = [f"第 {number} 项" for number in waiting.values_list("number", flat=True)]
    if not missing:
        return allow()
    return refuse(f"还有 {len(missing)} 项没有审核通过：{'、'.join(missing)}。全部审核通过后再送签")


def something_entered(ledger: Any, _by: Any) -> Decision:
    """What the paper left empty stays empty; a year of which nothing was entered is none."""
    if ledger.rows.filter(state=RowState.ENTERED).exists():
        return allow()
    return refuse("还没有补录任何一项。上传往年台账，或打开各项填写，再送核对")


def hold_rows(ledger: Any, act: Act) -> None:
    """A colleague may be returning a row at this moment: the rows are locked and asked once more."""
    list(ledger.rows.select_for_update().order_by("pk").values_list("pk", flat=True))
    require(all_accepted(ledger, act.by))


def take_filing(ledger: Any, act: Act) -> None:
    """报送备案: to whom, under which number, on which day (R117, R118); what came back may follow later."""
    body, filed_on = words_in(act, "body"), act.data.get("filed_on")
    number = read_document_number(words_in(act, "document_number")).text
    require(filled(body, "填写备案机关"))
    require(filled(number, "填写备案文号"))
    require(dated(filed_on, "报送日期"))
    signed = ledger.steps.filter(transition="sign").first()
    signed_on = timezone.localdate(signed.at) if signed else filed_on
    if filed_on < signed_on:
        raise Refused(refuse(f"报送日期早于签发日期{dates.chinese_date(signed_on)}，改过再报送"))
    filing = ledger.filings.model(
        ledger=ledger,
        body=body[:100],
        document_number=number[:60],
        filed_on=filed_on,
        recorded_by_id=act.by.person_id,
        recorded_at=act.at,
    )
    put_receipt(filing, act.data)
    save_tracked(filing, by=act.by, reason="报送备案", at=act.at)


def put_receipt(filing: Any, data: Any) -> None:
    """备案回执 number, day and who received it, as far as it has come; all of it may be empty."""
    received_on = data.get("received_on")
    if received_on:
        require(dated(received_on, "回执日期"))
        if received_on < filing.filed_on:
            day = dates.chinese_date(filing.filed_on)
            raise Refused(refuse(f"回执日期早于报送日期{day}，改过再登记"))
    filing.receipt_number = read_document_number(str(data.get("receipt_number") or "")).text[:60]
    filing.received_on = received_on or None
    filing.received_by = str(data.get("received_by") or "").strip()[:50]


def write_step(ledger: Any, act: Act) -> None:
    """办理过程: stays readable through every reopening."""
    answers = act.transition.name in {"sign", "return_", "record"} and act.by.has(Role.LEADER)
    role = Role.LEADER if answers else Role.LEDGER_OFFICE
    ledger.steps.create(**step_columns(act, on_behalf_of=principal(act.by, role)))
