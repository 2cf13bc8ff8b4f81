"""The dated figures of this app. A district may set its own (``PolicyValue``)."""

from datetime import date

from jianfu.kernel.policy import Figure, declare

DELEGATION_DAYS = declare(
    Figure(
        "ORG-DELEGATION-DAYS",
        "一次代理最长天数",
        60,
        "天",
        "来源文件未规定，平台建议值",
        "本区内部管理规定",
        date(2019, 12, 15),
    )
)
