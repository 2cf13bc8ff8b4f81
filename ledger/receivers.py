"""What happens in approvals and concerns the registers: heard on the kernel's signal, in its transaction."""

from __future__ import annotations

from typing import Any

from approvals.states import Road
from jianfu.kernel.workflow import Act, transitioned
from whitelist.services import visit_recorded

from .services.following import take_answered, take_lent, take_refused, take_returned


def followed(instance: Any, act: Act, **_kwargs: Any) -> None:
    """借用教师: approved ones enter the register, returned ones are closed in it. 统计调研 answered from what
    is on file are counted as 数据共享."""
    road = getattr(instance, "road", "")
    if road == Road.SURVEY and act.transition.name == "answer_from_data":
        take_answered(application=instance, by=act.by)
    if road != Road.SECONDMENT:
        return
    if act.transition.name == "lend":
        take_lent(application=instance, by=act.by)
    elif act.transition.name == "end":
        take_returned(application=instance, by=act.by)


def visited(instance: Any, by: Any, **_kwargs: Any) -> None:
    """拒绝记录 follow what schools say of visits: nobody writes it down twice (R78)."""
    take_refused(visit=instance, by=by)


def connect() -> None:
    visit_recorded.connect(visited, dispatch_uid="ledger.refusals")
    transitioned.connect(followed, dispatch_uid="ledger.registers")
