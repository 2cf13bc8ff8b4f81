"""查找 in the small lists."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from jianfu.kernel.fields import TextField
from jianfu.kernel.forms import Form


class HeldDataFilter(Form):
    q = TextField(label="查找", required=False, max_length=100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["q"].widget.attrs["placeholder"] = "数据项、别名或存放处"

    def narrowed(self, rows: Any) -> Any:
        self.full_clean()
        words = self.cleaned_data.get("q")
        if not words:
            return rows
        return rows.filter(
            Q(name__icontains=words) | Q(aliases__icontains=words) | Q(kept_in__icontains=words)
        )
