"""借用教师: the renewal of a borrowing; 已有数据: what nobody needs to be asked again."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from approvals import services
from approvals.forms.lists import HeldDataFilter
from approvals.models import Application, HeldData

PAGE = 50


@login_required
@require_POST
def application_renew(request: HttpRequest, pk: int) -> HttpResponse:
    """续借 as a draft with everything that is known; dates and consents are new."""
    source = get_object_or_404(Application.objects.of_applicant(request.user), pk=pk)
    draft = services.renew(application=source, by=request.user)
    messages.success(request, "续借要重新审批，内容已带入，核对期限后提交")
    return redirect("approvals:application_form", draft.pk)


@login_required
def held_data_list(request: HttpRequest) -> HttpResponse:
    form = HeldDataFilter(request.GET)
    rows = form.narrowed(HeldData.objects.visible_to(request.user).select_related("keeper"))
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "approvals/held_data.html", {"form": form, "page": page})
