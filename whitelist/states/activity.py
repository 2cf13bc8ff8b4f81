"""The states of an activity, how a session stands, and what a school may say of a visit."""

from __future__ import annotations

from django.db.models import TextChoices


class ActivityRoad(TextChoices):
    """The table an activity walks by: whether its plan was part of the application (R53)."""

    CHECKED = "checked", "报区教委核对"
    APPROVED = "approved", "方案已随申请批准"


class ActivityState(TextChoices):
    DRAFTED = "drafted", "草拟"
    SUBMITTED = "submitted", "区教委核对"
    RETURNED = "returned", "退回补正"
    AGREED = "agreed", "同意实施"
    CALLED_OFF = "called_off", "已取消"
    CONCLUDED = "concluded", "已开展"


# What the applicant may still rewrite.
WRITABLE = frozenset({ActivityState.DRAFTED, ActivityState.RETURNED})
# The schools were told: it stands in their calendars.
KNOWN = frozenset({ActivityState.AGREED, ActivityState.CONCLUDED})
# A place of the term is taken from the moment that a plan is handed in.
TAKES_A_PLACE = KNOWN | {ActivityState.SUBMITTED}
# What a school may look at: also that something was called off.
SHOWN_TO_SCHOOLS = KNOWN | {ActivityState.CALLED_OFF}


class SessionStanding(TextChoices):
    """How a session stands on a day; worked out from its day and the school's word, never stored.

    DOUBTED is told in numbers inside alone (`selectors.activity`): on a page of the unit or of the school it
    would say where somebody had complained.
    """

    PLANNED = "planned", "待开展"
    TODAY = "today", "今天进校"
    CONFIRMED = "confirmed", "已开展"
    INFERRED = "inferred", "按计划推定已开展"
    DOUBTED = "doubted", "没有记录，不再推定"
    REFUSED = "refused", "学校已拒绝"
    ABSENT = "absent", "未到校"
    CALLED_OFF = "called_off", "已取消"


# Somebody really came to the school, by its word or by the plan.
TOOK_PLACE = frozenset({SessionStanding.CONFIRMED, SessionStanding.INFERRED})


class VisitKind(TextChoices):
    """What a school says of who came. The last two have no session: nobody announced them."""

    CONFIRMED = "confirmed", "已按计划开展"
    REFUSED = "refused", "已拒绝"
    ABSENT = "absent", "没有来"
    UNLISTED_REFUSED = "unlisted_refused", "不在名单内来校，已拒绝"
    UNLISTED_ADMITTED = "unlisted_admitted", "不在名单内来校，已放行"


UNLISTED = frozenset({VisitKind.UNLISTED_REFUSED, VisitKind.UNLISTED_ADMITTED})
REFUSALS = frozenset({VisitKind.REFUSED, VisitKind.UNLISTED_REFUSED})


class RefusalReason(TextChoices):
    """Why a school sent somebody away who was announced (R62, 004 三)."""

    NO_PAPER = "no_paper", "没有出示批准文件"
    BEYOND_SCOPE = "beyond_scope", "内容、年级或人数超出批准范围"
    WRONG_TIME = "wrong_time", "不在批准的时间内"
    COMMERCIAL = "commercial", "有商业推销或收费"
    DEMANDS = "demands", "要求打卡、拍照、填表或布置任务"
    CLASSES = "classes", "与考试或教学安排冲突"
    OTHER = "other", "其他原因"
