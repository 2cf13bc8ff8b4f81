"""The city's pages: who reported and what it adds up to, receiving a package, registering keys."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from jianfu.kernel import dates, trail
from jianfu.kernel.decisions import require
from jianfu.kernel.exchange import file_answer, key_of
from ledger.exports.city import workbook
from ledger.forms.city import KeyForm, PackageForm
from ledger.models import DistrictKey
from ledger.permissions import city as permissions
from ledger.selectors import city as selectors
from ledger.services import city as services
from ledger.services.package_reading import UPLOAD_LIMIT


@login_required
@require_GET
def city_overview(request: HttpRequest) -> HttpResponse:
    return render(request, "ledger/city_overview.html", _shown(request))


@login_required
@require_GET
def city_export(request: HttpRequest) -> HttpResponse:
    """The page as a workbook; each time an audit event."""
    shown, city = _shown(request), request.user.person.district
    year = shown["year"]
    content = workbook(shown["standings"], shown["lines"], city=city.name, year=year, made_on=dates.today())
    trail.record(action="city.exported", target=city, by=request.user, data={"year": year})
    return file_answer(content, f"{city.name}{year}年教师减负台账汇总", "xlsx")


def _shown(request: HttpRequest) -> dict[str, Any]:
    """What page and workbook print: the year that was asked for, or the newest that anybody reported."""
    require(permissions.may_read_city(request.user))
    known = selectors.years(request.user)
    asked = key_of(request.GET.get("year", ""))
    year = asked if asked in known else (known[0] if known else dates.today().year)
    standings = selectors.standings(request.user, year)
    reports = [each.report for each in standings if each.report]
    return {
        "year": year,
        "years": known,
        "standings": standings,
        "reported": len(reports),
        "lines": selectors.figure_lines(reports),
        "fewest": selectors.FEWEST,
    }


@login_required
@require_http_methods(["GET", "POST"])
def city_receive(request: HttpRequest) -> HttpResponse:
    require(permissions.may_read_city(request.user))
    sent = request.method == "POST"
    form = PackageForm(request.POST if sent else None, request.FILES if sent else None)
    if sent and form.is_valid():
        # One byte more than is allowed is enough to refuse the rest.
        data = form.cleaned_data["file"].read(UPLOAD_LIMIT + 1)
        with form.showing_refusals("file"):
            found = services.receive(data=data, city=request.user.person.district, by=request.user)
            messages.success(request, f"已收到{found}（第 {found.edition} 版），校验和签名相符")
            return redirect("ledger:city_overview")
    return render(request, "ledger/city_receive.html", {"form": form})


@login_required
@require_http_methods(["GET", "POST"])
def city_keys(request: HttpRequest) -> HttpResponse:
    require(permissions.may_read_city(request.user))
    form = KeyForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with form.showing_refusals("public_key"):
            key = services.register_key(**form.cleaned_data, by=request.user)
            messages.success(request, f"已登记{key}的公钥，指纹 {key.fingerprint}，请与区县核对")
            return redirect("ledger:city_keys")
    keys = DistrictKey.objects.visible_to(request.user).select_related("registered_by")
    return render(request, "ledger/city_keys.html", {"form": form, "keys": keys})
