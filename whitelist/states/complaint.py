"""投诉举报: what is brought, by which way, where it stands, and what was found."""

from django.db.models import TextChoices


class ComplaintKind(TextChoices):
    COMPLAINT = "complaint", "投诉举报"
    FEEDBACK = "feedback", "意见建议"


class ComplaintSource(TextChoices):
    WEB = "web", "网上"
    PHONE = "phone", "电话"
    LETTER = "letter", "信件"
    MAIL = "mail", "邮箱"
    VISIT = "visit", "来访"


class ComplaintState(TextChoices):
    RECEIVED = "received", "待受理"
    CHECKING = "checking", "核查中"
    FOUND = "found", "已认定"
    NOTICE_PROPOSED = "notice_proposed", "通报待签发"
    NOTIFIED = "notified", "已通报"
    SUMMONED = "summoned", "已约谈"
    EXPOSURE_PROPOSED = "exposure_proposed", "曝光待签发"
    EXPOSED = "exposed", "已曝光"
    CLOSED = "closed", "已办结"
    DECLINED = "declined", "不予受理"
    REFERRED = "referred", "已转其他单位"


class Finding(TextChoices):
    UPHELD = "upheld", "属实"
    PARTLY = "partly", "部分属实"
    UNFOUNDED = "unfounded", "不属实"
    UNPROVEN = "unproven", "无法查实"


class DeclineGround(TextChoices):
    NOT_OURS = "not_ours", "不属于中小学教师减负事项"
    NO_CLUE = "no_clue", "没有具体线索，追问后仍无法核查"
    REPEATED = "repeated", "同一问题已在办理"
    FABRICATED = "fabricated", "同一署名人多次捏造"


class VisitFound(TextChoices):
    """What a check found of the visit that a complaint is about."""

    ABSENT = "absent", "没有到校开展"
    OTHERWISE = "otherwise", "来过，但和批准的不一样"


# What waits for the leading group's signature.
TO_SIGN = frozenset({ComplaintState.NOTICE_PROPOSED, ComplaintState.EXPOSURE_PROPOSED})
ENDED = frozenset({ComplaintState.CLOSED, ComplaintState.DECLINED, ComplaintState.REFERRED})
OPEN = frozenset(ComplaintState) - ENDED
# Findings on which something follows for the unit.
PROVED = frozenset({Finding.UPHELD, Finding.PARTLY})
PROVED_ONES = "proved"  # a filter for both

# What the writer reads: what is only proposed inside is not told before it is signed.
TOLD = {
    ComplaintState.RECEIVED: "已经收到，等待受理",
    ComplaintState.CHECKING: "已经受理，正在核查",
    ComplaintState.FOUND: "核查结束，已有认定，正在处理",
    ComplaintState.NOTICE_PROPOSED: "核查结束，已有认定，正在处理",
    ComplaintState.NOTIFIED: "已经通报，正在处理",
    ComplaintState.SUMMONED: "已经约谈，正在处理",
    ComplaintState.EXPOSURE_PROPOSED: "已经通报，正在处理",
    ComplaintState.EXPOSED: "已经曝光，正在收尾",
    ComplaintState.CLOSED: "已经办结",
    ComplaintState.DECLINED: "不予受理",
    ComplaintState.REFERRED: "不归这里办，已转有关单位",
}
