"""专家委员会: who there is, of which kind, and how much each does. Kept elsewhere, read here."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from approvals import panel, permissions
from jianfu.kernel import dates
from jianfu.kernel.decisions import require


@login_required
def expert_list(request: HttpRequest) -> HttpResponse:
    require(permissions.may_read_registry(request.user))
    today = dates.today()
    known = panel.registry(request.user.district_id, today)
    given = panel.given(request.user.district_id, today.year)
    lines = [
        {
            "person": person,
            "category": known.categories.get(person.pk, ""),
            "owed": known.owed.get(person.pk, 0),
            "given": given.get(person.pk, (0, None))[0],
            "last": given.get(person.pk, (0, None))[1],
        }
        for person in known.people
    ]
    kinds = sorted({line["category"] for line in lines} - {""})
    context = {"lines": lines, "kinds": kinds, "year": today.year}
    return render(request, "approvals/expert_list.html", context)
