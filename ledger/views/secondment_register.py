"""The register of borrowed teachers to read: list, one record, and the file that leaves."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from jianfu.handouts.services import deliver
from jianfu.kernel import dates, registry
from jianfu.kernel.decisions import require
from ledger.exports.secondment import KIND
from ledger.forms.secondment import NOW_AWAY
from ledger.forms.secondment_choice import chosen_rows
from ledger.models import Secondment
from ledger.permissions import secondment as permissions
from ledger.selectors import secondment as selectors
from ledger.selectors.chain import chain_of
from ledger.states import Standing

PAGE = 50
LIST = "ledger:secondment_list"
# Never by name: the order alone would tell something of it.
SORTS = {
    "school": ("school__name", "-starts_on", "pk"),
    "-school": ("-school__name", "-starts_on", "pk"),
    "start": ("starts_on", "pk"),
    "-start": ("-starts_on", "-pk"),
    "end": ("ends_on", "pk"),
    "-end": ("-ends_on", "-pk"),
}


@login_required
def secondment_list(request: HttpRequest) -> HttpResponse:
    require(permissions.may_read_register(request.user))
    form, rows, basis = chosen_rows(request.user, request.GET)
    day = dates.today()
    rows = rows.for_list().order_by(*SORTS.get(request.GET.get("sort", ""), ("-starts_on", "-pk")))
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "basis": basis,
        "page": page,
        "records": [selectors.shown(row, request.user, day) for row in page],
        "tiles": _tiles(request.user, day),
        "may_add": permissions.may_keep_register(request.user),
        "names": permissions.may_see_all_names(request.user),
        "searching": bool(request.GET),
    }
    return render(request, "ledger/secondment_list.html", context)


@login_required
def secondment_export(request: HttpRequest, extension: str = "xlsx") -> HttpResponse:
    """The rows of the list as it is filtered, masked as the reader sees them; each time an audit event.

    ``?names=0`` makes a masked copy for who may see the names, too.
    """
    about = {"extension": extension, "query": request.GET.urlencode()}
    return deliver(kind=KIND, about=about, by=request.user)


@login_required
def secondment_detail(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Secondment.objects.visible_to(request.user).for_list(), pk=pk)
    day = dates.today()
    shown = selectors.shown(row, request.user, day)
    change = permissions.may_change(request.user, row)
    context = {
        "shown": shown,
        "facts": _facts(shown),
        "findings": selectors.to_mend(row, day) if shown.named else [],
        "chain": chain_of(row, request.user),
        "may_change": change,
        "may_return": change and row.returned_on is None,
        "has_history": shown.named and "secondment" in registry.historied,
    }
    return render(request, "ledger/secondment_detail.html", context)


def _tiles(user: Any, day: Any) -> list[dict[str, Any]]:
    found = selectors.counts(Secondment.objects.visible_to(user), day, day.year)
    address = reverse(LIST)
    return [
        {"value": found.away, "label": "现在在借", "tone": "", "url": f"{address}?standing={NOW_AWAY}"},
        {
            "value": found.ending,
            "label": "30 天内到期",
            "tone": "amber",
            "url": f"{address}?standing={Standing.ENDING}",
        },
        {
            "value": found.overdue,
            "label": "超期未返岗",
            "tone": "red" if found.overdue else "grey",
            "url": f"{address}?standing={Standing.OVERDUE}",
        },
        {
            "value": found.people,
            "label": f"{day.year}年计入台账（人）",
            "tone": "grey",
            "url": f"{address}?counted={day.year}&figure=I13a",
        },
    ]


def _facts(shown: selectors.Shown) -> list[tuple[Any, ...]]:
    """Like the paper form. Free words about the person are shown with the name or not at all."""
    record = shown.record
    when = f"{dates.chinese_date(record.starts_on)}至{dates.chinese_date(record.ends_on)}"
    filed = "，".join(
        part for part in (record.filing_body, record.filed_on and dates.chinese_date(record.filed_on)) if part
    )
    facts: list[tuple[Any, ...]] = [
        ("教师姓名", shown.name),
        ("原学校", record.school.name),
        ("学科或岗位", record.subject),
        ("编制情况", record.get_establishment_display()),
        ("现任班主任", "是" if record.is_head_teacher else "否"),
        ("借用单位", record.borrowing_unit_name),
        ("工作事项", record.work_item, True),
        ("类别", record.get_kind_display()),
        ("借用起止", when),
        ("审批单位", record.approving_body),
        ("批准文号", record.document_number),
        ("备案", filed),
        ("原学校同意", "是" if record.school_consented else "否"),
        ("本人同意", "是" if record.teacher_consented else "否"),
        ("返岗日期", record.returned_on and dates.chinese_date(record.returned_on)),
    ]
    if shown.named:
        facts += [("超期说明", record.extension_reason, True), ("备注", record.note, True)]
    if record.is_voided:
        facts.append(("作废原因", record.void_reason, True))
    return facts
