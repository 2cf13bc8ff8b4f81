"""The steps that close a year, and the receipt that may come later."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from jianfu.kernel import trail
from jianfu.kernel.decisions import Conflicted, refuse, require
from jianfu.kernel.workflow import locked, save_tracked
from ledger.closing import put_receipt
from ledger.models import Filing
from ledger.permissions import closing as permissions


def record_receipt(*, filing: Filing, data: Mapping[str, Any], by: Any, expected_version: int) -> Filing:
    """备案回执: number, day, who received it. Raises `Refused`, or `Conflicted` when it moved on."""
    with transaction.atomic():
        fresh: Filing = locked(filing)
        if fresh.version != expected_version:
            raise Conflicted(refuse("回执刚刚被别人登记过，看过最新内容后再改"))
        require(permissions.may_record_receipt(fresh, by))
        put_receipt(fresh, data)
        if not fresh.has_receipt:
            require(refuse("填写回执文号、日期或接收人，至少一项"))
        save_tracked(fresh, by=by, reason="登记备案回执")
        trail.record(action="ledger.receipt", target=fresh, by=by, note=fresh.receipt_number)
    return fresh
