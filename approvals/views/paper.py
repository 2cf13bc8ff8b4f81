"""The 申报审批表 as PDF, like the paper."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from approvals.exports import approval_form
from approvals.models import Assignment
from approvals.views.detail import visible
from jianfu.kernel import dates
from jianfu.kernel.decisions import refuse, require


@login_required
def application_paper(request: HttpRequest, pk: int) -> HttpResponse:
    application = visible(request, pk)
    if not application.content_version:
        require(refuse("草稿还没有提交，提交后才能打印申报表"))
    assignments = Assignment.objects.visible_to(request.user).filter(
        application=application, content_version=application.content_version
    )
    pdf = approval_form(application, assignments, dates.today())
    answer = HttpResponse(pdf, content_type="application/pdf")
    name = f"{application.number} {application}"[:80]
    answer["Content-Disposition"] = content_disposition_header(True, f"{name}.pdf")  # noqa: FBT003
    return answer
