"""监测线索: what the records tell by themselves, as a tab of 统计分析; each can be closed with a word."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from jianfu.kernel import dates, trail
from jianfu.kernel.decisions import require
from jianfu.kernel.exchange import file_answer
from whitelist import exports_clues, permissions, services
from whitelist.clues import CLUES, OpenClue, clues_of, found_by
from whitelist.forms.clue import CloseForm
from whitelist.forms.evaluation import SeasonForm
from whitelist.models import ClosedClue
from whitelist.states import Season

LATELY = 20  # closed ones that the page shows


def _asked(request: HttpRequest) -> tuple[SeasonForm, Season, list[OpenClue]]:
    require(permissions.may_read_clues(request.user))
    now = Season.of(dates.today())
    form = SeasonForm(request.GET, seasons=[now, now.before, now.before.before])
    season = Season.read(form.cleaned_data["season"] or now.key) if form.is_valid() else now
    season = season or now
    return form, season, clues_of(request.user.district_id, season, dates.today())


@login_required
@require_safe
def clue_list(request: HttpRequest) -> HttpResponse:
    """By kind, in the order of their days; no unit is ranked."""
    form, season, kinds = _asked(request)
    context = {
        "form": form,
        "season": season,
        "kinds": kinds,
        "total": sum(len(kind.found) for kind in kinds),
        "may_close": permissions.may_close_clue(request.user.district_id, request.user),
        "closed": ClosedClue.objects.visible_to(request.user).select_related("closed_by")[:LATELY],
    }
    return render(request, "whitelist/clue_list.html", context)


@login_required
@require_safe
def clue_export(request: HttpRequest) -> HttpResponse:
    _form, season, kinds = _asked(request)
    district: Any = request.user.person.district
    title = f"{district}{season.label}监测线索"
    trail.record(action="clues.exported", target=district, by=request.user, note=season.key)
    made = exports_clues.workbook(title, kinds, made_on=dates.today(), author=str(district))
    return file_answer(made, title, "xlsx")


@login_required
def clue_close(request: HttpRequest, code: str, season: str, key: str) -> HttpResponse:
    """The records once more, and the word that closes it."""
    require(permissions.may_close_clue(request.user.district_id, request.user))
    read = Season.read(season)
    if code not in CLUES or read is None:
        raise Http404
    found = next((one for one in found_by(code, request.user.district_id, read) if one.key == key), None)
    if found is None:
        raise Http404
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.showing_refusals():
            services.close_clue(clue=CLUES[code], found=found, by=request.user, **form.cleaned_data)
            messages.success(request, "已记下核实结论，同样的记录不再提示")
            return redirect(f"{reverse('whitelist:clue_list')}?season={read.key}")
    context = {"form": form, "clue": CLUES[code], "found": found, "season": read}
    return render(request, "whitelist/clue_close.html", context)
