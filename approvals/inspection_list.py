"""中小学督查检查评比考核清单: the columns of the list (R37, domain-facts B4) and one line of it.

Nothing personal stands in a line: units, documents, schools; no applicant, no telephone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from jianfu.kernel.dates import chinese_date

from .states import InspectionMethod, Road, Stage

# Heading, and its share of the paper in millimetres.
COLUMNS = (
    ("序号", 9),
    ("事项名称", 34),
    ("类型", 12),
    ("牵头单位", 26),
    ("配合单位", 22),
    ("依据", 40),
    ("对象范围", 32),
    ("时间", 30),
    ("频次", 18),
    ("方式", 16),
    ("学校提供材料", 32),
    ("审批情况", 30),
    ("合并情况", 26),
    ("备注", 24),
)
NONE = "无"


@dataclass(frozen=True)
class ListLine:
    """One item in words; ``planned`` tells 计划内 from 一事一报."""

    position: int
    title: str
    kind: str
    lead: str
    joint: str
    basis: str
    audience: str
    period: str
    frequency: str
    methods: str
    materials: str
    approval: str
    merged: str
    remark: str
    planned: bool
    announced_at: datetime

    @property
    def cells(self) -> tuple[str | int, ...]:
        """In the order of `COLUMNS`."""
        return (
            self.position, self.title, self.kind, self.lead, self.joint or NONE, self.basis or "—",
            self.audience or "—", self.period, self.frequency or "—", self.methods or "—",
            self.materials or NONE, self.approval, self.merged or NONE, self.remark or NONE,
        )  # fmt: skip

    def said_by(self, clean: Any) -> ListLine:
        """The line with every free word passed through ``clean``."""
        free = ("title", "basis", "audience", "frequency", "materials", "merged", "remark")
        return replace(self, **{name: clean(getattr(self, name)) for name in free})


def lines_of(items: Iterable[Any], first: int = 1) -> Iterator[ListLine]:
    """Items in their order as lines. Reads unit, joint units, bases, absorbed ones: prefetch them."""
    for position, item in enumerate(items, start=first):
        yield line_of(item, position)


def line_of(item: Any, position: int) -> ListLine:
    details = item.particulars
    merged = "、".join(f"“{other}”（{other.organisation}）" for other in item.absorbed.all())
    return ListLine(
        position=position,
        title=str(item),
        kind=details.get_inspection_kind_display() if details else "",
        lead=item.organisation.name,
        joint="、".join(unit.name for unit in item.joint_organisations.all()),
        basis="；".join(basis.cited for basis in item.bases.all()),
        audience=_audience(item, details),
        period=_period(item),
        frequency=item.frequency,
        methods="、".join(InspectionMethod(name).label for name in details.methods) if details else "",
        materials="；".join(details.materials.split("\n")) if details else "",
        approval=_approval(item),
        merged=f"{merged}并入本项" if merged else "",
        remark=item.off_plan_reason if item.road == Road.INSPECTION_SINGLE else "",
        planned=item.road == Road.INSPECTION_PLAN,
        announced_at=item.state_entered_at,
    )


def _audience(item: Any, details: Any) -> str:
    """学段, 学校数或学校, 抽查比例."""
    stages = "、".join(Stage(stage).label for stage in item.stages)
    count = f"{item.school_count} 所" if item.school_count else ""
    sampled = details.sampling if details else ""
    return "；".join(part for part in (stages, item.schools_text, count, sampled) if part)


def _period(item: Any) -> str:
    if not item.starts_on:
        return "—"
    if item.ends_on in (None, item.starts_on):
        return chinese_date(item.starts_on)
    return f"{chinese_date(item.starts_on)}至{chinese_date(item.ends_on)}"


def _approval(item: Any) -> str:
    way = "计划内" if item.road == Road.INSPECTION_PLAN else "一事一报"
    return f"{way}，{item.meeting_number}" if item.meeting_number else way
