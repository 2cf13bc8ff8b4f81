"""The search line over 不在名单内来校."""

from __future__ import annotations

from datetime import date
from typing import Any

from jianfu.kernel import fields
from jianfu.kernel.dates import last_allowed_day
from jianfu.kernel.forms import Form


class UnlistedSearch(Form):
    q = fields.TextField(label="来校单位", required=False, max_length=50)
    school = fields.ChoiceField(label="学校", required=False)
    month = fields.ChoiceField(label="月份", required=False)

    def __init__(self, *args: Any, schools: list[Any], months: list[date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = [(f"{day:%Y-%m}", f"{day.year}年{day.month}月") for day in months]
        self.fields["month"].choices = [("", "全部"), *found]
        self.fields["school"].choices = [("", "全部"), *((str(row.pk), str(row)) for row in schools)]
        if len(schools) == 1:
            del self.fields["school"]

    def narrowed(self, rows: Any) -> Any:
        """The visits that are asked for; all of them where what was asked is not offered."""
        if not self.is_valid():
            return rows
        words, school = self.cleaned_data["q"].strip(), self.cleaned_data.get("school", "")
        month = self.cleaned_data["month"]
        rows = rows.filter(visitor__icontains=words) if words else rows
        rows = rows.filter(school_id=int(school)) if school else rows
        if not month:
            return rows
        first = date.fromisoformat(f"{month}-01")
        return rows.between(first, last_allowed_day(first, 1))
