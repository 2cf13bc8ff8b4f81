"""绩效评估: what waits for the person's voice, the list of a term, one evaluation, and giving a voice."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from jianfu.kernel import dates
from jianfu.kernel.decisions import require
from jianfu.organisations.selectors import work_calendar
from jianfu.organisations.states import Role
from whitelist import permissions, services
from whitelist.evaluating import definition, facts_of, grounds_of, line_of, owed_by
from whitelist.forms.evaluation import SeasonForm, VoiceForm
from whitelist.models import Entry, Voice
from whitelist.permissions.removal import own_units
from whitelist.selectors.evaluation import Evaluation, department_of, evaluation_of, evaluations, told_of
from whitelist.services.evaluation import may_give
from whitelist.states import Grade, Party, Season

from .tabs import tabs_of


@login_required
@require_safe
def evaluation_list(request: HttpRequest) -> HttpResponse:
    """Every entry that came to schools in a term, in the order of their numbers, never of their scores."""
    require(permissions.may_read_evaluations(request.user))
    now = Season.of(dates.today())
    known = Voice.objects.visible_to(request.user).order_by().values_list("season", flat=True).distinct()
    seasons = {now, now.before, *filter(None, map(Season.read, known))}
    form = SeasonForm(request.GET, seasons=sorted(seasons, key=lambda one: one.first, reverse=True))
    season = Season.read(form.cleaned_data["season"] or now.key) if form.is_valid() else now
    found = evaluations(request.user.district_id, season)
    context = {
        "tabs": tabs_of(request.user, "evaluation_list"),
        "form": form,
        "season": season,
        "rows": [line_of(each, work_calendar()) for each in found],
        "definition": definition(found[0]) if found else [],
        "mine": owed_by(request.user),
    }
    return render(request, "whitelist/evaluation_list.html", context)


def _found(request: HttpRequest, pk: int, season: str) -> Evaluation:
    """Of an entry of the own district, in a term in which it came to a school."""
    entry = get_object_or_404(
        Entry.objects.visible_to(request.user).select_related("district", "application__organisation"), pk=pk
    )
    read = Season.read(season)
    found = evaluation_of(entry, read) if read else None
    if found is None:
        raise Http404
    return found


@login_required
@require_safe
def evaluation_detail(request: HttpRequest, pk: int, season: str) -> HttpResponse:
    """All of it for the bureau's staff; for the department the sum of it, and nobody's name."""
    found = _found(request, pk, season)
    staff, unit = bool(permissions.may_read_evaluations(request.user)), department_of(found.entry)
    if not staff and unit not in request.user.organisation_ids(Role.APPLICANT):
        raise Http404
    inside = staff and unit not in own_units(request.user)  # a 科室 that applied is a department, too
    context = {
        "evaluation": found,
        "entry": found.entry,
        "facts": facts_of(found),
        "grades": list(Grade),
        "definition": definition(found),
        "voices": found.voices
        if inside
        else [voice for voice in found.voices if voice.party == "department"],
        "inside": inside,
        "grounds": grounds_of(found, request.user) if inside else [],
        "may_propose": inside and bool(permissions.may_propose(found.entry, request.user)),
        "offered": _offered(request, found),
    }
    return render(request, "whitelist/evaluation_detail.html", context)


def _offered(request: HttpRequest, found: Evaluation) -> list[tuple[str, str]]:
    """(label, address) of each voice that the person may give now."""
    key = found.season.key
    return [
        (party.label, reverse("whitelist:evaluation_give", args=[found.entry.pk, key, party.value]))
        for party in (Party.BUREAU, Party.DEPARTMENT)
        if may_give(found, party, request.user)[1]
    ]


@login_required
def evaluation_give(request: HttpRequest, pk: int, season: str, party: str) -> HttpResponse:
    """One page, three taps; then the next one that waits, or the desk."""
    if party not in Party.values:
        raise Http404
    found = _found(request, pk, season)
    unit, decision = may_give(found, party, request.user)
    require(decision)
    form = VoiceForm(request.POST or None, party=party)
    if request.method == "POST" and form.is_valid():
        with form.showing_refusals():
            said = {"answers": form.answers, "line": form.cleaned_data["line"]}
            services.give_voice(evaluation=found, party=party, by=request.user, **said)
            return _onward(request, found)
    optional = party == Party.SCHOOL
    context = {
        "form": form,
        "evaluation": found,
        "entry": found.entry,
        "sessions": told_of(found.entry, found.season, {unit}) if optional and unit else [],
        "facts": [] if optional else facts_of(found),
        "optional": optional,
        "waiting": [each for each in owed_by(request.user) if each.url != request.path],
    }
    return render(request, "whitelist/evaluation_give.html", context)


def _onward(request: HttpRequest, found: Evaluation) -> HttpResponse:
    waiting = owed_by(request.user)
    left = f"，还有 {len(waiting)} 项，可以不填" if waiting else ""
    messages.success(request, f"已评价“{found.entry}”{left}")
    return redirect(waiting[0].url if waiting else "desk")
