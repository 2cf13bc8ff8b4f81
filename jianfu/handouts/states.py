"""Where a handout is on its way."""

from django.db.models import TextChoices


class HandoutState(TextChoices):
    WAITING = "waiting", "排队中"
    MAKING = "making", "生成中"
    READY = "ready", "可以下载"
    FAILED = "failed", "没有生成"
    CANCELLED = "cancelled", "已取消"
    EXPIRED = "expired", "已清理"


KEPT_DAYS = 7
PENDING = frozenset({HandoutState.WAITING, HandoutState.MAKING})
TONES = {
    HandoutState.WAITING: "grey",
    HandoutState.MAKING: "blue",
    HandoutState.READY: "green",
    HandoutState.FAILED: "red",
    HandoutState.CANCELLED: "grey",
    HandoutState.EXPIRED: "grey",
}
