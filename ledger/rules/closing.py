"""How long the steps towards the closed year may take: figures that a district sets."""

from __future__ import annotations

from datetime import date

from jianfu.kernel.policy import Figure, declare
from ledger.states import LedgerState

SIGN_DAYS = declare(
    Figure(
        "LED-SIGN-DAYS",
        "领导小组成员签发台账的时限",
        5,
        "个工作日",
        "五份来源均未规定，由区县确定",
        "减负台账默认值",
        date(2020, 1, 1),
        verified=False,
    )
)
FILE_DAYS = declare(
    Figure(
        "LED-FILE-DAYS",
        "台账签发后锁定并报送备案的时限",
        10,
        "个工作日",
        "五份来源均未规定，由区县确定",
        "减负台账默认值",
        date(2020, 1, 1),
        verified=False,
    )
)
LIMITS = {
    LedgerState.SUMMARISED: SIGN_DAYS,
    LedgerState.SIGNED: FILE_DAYS,
    LedgerState.LOCKED: FILE_DAYS,
}
