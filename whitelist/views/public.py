"""The whitelist for everybody: no sign-in, no cookie, nothing about people."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from jianfu.kernel import dates
from jianfu.kernel.documents.qr import qr_svg
from jianfu.kernel.exchange import file_answer
from jianfu.kernel.verification import public_address
from jianfu.organisations.selectors import districts
from whitelist import exports, listing
from whitelist.forms import ListSearch
from whitelist.models import Entry
from whitelist.offered import offered_by
from whitelist.posting import answers_of, posted_release
from whitelist.states import Kind, Standing

from .caching import public_page

PAGE = 50


@public_page
def choose(request: HttpRequest) -> HttpResponse:
    """The only district's list at once; several to choose from."""
    found = list(districts())
    if len(found) == 1:
        return redirect("whitelist:public_district", found[0].code)
    return render(request, "whitelist/choose.html", {"districts": found, "public_active": "list"})


@public_page
def current(request: HttpRequest, code: str, kind: str = Kind.CAMPUS) -> HttpResponse:
    """What is on the list today."""
    shown = listing.current(get_object_or_404(districts(), code=code), dates.today(), kind)
    return _list_page(request, shown)


@public_page
def release(request: HttpRequest, code: str, year: int, serial: int, kind: str = Kind.CAMPUS) -> HttpResponse:
    """One release as it was published, with how each item stands today. Its address never changes."""
    district = get_object_or_404(districts(), code=code)
    found = get_object_or_404(listing.releases(district, kind), year=year, serial=serial)
    return _list_page(request, listing.of_release(district, found, dates.today()))


def _list_page(request: HttpRequest, shown: listing.Listing) -> HttpResponse:
    offered = offered_by(shown)
    form = ListSearch(request.GET, offered=offered)
    rows = listing.matching(shown, form.words, **form.narrowed)
    pages = Paginator(rows, PAGE)
    if not form.asks:
        pages.count = offered.count
    page = pages.get_page(request.GET.get("page"))
    context = {
        "listing": shown,
        "district": shown.district,
        "columns": exports.COLUMNS,
        "tagged": not shown.in_force and shown.release.tells_what_is_new,
        "workbook_url": _workbook_url(shown),
        "form": form,
        "empty_title": f"没有找到“{form.words}”" if form.words else "没有符合这些条件的事项",
        "empty_scope": f"已在{shown.title}的事项名称、单位和编号中查找。名单上没有的，学校有权拒绝。",
        "not_begun": f"还没有公布{'免申报目录' if shown.kind == Kind.EXEMPT else '白名单'}",
        "here": request.path,
        "page": page,
        "lines": exports.shown(shown.lines(page.object_list, first=page.start_index()), shown.district.code),
        "posting": _posting(shown),
        "answers": [] if shown.in_force else answers_of(shown.release),
        "releases": _releases(shown),
        "newest_url": shown.address_of(shown.release) if shown.release else "",
        "public_active": "list",
    }
    response = _dated(render(request, "whitelist/public_list.html", context), shown.changed_at)
    response.passing = not form.is_valid() or request.GET.get("page") not in {None, str(page.number)}
    return response


def _posting(shown: listing.Listing) -> Any:
    """What is posted is told where the list itself stands, not on the one of the exempt matters."""
    here = shown.in_force and shown.kind == Kind.CAMPUS
    return posted_release(shown.district.pk) if here else None


def _releases(shown: listing.Listing) -> list[tuple[Any, str]]:
    """Every release of this kind of list, with its page."""
    return [(each, shown.address_of(each)) for each in shown.releases]


def _workbook_url(shown: listing.Listing) -> str:
    if shown.in_force or shown.release is None:
        name = "exempt_workbook" if shown.kind == Kind.EXEMPT else "public_workbook"
        return reverse(f"whitelist:{name}", args=[shown.district.code])
    return f"{shown.address_of(shown.release)}list.xlsx"


@public_page
def entry(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """One item: what was approved, and whether it still stands."""
    found = get_object_or_404(
        Entry.objects.public().select_related("district"), district__code=code, number=number
    )
    today = dates.today()
    standing = found.standing(today)
    context = {
        "entry": found,
        "district": found.district,
        "standing": standing,
        "valid": standing == Standing.VALID,
        "verdict": _verdict(found, standing),
        "verdict_tone": "success" if standing == Standing.VALID else "error",
        "facts": _facts(found),
        "picture": qr_svg(_address(request)),
        "listings": _listings(found),
        "today": today,
    }
    return _dated(render(request, "whitelist/public_entry.html", context), found.changed_at)


def _listings(entry: Entry) -> list[tuple[Any, str]]:
    """The releases that list it, each with its page."""
    rows = entry.listings.select_related("release").order_by("release__published_on")
    return [(row, listing.release_address(entry.district, row.release, row.release.kind)) for row in rows]


def _address(request: HttpRequest) -> str:
    """What the QR code of the page says: where everybody finds it, else where this reader found it."""
    return public_address(request.path) or request.build_absolute_uri(request.path)


def _verdict(entry: Entry, standing: Standing) -> str:
    if standing == Standing.REMOVED and entry.removed_on:
        removed_on = dates.chinese_date(entry.removed_on)
        return f"这一项已于{removed_on}移出白名单：{entry.removal_reason}。学校有权拒绝。"
    if standing == Standing.EXPIRED:
        return (
            f"批准的开展时间已于{dates.chinese_date(entry.ends_on)}结束。再来开展须重新申请，学校有权拒绝。"
        )
    return "这一项在白名单内。只按下面批准的时间、范围和形式开展；超出的部分，学校有权拒绝。"


def _facts(entry: Entry) -> list[tuple[Any, ...]]:
    """The entry in words; what was not said stands as 不占用 or —."""
    hours = f"{entry.class_hours.normalize():f} 课时" if entry.class_hours else "不占用"
    teachers = f"{entry.teacher_count} 人" if entry.teacher_count else "不需要教师参与"
    return [
        ("白名单编号", entry.number),
        ("列入日期", dates.chinese_date(entry.listed_on)),
        ("牵头实施单位", entry.lead_name),
        ("联合单位", entry.joint_names or "—"),
        ("开展时间", entry.period),
        ("开展频次", entry.frequency or "—"),
        ("开展形式", entry.delivery or "—"),
        ("融合方式", entry.integration or "未融合"),
        ("对象范围", entry.audience or "—", True),
        ("单次时长", f"{entry.minutes} 分钟" if entry.minutes else "—"),
        ("每班占用课时", hours),
        ("需教师人数", teachers),
        ("活动主要内容", entry.content, True),
        ("开展依据", entry.basis, True),
    ]


@public_page
def current_workbook(_request: HttpRequest, code: str, kind: str = Kind.CAMPUS) -> HttpResponse:
    return _workbook(listing.current(get_object_or_404(districts(), code=code), dates.today(), kind))


@public_page
def release_workbook(
    _request: HttpRequest, code: str, year: int, serial: int, kind: str = Kind.CAMPUS
) -> HttpResponse:
    district = get_object_or_404(districts(), code=code)
    found = get_object_or_404(listing.releases(district, kind), year=year, serial=serial)
    return _workbook(listing.of_release(district, found, dates.today()))


def _workbook(shown: listing.Listing) -> HttpResponse:
    content = exports.list_workbook(
        shown.title, shown.lines(shown.rows, first=1), made_on=shown.dated, author=shown.district.name
    )
    response = file_answer(content, f"{shown.title}{shown.dated:%Y%m%d}", "xlsx")
    return _dated(response, shown.changed_at)


def _dated(response: HttpResponse, changed_at: datetime | date | None) -> HttpResponse:
    response.changed_at = changed_at
    return response
