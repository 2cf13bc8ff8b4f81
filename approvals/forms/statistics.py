"""Which year and which kind of application the statistics tell of."""

from __future__ import annotations

from typing import Any

from approvals.statistics.tables import FAMILIES
from jianfu.kernel.fields import ChoiceField
from jianfu.kernel.forms import Form


class PeriodForm(Form):
    year = ChoiceField(label="年度", required=False)
    family = ChoiceField(
        label="类型", required=False, choices=[(key, label) for key, (label, _rows) in FAMILIES.items()]
    )

    def __init__(self, *args: Any, this_year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.this_year = this_year
        years = range(this_year + 1, this_year - 4, -1)
        self.fields["year"].choices = [("", f"{this_year}年")] + [
            (str(year), f"{year}年") for year in years if year != this_year
        ]

    def chosen(self) -> tuple[int, str]:
        """What was asked wrongly is as if it had not been asked."""
        self.full_clean()
        data = self.cleaned_data
        return int(data.get("year") or self.this_year), data.get("family") or "all"
