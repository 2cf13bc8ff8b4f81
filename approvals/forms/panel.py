"""What the office and the experts fill in about a panel."""

from __future__ import annotations

from jianfu.kernel.fields import TextField
from jianfu.kernel.forms import Form


class RecusalForm(Form):
    reason = TextField(
        label="回避原因", max_length=200, rows=2, help_text="如“与申报单位有业务合作”", required=True
    )
