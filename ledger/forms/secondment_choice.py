"""Which borrowed teachers a list or a file shows: the filter, and the figure they stand behind, if any."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict

from jianfu.kernel import dates
from ledger.models import Secondment
from ledger.permissions import secondment as permissions
from ledger.selectors import secondment as selectors

from .secondment import NOW_AWAY, SecondmentFilter


def chosen_rows(user: Any, asked: QueryDict) -> tuple[SecondmentFilter, Any, dict[str, Any] | None]:
    """The filter form, the rows it leaves, and the figure of the ledger they stand behind, if any."""
    day = dates.today()
    form = SecondmentFilter(asked, user=user, names=bool(permissions.may_search_names(user)))
    form.is_valid()
    rows = Secondment.objects.visible_to(user)
    basis = _basis(asked)
    if basis:
        rows = selectors.behind_figure(rows, basis["figure"], basis["year"], day)
        basis["people"] = rows.order_by().values("teacher_id").distinct().count()
    return form, selectors.filtered(rows, form.cleaned_data, user, day, now_away=NOW_AWAY), basis


def _basis(asked: QueryDict) -> dict[str, Any] | None:
    """``?counted=2026&figure=I13a``: exactly what that figure was counted from."""
    year = asked.get("counted", "")
    if not (year.isascii() and year.isdigit() and len(year) == 4 and year > "1948"):
        return None
    village = asked.get("figure") == "I4"
    return {
        "year": int(year),
        "figure": "I4" if village else "I13a",
        "row": "第4项“年减少的驻村扶贫教师人数”" if village else "第13项“本年抽调借用教师”",
    }
