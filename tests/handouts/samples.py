"""A small file to export, which a test can hold up, break or take away."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import IO, Any

from jianfu.handouts.models import Handout
from jianfu.handouts.services import order
from jianfu.kernel.decisions import Refused, refuse
from jianfu.kernel.exports import Export, Facts, Said, makers
from jianfu.organisations.states import Role

KIND = "sample"
ROWS = 6


def maker(about: Mapping[str, str], by: Any) -> Export | None:
    """``rows`` how many; ``trouble`` fails in the middle; ``role`` who may have it; ``wait`` s a row."""
    if about.get("hidden"):
        return None
    if about.get("role") and not by.has(about["role"]):
        raise Refused(refuse("只供台账汇总人导出"))
    rows = int(about.get("rows", ROWS))

    def write(out: IO[bytes], said: Said) -> Facts:
        for number in range(1, 2 * rows + 1):
            time.sleep(float(about.get("wait", 0)))
            if about.get("trouble") and number > rows:
                raise ValueError(about["trouble"])
            out.write(b"row\n" if number > rows else b"")
            said(number)
            for act in list(after.get(number, [])):
                act()
        return {"rows": rows, "query": about.get("query", "")}

    return Export(
        title=about.get("title", "云岭区样表20261122"),
        extension="pdf",
        total=rows,
        write=write,
        action="sample.exported",
        is_long=rows > 3,
        stages=("已读", "已写"),
    )


after: dict[int, list[Callable[[], None]]] = {}


def register() -> None:
    makers.register(KIND, maker)
    after.clear()


def ordered(by: Any, **about: str) -> Handout:
    return order(kind=KIND, about=about, by=by)


__all__ = ["KIND", "ROWS", "Role", "after", "maker", "ordered", "register"]
