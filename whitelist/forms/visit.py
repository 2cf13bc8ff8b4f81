"""What a school says of a session, and writes of somebody who came unannounced: four fields."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError

from jianfu.kernel.dates import chinese_date
from jianfu.kernel.fields import ChineseDateField, ChoiceField, TextField
from jianfu.kernel.forms import Form
from whitelist.states import RefusalReason, VisitKind

LOOKED_BACK = 365  # days; an earlier one is a slip of the pen


class VisitForm(Form):
    """What the buttons of a session send."""

    kind = ChoiceField(
        label="情况",
        choices=[(k, k.label) for k in (VisitKind.CONFIRMED, VisitKind.REFUSED, VisitKind.ABSENT)],
    )
    reason = ChoiceField(label="拒绝原因", required=False, choices=RefusalReason.choices)
    note = TextField(label="说明", max_length=300, required=False)


class UnlistedForm(Form):
    visitor = TextField(label="来校单位", max_length=100, help_text="不清楚的写“未说明单位”")
    purpose = TextField(label="来做什么", max_length=200, required=False)
    kind = ChoiceField(
        label="怎样处理的",
        choices=[(VisitKind.UNLISTED_REFUSED, "已拒绝"), (VisitKind.UNLISTED_ADMITTED, "已放行")],
    )
    day = ChineseDateField(label="日期")

    def __init__(self, *args: Any, today: date, schools: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, initial={"day": today, "kind": VisitKind.UNLISTED_REFUSED}, **kwargs)
        self._today = today
        if len(schools) > 1:  # who looks after several schools says which
            self.fields["school"] = ChoiceField(label="学校", choices=[(row.pk, str(row)) for row in schools])

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day > self._today:
            raise ValidationError(f"来校日期不能晚于今天（{chinese_date(self._today)}）")
        if day < self._today - timedelta(days=LOOKED_BACK):
            earliest = chinese_date(self._today - timedelta(days=LOOKED_BACK))
            raise ValidationError(f"来校日期最早填{earliest}，现在是{chinese_date(day)}")
        return day
