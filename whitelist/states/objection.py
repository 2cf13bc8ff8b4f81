"""How an objection to a posted list came, and what became of it."""

from django.db.models import TextChoices


class Channel(TextChoices):
    WEB = "web", "公示页面"
    PHONE = "phone", "电话"
    MAIL = "mail", "来信、邮件"
    VISIT = "visit", "来访"


class ObjectionState(TextChoices):
    RECEIVED = "received", "待答复"
    ADOPTED = "adopted", "采纳"
    DECLINED = "declined", "不采纳"


class Remedy(TextChoices):
    """What follows from an adopted objection."""

    TAKE_OUT = "take_out", "从这一版名单中去掉这一项"
    REDRAFT = "redraft", "停止公示，退回重新拟定名单"


OBJECTION_TONES = {
    ObjectionState.RECEIVED: "amber",
    ObjectionState.ADOPTED: "green",
    ObjectionState.DECLINED: "grey",
}
