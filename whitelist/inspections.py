"""The published list of inspections of a year, as everybody may read it: without ways to reach a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from approvals.selectors import INSPECTION_COLUMNS, ListLine, inspection_lines, published_plans
from jianfu.kernel.dates import chinese_date
from jianfu.kernel.documents.register import RegisterColumn, render_table
from jianfu.kernel.documents.register_pdf import Section, render_register

from .models import InspectionLine, Release
from .privacy import publishable
from .states import Kind, LineChange

_CENTRED = {"序号", "类型"}
COLUMNS = tuple(RegisterColumn(name, width, name in _CENTRED) for name, width in INSPECTION_COLUMNS)
PLANNED, SINGLE = "计划内事项", "一事一报事项（计划外单独报批，另计）"


@dataclass(frozen=True)
class InspectionListing:
    district: Any
    year: int
    planned: list[ListLine]
    single: list[ListLine]
    approved_number: str
    published_on: date
    changed_at: datetime

    @property
    def title(self) -> str:
        return f"{self.district.name}{self.year}年中小学督查检查评比考核清单"

    @property
    def sections(self) -> list[tuple[str, list[ListLine]]]:
        """The plan's items; the single ones apart, where there are any."""
        return [(PLANNED, self.planned), *([(SINGLE, self.single)] if self.single else [])]

    @property
    def heading(self) -> tuple[str, str]:
        number = f"，{self.approved_number}" if self.approved_number else ""
        besides = f"，另有一事一报 {len(self.single)} 项" if self.single else ""
        return (
            f"{chinese_date(self.published_on)}公布{number}",
            f"计划内 {len(self.planned)} 项{besides}",
        )


def versions_of(district: Any, year: int) -> Any:
    """Every version of the year's list, the newest first."""
    rows = Release.objects.public().filter(district=district, kind=Kind.INSPECTION, year=year)
    return rows.order_by("-serial")


def lines_of_version(release: Release) -> tuple[list[InspectionLine], list[InspectionLine]]:
    """What it lists, and what the version before listed and it does not."""
    rows = list(release.inspection_lines.all())
    gone = [row for row in rows if row.change == LineChange.REMOVED]
    return [row for row in rows if row.change != LineChange.REMOVED], gone


def years_of(district: Any) -> list[int]:
    return list(published_plans(district.pk).order_by("-year").values_list("year", flat=True))


def listing_of(district: Any, year: int) -> InspectionListing | None:
    plan = published_plans(district.pk).filter(year=year).first()
    if plan is None:
        return None
    planned, single = inspection_lines(district.pk, year)
    return InspectionListing(
        district=district,
        year=year,
        planned=[line.said_by(publishable) for line in planned],
        single=[line.said_by(publishable) for line in single],
        approved_number=plan.approved_number,
        published_on=plan.published_on,
        changed_at=max([plan.state_entered_at, *(line.announced_at for line in single)]),
    )


def as_workbook(listing: InspectionListing) -> bytes:
    rows = [line.cells for _name, lines in listing.sections for line in lines]
    return render_table(
        listing.title,
        COLUMNS,
        rows,
        made_on=listing.published_on,
        author=listing.district.name,
        name="督查检查清单",
    )


def as_paper(listing: InspectionListing) -> bytes:
    sections = [Section(name, [line.cells for line in lines]) for name, lines in listing.sections]
    return render_register(
        listing.title,
        COLUMNS,
        sections if listing.single else [Section("", sections[0].rows)],
        made_on=listing.published_on,
        author=listing.district.name,
        heading=listing.heading,
        notes=("未列入本清单、也未经一事一报批准的督查检查评比考核，学校有权拒绝。",),
    )
