"""代理: what one has lent and is lent; lending for a time, ending it early."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from jianfu.kernel import dates
from jianfu.kernel.decisions import refuse, require
from jianfu.kernel.policy import figure_value

from . import services
from .figures import DELEGATION_DAYS
from .forms import DelegationForm, PrincipalForm
from .models import Delegation, Person
from .permissions import may_end_delegation, may_keep_accounts
from .selectors import principals

PAGE = 50


@dataclass(frozen=True)
class Shown:
    """One delegation as a line prints it."""

    row: Delegation
    label: str
    tone: str
    may_end: bool


@login_required
def delegation_list(request: HttpRequest) -> HttpResponse:
    today = dates.today()
    rows = Delegation.objects.visible_to(request.user).for_list()
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": [_shown(row, request.user, today) for row in page],
        "keeps": bool(may_keep_accounts(request.user)),
        "may_add": _may_add(request.user, today),
    }
    return render(request, "organisations/delegation_list.html", context)


def _may_add(user: Any, today: date) -> bool:
    lends = any(row.on_behalf_of is None and row.is_delegable for row in user.memberships)
    return lends or bool(may_keep_accounts(user))


def _shown(row: Delegation, user: Any, today: date) -> Shown:
    label, tone = _standing(row, today)
    ends = row.revoked_at is None and row.until >= today and bool(may_end_delegation(row, user))
    return Shown(row, label, tone, ends)


def _standing(row: Delegation, today: date) -> tuple[str, str]:
    if row.revoked_at:
        return "已提前结束", "grey"
    if row.until < today:
        return "已到期", "grey"
    return ("未开始", "amber") if row.since > today else ("代理中", "green")


@login_required
def delegation_form(request: HttpRequest) -> HttpResponse:
    """For oneself; the keeper of accounts first says for whom."""
    today = dates.today()
    principal = request.user.person
    if may_keep_accounts(request.user):
        chosen = PrincipalForm(
            request.GET if "principal" in request.GET else None, district_id=principal.district_id
        )
        if not chosen.is_valid():
            return render(request, "organisations/delegation_principal.html", {"form": chosen})
        principal = chosen.cleaned_data["principal"]
    elif not principals(principal.district_id, today).filter(pk=principal.pk).exists():
        require(refuse("没有可以由别人代理的角色：专家的论证意见和三员的职责只能由本人办理"))
    form = DelegationForm(request.POST or None, principal=principal)
    if form.is_valid():
        with form.showing_refusals():
            _delegate(request, dict(form.cleaned_data), principal)
            return redirect("organisations:delegation_list")
    limit = figure_value(DELEGATION_DAYS, principal.district_id, today)
    context = {"form": form, "principal": principal, "limit": limit}
    return render(request, "organisations/delegation_form.html", context)


def _delegate(request: HttpRequest, fields: dict[str, Any], principal: Person) -> None:
    services.delegate(memberships=fields.pop("roles"), by=request.user, **fields)
    days = f"{dates.chinese_date(fields['since'])}至{dates.chinese_date(fields['until'])}"
    messages.success(request, f"{days}，{fields['agent'].name}代{principal.name}办理")


@login_required
def delegation_end(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Delegation.objects.visible_to(request.user).for_list()
    row = get_object_or_404(rows, pk=pk)
    if request.method == "POST":
        services.end_delegation(delegation=row, by=request.user)
        messages.success(request, f"已结束：{row}")
        return redirect("organisations:delegation_list")
    require(may_end_delegation(row, request.user))
    context = {
        "title": "提前结束代理",
        "question": f"{row}，原定到{dates.chinese_date(row.until)}。",
        "consequence": f"结束后{row.agent.name}马上不能再代办；已经代办的事项不受影响。",
        "verb": "提前结束代理",
        "cancel_url": reverse("organisations:delegation_list"),
    }
    return render(request, "components/confirm_page.html", context)
