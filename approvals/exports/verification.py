"""The QR code and 核验码 on what was decided: whoever is shown the paper can ask whether it is genuine."""

from __future__ import annotations

from jianfu.kernel.documents.official import QrBlock
from jianfu.kernel.verification import PLACE, grouped, path_of, public_address

from .case import Case


def qr_of(case: Case) -> tuple[QrBlock, ...]:
    """Nothing before the yes, and nothing on what is decided about a teacher."""
    code = case.application.verification_code if case.decided_yes else ""
    if not code:
        return ()
    site = public_address(PLACE)
    by_hand = f"或打开 {_spoken(site)} 输入核验码" if site else "核验：打开本区白名单的核验页，输入核验码"
    scan = ("扫码核验真伪、是否有效，内容以网页为准",) if site else ()
    return (QrBlock(public_address(path_of(code)), (*scan, f"核验码：{grouped(code)}", by_hand)),)


def _spoken(address: str) -> str:
    """As one types it: jianfu.example.gov.cn/v/."""
    return address.split("://", 1)[-1]
