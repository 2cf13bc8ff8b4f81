"""材料: all papers of a year on one page, with what each is, and the ones that the ledger writes itself."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from jianfu.handouts.services import deliver
from jianfu.kernel import dates, trail
from jianfu.kernel.decisions import require
from jianfu.kernel.exchange import file_answer
from ledger.exports.papers import PAPERS, RENDERERS, file_stem
from ledger.exports.year import KIND, PACKAGE
from ledger.models import Ledger
from ledger.permissions import form as permissions
from ledger.permissions.city import may_package
from ledger.permissions.secondment import may_see_all_names
from ledger.registers import REGISTERS

from .ledgers import find

LABELS = {"xlsx": "Excel", "pdf": "PDF", "docx": "Word"}
ALL = ("xlsx", "pdf", "docx")


@login_required
@require_GET
def ledger_papers(request: HttpRequest, year: int) -> HttpResponse:
    ledger = find(request, year)
    require(permissions.may_export(ledger, request.user))
    groups = [
        ("台账和报告", [*_own(ledger), _package(ledger, request.user)]),
        ("借用教师台账", _borrowed(request, year)),
        ("减负清单", _registers(year)),
    ]
    return render(request, "ledger/ledger_papers.html", {"ledger": ledger, "groups": groups})


@login_required
@require_GET
def ledger_paper(request: HttpRequest, year: int, paper: str, extension: str) -> HttpResponse:
    """One of the papers that are written from the records; each time an event."""
    ledger = find(request, year)
    if paper not in PAPERS or extension not in RENDERERS:
        raise Http404
    require(permissions.may_export(ledger, request.user))
    today = dates.today()
    document = PAPERS[paper](ledger, request.user, today)
    content = RENDERERS[extension](document)
    data = {"format": extension, "paper": document.title}
    trail.record(action="ledger.export", target=ledger, by=request.user, data=data)
    return file_answer(content, file_stem(document, ledger.district.name, today), extension)


@login_required
@require_GET
def ledger_package(request: HttpRequest, year: int) -> HttpResponse:
    """报送包 for the city; the service refuses what is not filed, and records each one."""
    about = {"year": str(year), "file": PACKAGE}
    return deliver(kind=KIND, about=about, by=request.user, target=find(request, year))


def _links(name: str, arguments: tuple[Any, ...], extensions: tuple[str, ...], query: str = "") -> list[Any]:
    made = ((LABELS[each], reverse(f"ledger:{name}", args=[*arguments, each])) for each in extensions)
    return [(label, f"{address}{query}") for label, address in made]


def _own(ledger: Ledger) -> list[dict[str, Any]]:
    year = ledger.year
    return [
        {
            "name": "重点任务台账",
            "about": "正式表样，横向 A4。签发以前标“草稿”，签发以后标“定稿”。",
            "links": _links("ledger_export", (year,), ALL),
        },
        {
            "name": "清理结果报告",
            "about": "各清单保留、合并、取消、新增的数，附逐项名单和依据。报同级党委审批，再报市教育局备案。",
            "links": _links("ledger_paper", (year, "clean-up"), ("docx", "pdf")),
        },
        {
            "name": "工作总结（草稿）",
            "about": "主要做法、工作成效、存在的问题、典型案例，按记录拟出，请修改后使用。",
            "links": _links("ledger_paper", (year, "summary"), ("docx", "pdf")),
        },
    ]


def _package(ledger: Ledger, by: Any) -> dict[str, Any]:
    may = may_package(ledger, by)
    about = "台账的 Excel、PDF 和数据，带校验和签名，交市里的平台导入。数据只写科室，不写填报人姓名。"
    address = reverse("ledger:ledger_package", args=[ledger.year])
    return {"name": "报送包", "about": about, "links": [("zip", address)] if may else [], "refusal": may.text}


def _borrowed(request: HttpRequest, year: int) -> list[dict[str, Any]]:
    query = f"?year={year}"
    masked = {
        "name": "隐去姓名",
        "about": "对外提供、张贴用，只留姓。",
        "links": _links("secondment_paper", (), ALL, f"{query}&names=0"),
    }
    if not may_see_all_names(request.user):
        return [masked]
    named = {
        "name": "含教师姓名",
        "about": "报党委备案用，不要外传；每次下载都有记录。",
        "links": _links("secondment_paper", (), ALL, query),
    }
    return [named, masked]


def _registers(year: int) -> list[dict[str, Any]]:
    return [
        {
            "name": register.label,
            "about": register.purpose,
            "links": _links("item_export", (register.slug,), ALL, f"?year={year}"),
        }
        for register in REGISTERS.values()
    ]
