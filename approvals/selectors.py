"""What other apps may read of approvals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet, Subquery

from jianfu.kernel.policy import figure_value

from .burden import Burden, burdens_between, burdens_of_year, schools_touched
from .chain import Chain, ChainLink, borrowing_chain
from .figures import BORROWING_APPROVER, REDUCTION
from .inspection_list import COLUMNS as INSPECTION_COLUMNS
from .inspection_list import ListLine, lines_of
from .issued import Issued, issued_on
from .models import Application, InspectionPlan
from .reduction import Reduction
from .rules.load import SCHOOL_CAP, YEAR_CAP
from .rules.timing import PLAN_LEAD
from .similar import similar_to
from .states import DECIDED, LISTED, UNDER_WAY, Road, State
from .surroundings import touched_schools
from .themes import features, lexicon

__all__ = [
    "INSPECTION_COLUMNS",
    "PLAN_LEAD",
    "SCHOOL_CAP",
    "Burden",
    "Chain",
    "ChainLink",
    "Issued",
    "ListLine",
    "Reduction",
    "announced_inspections",
    "awaiting_publication",
    "borrowing_approver",
    "borrowing_chain",
    "burdens_between",
    "burdens_of_year",
    "cap_counter",
    "cleaned_up_plan",
    "declined",
    "filed_plan_report",
    "inspection_lines",
    "issued_by_code",
    "issued_of",
    "last_step",
    "named_themes",
    "near_applications",
    "published_plans",
    "reduced",
    "reduction_of",
    "schools_admitted",
    "schools_touched",
    "theme_names",
    "theme_of",
    "visible_application",
    "visible_applications",
    "visible_plan",
]


def awaiting_publication(district_id: int) -> QuerySet[Application]:
    """Filed, and not yet on the whitelist: what the next release may list."""
    return (
        Application.objects.for_list().filter(district_id=district_id, state=State.FILED).order_by("number")
    )


def declined(district_id: int, year: int) -> QuerySet[Application]:
    """Not admitted in the year: 不符合要求而未开展 (R5)."""
    return Application.objects.for_list().filter(district_id=district_id, year=year, state=State.REJECTED)


def borrowing_approver(district_id: int, on: date) -> str:
    """党委 or 人社, as the district configured it (R84, R85)."""
    return str(figure_value(BORROWING_APPROVER, district_id, on))


@dataclass(frozen=True)
class CapCounter:
    """进校园 items of a year against the cap (R50): what was decided, what is on its way, what is allowed."""

    year: int
    listed: int
    under_way: int
    exempt: int
    cap: int

    @property
    def together(self) -> int:
        return self.listed + self.under_way

    @property
    def left(self) -> int:
        """How many more there may be; negative when there are too many already."""
        return self.cap - self.together

    @property
    def words(self) -> str:
        counted = f"{self.year}年进校园事项：已批准 {self.listed} 项，办理中 {self.under_way} 项"
        counted += f"，上限 {self.cap} 项"
        more = f"，还可批准 {self.left} 项" if self.left >= 0 else f"，已超出 {-self.left} 项"
        return counted + more + (f"；另有免申报 {self.exempt} 项，不占上限" if self.exempt else "")


def cap_counter(district_id: int, year: int, on: date) -> CapCounter:
    """R50: shown to whoever reviews and decides. What needs no application is counted apart; one query."""
    rows = Application.objects.campus().filter(district_id=district_id, year=year).order_by()
    exempt, decided = Q(road=Road.CAMPUS_EXEMPT), Q(state__in=DECIDED)
    going = decided | Q(state__in=UNDER_WAY)
    found = rows.aggregate(
        listed=Count("pk", filter=decided & ~exempt),
        under_way=Count("pk", filter=Q(state__in=UNDER_WAY - DECIDED) & ~exempt),
        exempt=Count("pk", filter=going & exempt),
    )
    return CapCounter(year, cap=figure_value(YEAR_CAP, district_id, on), **found)


def joint_units(application: Application) -> list[Any]:
    """联合单位, and of everything that was merged into it, however deep, the applicant and 联合单位."""
    units = list(application.joint_organisations.all())
    for row in application.absorbed.all():
        units += [row.organisation, *joint_units(row)]
    return units


def visible_application(user: Any, pk: int) -> Application | None:
    return Application.objects.visible_to(user).filter(pk=pk).first()


def visible_applications(user: Any, pks: list[int]) -> set[int]:
    """Which of the applications the user may open; one query."""
    return set(Application.objects.visible_to(user).filter(pk__in=pks).values_list("pk", flat=True))


def announced_inspections(district_id: int, year: int) -> QuerySet[Application]:
    """The published items of a year's list: those of the plan and, counted apart, the single ones."""
    rows = Application.objects.announced(district_id, year).for_list().select_related("inspection")
    return rows.order_by("road", "number")


def inspection_lines(district_id: int, year: int) -> tuple[list[ListLine], list[ListLine]]:
    """The published list of the year: the plan's items, and apart from them the single ones (002 一1)."""
    rows = Application.objects.announced(district_id, year).for_inspection_list().order_by("number")
    planned = [row for row in rows if row.road == Road.INSPECTION_PLAN]
    single = [row for row in rows if row.road == Road.INSPECTION_SINGLE]
    return list(lines_of(planned)), list(lines_of(single))


def published_plans(district_id: int) -> QuerySet[InspectionPlan]:
    """The plans that anybody may read, the newest first."""
    return InspectionPlan.objects.filter(district_id=district_id, published_on__isnull=False)


def visible_plan(user: Any, year: int) -> InspectionPlan | None:
    """The plan of the year, whatever has become of it yet, where the user may see it."""
    return InspectionPlan.objects.visible_to(user).filter(year=year).first()


def cleaned_up_plan(district_id: int, year: int) -> tuple[InspectionPlan, int, date] | None:
    """The plan of the year once every item of last year's has its 清理意见: how many, and the last day."""
    plan = InspectionPlan.objects.filter(district_id=district_id, year=year).first()
    days = list(plan.past_items.values_list("disposed_on", flat=True)) if plan else []
    if plan is None or not days or None in days:
        return None
    return plan, len(days), max(days)


def reduction_of(plan: InspectionPlan) -> Reduction:
    """This year's items against last year's (R25); the single ones are counted apart on both sides."""
    listed = plan.items.filter(state__in=LISTED).count()
    past = plan.past_items.exclude(application__road=Road.INSPECTION_SINGLE).count()
    return reduced(plan, listed, past)


def reduced(plan: InspectionPlan, listed: int, past_listed: int) -> Reduction:
    """The same of numbers that are known. A number from a document goes before the lines."""
    before = plan.past_count if plan.past_count is not None else past_listed or None
    target = figure_value(REDUCTION, plan.district_id, date(plan.year, 12, 31))
    return Reduction(before, listed, target)


def filed_plan_report(district_id: int, year: int) -> dict[str, Any] | None:
    """What 备案报告 of the year's list says; None while nothing is published (R19, R118)."""
    plan = published_plans(district_id).filter(year=year).first()
    if plan is None:
        return None
    planned, single = inspection_lines(district_id, year)
    return {"plan": plan, "planned": planned, "single": single, "reduction": reduction_of(plan)}


def issued_by_code(code: str) -> Issued | None:
    """The document that carries the 核验码; None where there is none, or what it said holds no longer."""
    found = Application.objects.filter(verification_code=code).select_related("organisation", "district")
    application = found.first() if code else None
    return issued_on(application) if application else None


def issued_of(application_id: int) -> Issued | None:
    """What was issued on the application."""
    found = Application.objects.filter(pk=application_id).select_related("organisation", "district").first()
    return issued_on(found) if found else None


def theme_of(title: str, content: str) -> str:
    """The key of what it is chiefly about, a member of a group as its group (消防安全 is 安全教育); or "".

    The title says it; the content only where the title is silent.
    """
    weights = features(title).themes or features(title, content).themes
    if not weights:
        return ""
    chief = max(weights, key=lambda key: (weights[key], key))
    return lexicon().themes[chief].group or chief


def named_themes(title: str) -> list[str]:
    """What the title names, each theme by its own name and not by its group; nothing that is only broad."""
    known = lexicon().themes
    return sorted(known[key].name for key in features(title).named)


def theme_names() -> dict[str, str]:
    return {key: theme.name for key, theme in lexicon().themes.items()}


def last_step() -> Subquery:
    """The last step that was taken in any application: what is published moves by steps alone."""
    steps: Any = Application._meta.get_field("steps").related_model
    return Subquery(steps.objects.order_by("-pk").values("pk")[:1])


def schools_admitted(application: Application) -> frozenset[int]:
    """The schools it was approved for: those chosen one by one, else every school of its stages."""
    return frozenset(pk for pk, _name, _stages in touched_schools(application))


def near_applications(application: Application) -> dict[int, str]:
    """Application → why its theme is the same or near, of those that still stand; three queries."""
    return {one.application_id: one.reason for one in similar_to(application, limit=24) if one.stands}
