"""The list of the plan as Excel and PDF for those who work on it, before and after it is published."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from approvals.inspection_list import COLUMNS, ListLine, lines_of
from approvals.models import InspectionPlan
from approvals.states import LISTED
from approvals.views.plan import visible_plan
from jianfu.kernel import dates, trail
from jianfu.kernel.documents.register import RegisterColumn, render_table
from jianfu.kernel.documents.register_pdf import Section, render_register
from jianfu.kernel.exchange import file_answer

CENTRED = {"序号", "类型"}
_COLUMNS = tuple(RegisterColumn(heading, width, heading in CENTRED) for heading, width in COLUMNS)


@login_required
@require_safe
def plan_workbook(request: HttpRequest, pk: int) -> HttpResponse:
    plan = visible_plan(request, pk)
    lines = _lines(plan)
    content = render_table(
        _title(plan),
        _COLUMNS,
        [line.cells for line in lines],
        made_on=dates.today(),
        author=plan.district.name,
        name="清单",
    )
    return _answer(request, plan, content, "xlsx")


@login_required
@require_safe
def plan_paper(request: HttpRequest, pk: int) -> HttpResponse:
    plan = visible_plan(request, pk)
    lines = _lines(plan)
    content = render_register(
        _title(plan),
        _COLUMNS,
        [Section("", [line.cells for line in lines])],
        made_on=dates.today(),
        author=plan.district.name,
        heading=(f"{plan.district.name}，{plan.get_state_display()}", f"共 {len(lines)} 项"),
    )
    return _answer(request, plan, content, "pdf")


def _lines(plan: InspectionPlan) -> list[ListLine]:
    items = plan.items.filter(state__in=LISTED).for_inspection_list()
    return list(lines_of(items.order_by("organisation__position", "organisation__name", "number")))


def _title(plan: InspectionPlan) -> str:
    draft = "" if plan.published_on else "（未公布）"
    return f"{plan.district.name}{plan.year}年中小学督查检查评比考核清单{draft}"


def _answer(request: HttpRequest, plan: InspectionPlan, content: bytes, extension: str) -> HttpResponse:
    trail.record(action="plan.exported", target=plan, by=request.user, data={"format": extension})
    return file_answer(content, _title(plan), extension)
