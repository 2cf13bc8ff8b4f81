"""The states of a ledger and its rows, and the kinds of what stands in them. Imports nothing of the app."""

from django.db.models import TextChoices


class LedgerState(TextChoices):
    OPENED = "opened", "填报中"
    LOCKED = "locked", "已锁定"


class RowState(TextChoices):
    ASSIGNED = "assigned", "待填"
    STARTED = "started", "填写中"
    SUBMITTED = "submitted", "已报送"
    RETURNED = "returned", "已退回"
    ACCEPTED = "accepted", "已审核"


# Whose turn it is: the 科室 writes, then the office reads.
FILLABLE = frozenset({RowState.ASSIGNED, RowState.STARTED, RowState.RETURNED})
# The one meaning of 已填报: a person has answered for the row. What the system counted, or last year's
# words, do not make a row reported.
REPORTED = frozenset({RowState.SUBMITTED, RowState.ACCEPTED})

TONES = {
    RowState.ASSIGNED: "grey",
    RowState.STARTED: "blue",
    RowState.SUBMITTED: "purple",
    RowState.RETURNED: "red",
    RowState.ACCEPTED: "green",
    LedgerState.OPENED: "blue",
    LedgerState.LOCKED: "green",
}


class AchievementKind(TextChoices):
    HELD = "held", "已组织开展"
    DECLINED = "declined", "不符合要求而未开展"


class BlankKind(TextChoices):
    INTEGER = "integer", "整数"
    TEXT = "text", "文字"


class ValueSource(TextChoices):
    COMPUTED = "computed", "系统计算"
    ENTERED = "entered", "人工填报"
    CARRIED = "carried", "上年结转"
