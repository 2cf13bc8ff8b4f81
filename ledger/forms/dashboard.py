"""Which year and which term 监测分析 tells of."""

from __future__ import annotations

from datetime import date
from typing import Any

from jianfu.kernel.fields import ChoiceField
from jianfu.kernel.forms import Form
from ledger.selectors.dashboard.weeks import BY_TOTAL, SchoolTerm, term_on, terms_around


class DashboardForm(Form):
    year = ChoiceField(label="年度", required=False)
    term = ChoiceField(label="学期", required=False)
    order = ChoiceField(
        label="学校排列", required=False, choices=[("", "按校名"), (BY_TOTAL, "按全学期项数")]
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        years = [year for year in range(today.year + 1, today.year - 4, -1) if year != today.year]
        self.fields["year"].choices = [("", f"{today.year}年"), *((str(year), f"{year}年") for year in years)]
        now = term_on(today)
        self.terms = {term.key: term for term in terms_around(today)}
        others = [(term.key, term.label) for term in self.terms.values() if term != now]
        self.fields["term"].choices = [("", f"{now.label}（本学期）"), *others]

    def chosen(self) -> tuple[int, SchoolTerm, str]:
        """What was asked wrongly is as if it had not been asked."""
        self.full_clean()
        data = self.cleaned_data
        term = self.terms.get(data.get("term") or "", term_on(self.today))
        return int(data.get("year") or self.today.year), term, data.get("order") or ""
