"""处理结果公开: what was signed to be exposed, by month, in the words that were signed; nothing else.

No process keeps a copy: a stamp that moved with complaints would tell when one came.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from jianfu.kernel.practices import PRACTICES
from jianfu.organisations.selectors import districts
from whitelist.selectors.complaint import exposed_complaints

from .caching import public_page


@public_page
def results(request: HttpRequest, code: str) -> HttpResponse:
    """No number, no day, no school; how many came in is not told either, for it would tell when one did."""
    district = get_object_or_404(districts(), code=code)
    lines = [
        {
            "month": f"{row.exposed_on.year}年{row.exposed_on.month}月",
            "units": "、".join(unit.name for unit in row.accused_units),
            "practice": PRACTICES[row.practice][0] if row.practice else "—",
            "words": row.public_text,
        }
        for row in exposed_complaints(district.pk)[:200]
    ]
    context = {"district": district, "lines": lines, "public_active": "report"}
    response = render(request, "whitelist/complaint_results.html", context)
    response.passing = True
    return response
