"""The two days between which a ledger is compared."""

from __future__ import annotations

from datetime import date
from typing import Any

from jianfu.kernel import dates
from jianfu.kernel.fields import BooleanField, ChineseDateField
from jianfu.kernel.forms import Form


class PastForm(Form):
    first = ChineseDateField(label="从")
    second = ChineseDateField(label="到")
    everything = BooleanField(label="没有变化的也列出")

    def __init__(self, *args: Any, opened: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.opened = opened

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        first, second = data.get("first"), data.get("second")
        if first and first < self.opened:
            self.add_error("first", f"台账{dates.chinese_date(self.opened)}打开，从那天或以后选起")
        if second and second > dates.today():
            self.add_error("second", f"最晚选今天（{dates.chinese_date(dates.today())}）")
        if first and second and first > second:
            self.add_error("second", "后一个日期要在前一个日期当天或以后")
        return data
