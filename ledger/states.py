"""The states of a ledger and its rows, and the kinds of what stands in them. Imports nothing of the app."""

from django.db.models import TextChoices


class LedgerState(TextChoices):
    OPENED = "opened", "填报中"
    SUMMARISED = "summarised", "已汇总待签发"
    SIGNED = "signed", "已签发"
    LOCKED = "locked", "已锁定"
    FILED = "filed", "已报送备案"
    # A year of before, typed in whole by the office from its paper (补录); no 科室 speaks in it.
    ENTERING = "entering", "补录中"
    CHECKING = "checking", "补录待核对"
    RECORDED = "recorded", "已补录归档"


class RowState(TextChoices):
    ASSIGNED = "assigned", "待填"
    STARTED = "started", "填写中"
    SUBMITTED = "submitted", "已报送"
    RETURNED = "returned", "已退回"
    ACCEPTED = "accepted", "已审核"
    ENTERED = "entered", "已补录"  # the office's, from a paper; nobody has answered for it


# Whose turn it is: the 科室 writes, then the office reads.
FILLABLE = frozenset({RowState.ASSIGNED, RowState.STARTED, RowState.RETURNED, RowState.ENTERED})
# The one meaning of 已填报: a person has answered for the row. What the system counted, or last year's
# words, do not make a row reported.
REPORTED = frozenset({RowState.SUBMITTED, RowState.ACCEPTED})

# Somebody has put their name to the year; only a reason opens it again.
FINAL = frozenset({LedgerState.SIGNED, LedgerState.LOCKED, LedgerState.FILED, LedgerState.RECORDED})
UNCHECKED = frozenset({LedgerState.ENTERING, LedgerState.CHECKING})  # of 补录: no second person has looked
PAST = UNCHECKED | {LedgerState.RECORDED}

TONES = {
    RowState.ASSIGNED: "grey",
    RowState.STARTED: "blue",
    RowState.SUBMITTED: "purple",
    RowState.RETURNED: "red",
    RowState.ACCEPTED: "green",
    RowState.ENTERED: "amber",
    LedgerState.OPENED: "blue",
    LedgerState.SUMMARISED: "purple",
    LedgerState.SIGNED: "green",
    LedgerState.LOCKED: "green",
    LedgerState.FILED: "green",
    LedgerState.ENTERING: "blue",
    LedgerState.CHECKING: "purple",
    LedgerState.RECORDED: "green",
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
    BACKFILLED = "backfilled", "往年补录"  # the office, from an old paper
    INCOMPARABLE = "no_past", "无上年数"  # a difference with nothing to compare: printed as —, never as 0


class FormsReading(TextChoices):
    """How row 10 adds up (R12, A9): the printed 其中, or what 需要填报 can only mean."""

    PRINTED = "printed", "照字面：共计＝取消整合＋保留＋新增"
    SENSIBLE = "sensible", "照实际：共计＝保留＋新增"


class SecondmentKind(TextChoices):
    """What a teacher is borrowed for (R86, R87, R90; domain-facts B4)."""

    MAJOR_TASK = "major_task", "重大决策部署"
    TASK_FORCE = "task_force", "专班"
    MEETING = "meeting", "会议会务"
    VILLAGE = "village", "驻村"
    ROTATION = "rotation", "交流轮岗"
    OTHER = "other", "其他"


# 000 r13: “不含交流轮岗”.
COUNTED_KINDS = frozenset(SecondmentKind) - {SecondmentKind.ROTATION}


class Establishment(TextChoices):
    ESTABLISHED = "established", "在编"
    CONTRACTED = "contracted", "编外聘用"
    SPECIAL_POST = "special_post", "特岗"


class Standing(TextChoices):
    """Where a borrowed teacher stands on a day; computed from the dates, never stored."""

    PLANNED = "planned", "未开始"
    AWAY = "away", "在借"
    ENDING = "ending", "即将到期"
    OVERDUE = "overdue", "超期未返岗"
    BACK = "back", "已返岗"
    VOIDED = "voided", "已作废"


# Natural days before the end at which a borrowing is spoken of: 30 天内到期, 7 天内到期, 今天到期.
NOTICE_DAYS = (30, 7, 0)
ENDING_WITHIN_DAYS = max(NOTICE_DAYS)  # from here on it is 即将到期


class Verdict(TextChoices):
    """处置意见 on one item of a register (R13, R72)."""

    NEW = "new", "新增"
    KEEP = "keep", "保留"
    MERGE = "merge", "合并"
    CANCEL = "cancel", "取消"


ENDING = frozenset({Verdict.MERGE, Verdict.CANCEL})  # after these the item burdens nobody any more


class Frequency(TextChoices):
    """How often a form is asked for (R71)."""

    ONCE = "once", "一次性"
    DAILY = "daily", "每日"
    WEEKLY = "weekly", "每周"
    MONTHLY = "monthly", "每月"
    TERMLY = "termly", "每学期"
    YEARLY = "yearly", "每年"


class Respondents(TextChoices):
    SCHOOLS = "schools", "学校"
    TEACHERS = "teachers", "教师"
    BOTH = "both", "学校和教师"


class ChannelKind(TextChoices):
    GROUP = "group", "工作群"
    APP = "app", "政务 APP"
    ACCOUNT = "account", "公众号"
    PLATFORM = "platform", "填报平台"


class GatheringKind(TextChoices):
    TRAINING = "training", "培训"
    MEETING = "meeting", "会议"
    CONTEST = "contest", "竞赛"


class DutyKind(TextChoices):
    SPECIAL = "special", "专项任务"
    CITY = "city", "城市创优评先"
    EXAM = "exam", "社会考试"


class ProblemKind(TextChoices):
    """004 三: what the clean-up of 进校园 looks for (R58)."""

    UNRELATED = "unrelated", "无关"
    DISORDERLY = "disorderly", "无序"
    INEFFECTIVE = "ineffective", "无效"
    OTHER = "other", "其他"


class ProblemSource(TextChoices):
    SURVEY = "survey", "排查摸底"
    COMPLAINT = "complaint", "投诉举报"
    INSPECTION = "inspection", "督导检查"
    SENTINEL = "sentinel", "监测哨点"
    SELF = "self", "自查"


class ProblemState(TextChoices):
    FOUND = "found", "待交办"
    ASSIGNED = "assigned", "整改中"
    MENDED = "mended", "待核销"
    CLOSED = "closed", "已销号"


TONES |= {
    ProblemState.FOUND: "grey",
    ProblemState.ASSIGNED: "amber",
    ProblemState.MENDED: "purple",
    ProblemState.CLOSED: "green",
}


class IntakeState(TextChoices):
    """An uploaded file on its way into the ledger. Only CONFIRMED has written anything."""

    WAITING = "waiting", "等待读取"
    READING = "reading", "正在读"
    READ = "read", "待确认"
    WRITING = "writing", "正在写入"
    CONFIRMED = "confirmed", "已写入"
    FAILED = "failed", "没有读成"
    DISCARDED = "discarded", "已放弃"
    EXPIRED = "expired", "已过期"


# Somebody or something still has to act on it; everything else is over, and its file is gone.
INTAKE_PENDING = frozenset({IntakeState.WAITING, IntakeState.READING, IntakeState.READ, IntakeState.WRITING})


class Wording(TextChoices):
    """Which words a row takes when a year is opened from an earlier one (R9): never rewritten in silence."""

    KEPT = "kept", "照上年原文"
    SHIFTED = "shifted", "照上年原文，年份顺延"
    TEMPLATE = "template", "用现行表样的文字"
    LEFT_OUT = "left_out", "本年不列"
