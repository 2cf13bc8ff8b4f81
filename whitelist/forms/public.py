"""The search line of the public list."""

from __future__ import annotations

from datetime import date
from typing import Any

from approvals.states import Stage
from jianfu.kernel import fields
from jianfu.kernel.dates import last_allowed_day
from whitelist.offered import Offered

from .release import PublicSearch


class ListSearch(PublicSearch):
    """By words, and narrowed to a unit, a theme, a 学段 or a month; every state is an address."""

    lead = fields.ChoiceField(label="牵头单位", required=False)
    theme = fields.ChoiceField(label="主题", required=False)
    stage = fields.ChoiceField(
        label="学段", required=False, choices=[("", "全部"), *((each.label, each.label) for each in Stage)]
    )
    month = fields.ChoiceField(label="月份", required=False)

    def __init__(self, *args: Any, offered: Offered, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = {"lead": offered.leads, "theme": offered.themes, "month": offered.months}
        for name, found in choices.items():
            self.fields[name].choices = [("", "全部"), *found]

    @property
    def narrowed(self) -> dict[str, Any]:
        """What `Entries.narrowed` is asked; nothing where anything was refused."""
        if not self.is_valid():
            return {}
        told = {name: self.cleaned_data[name] for name in ("lead", "theme", "stage")}
        month = self.cleaned_data["month"]
        first = date.fromisoformat(f"{month}-01") if month else None
        return {**told, "between": (first, last_allowed_day(first, 1)) if first else None}

    @property
    def asks(self) -> bool:
        return bool(self.words or any(self.narrowed.values()))
