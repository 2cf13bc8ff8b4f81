"""The states of an application, the roads it may take, and the words of its form."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import TextChoices


class Road(TextChoices):
    """The table an application walks by (design.md 3)."""

    CAMPUS_ANNUAL = "campus_annual", "进校园·年度"
    CAMPUS_SINGLE = "campus_single", "进校园·一事一审"
    CAMPUS_URGENT = "campus_urgent", "进校园·即时突发"
    CAMPUS_EXEMPT = "campus_exempt", "进校园·免申报"
    INSPECTION_PLAN = "inspection_plan", "督查·年度计划"
    INSPECTION_SINGLE = "inspection_single", "督查·一事一报"
    SURVEY = "survey", "统计调研"
    SECONDMENT = "secondment", "借用教师"
    SECONDMENT_SHORT = "secondment_short", "短期抽调"


CAMPUS = frozenset({Road.CAMPUS_ANNUAL, Road.CAMPUS_SINGLE, Road.CAMPUS_URGENT, Road.CAMPUS_EXEMPT})
INSPECTIONS = frozenset({Road.INSPECTION_PLAN, Road.INSPECTION_SINGLE})
SECONDMENTS = frozenset({Road.SECONDMENT, Road.SECONDMENT_SHORT})


class State(TextChoices):
    """Named by what has happened; the label says what is going on now."""

    DRAFTED = "drafted", "草稿"
    # 进校园
    SUBMITTED = "submitted", "专家论证"
    APPRAISED = "appraised", "区教委初审"
    REVIEWED = "reviewed", "领导小组审批"
    APPROVED = "approved", "备案"
    FILED = "filed", "待公布"
    PUBLISHED = "published", "已公布白名单"
    REPORTED = "reported", "免申报登记"
    # 督查检查评比考核, 统计调研, 短期抽调: the bureau's consent comes first
    REQUESTED = "requested", "区教委归口审核"
    COLLECTED = "collected", "列入年度计划"
    CONSENTED = "consented", "党委办、政府办审核"
    PARTY_PASSED = "party_passed", "政府办审核"
    GOVERNMENT_PASSED = "government_passed", "党委办审核"
    VETTED = "vetted", "党委审批"
    CLEARED = "cleared", "待公布清单"
    ANNOUNCED = "announced", "清单备案"
    RECORDED = "recorded", "已备案"
    AGREED = "agreed", "已同意"
    # 借用教师
    ASKED = "asked", "原学校和教师同意"
    SCHOOL_AGREED = "school_agreed", "区教委审核"
    BUREAU_AGREED = "bureau_agreed", "党委或人社审批"
    LENT = "lent", "在借"
    ENDED = "ended", "已返岗"
    # every road
    RETURNED = "returned", "退回补正"
    REJECTED = "rejected", "不予通过"
    WITHDRAWN = "withdrawn", "已撤回"
    MERGED = "merged", "已并入"


EDITABLE = frozenset({State.DRAFTED, State.RETURNED})
STOPPED = frozenset({State.REJECTED, State.WITHDRAWN, State.MERGED})
UNDER_WAY = frozenset(
    {
        State.SUBMITTED, State.APPRAISED, State.REVIEWED, State.APPROVED, State.FILED, State.REPORTED,
        State.REQUESTED, State.COLLECTED, State.CONSENTED, State.PARTY_PASSED, State.GOVERNMENT_PASSED,
        State.VETTED, State.CLEARED, State.ASKED, State.SCHOOL_AGREED, State.BUREAU_AGREED,
    }
)  # fmt: skip
DECIDED = frozenset(
    {
        State.APPROVED, State.FILED, State.PUBLISHED, State.CLEARED, State.ANNOUNCED, State.RECORDED,
        State.AGREED, State.LENT, State.ENDED,
    }
)  # fmt: skip


# An item that lies in the yearly plan, and goes its way with it.
LISTED = frozenset({State.COLLECTED, State.CLEARED, State.ANNOUNCED, State.RECORDED})


class PlanState(TextChoices):
    """The yearly plan of inspections, as one matter (000 r1)."""

    COLLECTING = "collecting", "汇总申报"
    SENT = "sent", "党委办、政府办审核"
    PARTY_PASSED = "party_passed", "政府办审核"
    GOVERNMENT_PASSED = "government_passed", "党委办审核"
    VETTED = "vetted", "党委审批"
    APPROVED = "approved", "待公布"
    PUBLISHED = "published", "待备案"
    FILED = "filed", "已备案"


class RoundStage(TextChoices):
    """The step that a round decides for many applications at once."""

    APPRAISAL = "appraisal", "专家论证"
    REVIEW = "review", "区教委初审"
    APPROVAL = "approval", "领导小组审批"


# Where the applications of a round stand while it is open.
STATE_OF_STAGE = {
    RoundStage.APPRAISAL: State.SUBMITTED,
    RoundStage.REVIEW: State.APPRAISED,
    RoundStage.APPROVAL: State.REVIEWED,
}


class RoundState(TextChoices):
    OPEN = "open", "办理中"
    IN_FORCE = "in_force", "已生效"
    DISSOLVED = "dissolved", "已撤销"


class Outcome(TextChoices):
    """What a round decides on one application (R54, R55: not only yes or no)."""

    PASS = "pass", "同意"
    INTEGRATE = "integrate", "同意，融入日常教育教学"
    RESOURCES = "resources", "同意，提供资源由学校自主开展"
    RETURN = "return", "退回补正"
    REJECT = "reject", "不予通过"
    MERGE = "merge", "并入其他申请"


PASSING = frozenset({Outcome.PASS, Outcome.INTEGRATE, Outcome.RESOURCES})
# 专家论证 recommends; how it may be done, and whether at all, is decided by those who come after.
OUTCOMES_AT = {
    RoundStage.APPRAISAL: (Outcome.PASS, Outcome.RETURN, Outcome.MERGE),
    RoundStage.REVIEW: tuple(Outcome),
    RoundStage.APPROVAL: tuple(Outcome),
}


class Ground(TextChoices):
    """Ready-made grounds of a negative answer; the first three are domain-facts B1."""

    UNSUITABLE = "unsuitable", "不适合进校园、效果不明显或占用教育时间过长"
    OVER_LIMIT = "over_limit", "本年度次数已超过清单规定次数"
    INTEGRATE = "integrate", "可统筹纳入日常教育教学（学科、班团队会、综合实践等）"
    BASIS = "basis", "依据不足或不符合准入条件"
    PLAN = "plan", "活动实施方案不完整"
    SAFETY = "safety", "应急预案不完整"
    SCOPE = "scope", "学校、年级、人数或课时需要调整"
    TIMING = "timing", "开展时间需要调整"
    TRACES = "traces", "含有留痕、考核或收费要求"
    REPEATED = "repeated", "与其他申请主题相同或相近"
    OTHER = "other", "其他"


class Part(TextChoices):
    """The part a person plays in one application. All but the office's must be different people."""

    APPLICANT = "applicant", "申报经办人"
    EXPERT = "expert", "论证专家"
    SCHOOL = "school", "原学校"
    REVIEWER = "reviewer", "初审人"
    PARTY_OFFICE = "party_office", "党委办审核人"
    GOVERNMENT_OFFICE = "government_office", "政府办审核人"
    LEADER = "leader", "审批人"
    OFFICE = "office", "领导小组办公室"


SEPARATED = frozenset(Part) - {Part.OFFICE}


class Criterion(TextChoices):
    """The four conditions of admission (004 四（一）); one is enough (R46)."""

    LAW = "law", "①法律法规有明文规定的"
    MANDATE = "mandate", "②中共中央、国务院，市委、市政府，区委、区政府统一安排部署的"
    EDUCATION = "education", "③有利于促进学生德智体美劳全面发展且现有课程中未开设的"
    EMERGENCY = "emergency", "④紧急情况下确需中小学教师参与并经同级党委教育工作领导小组批准的"


class Category(TextChoices):
    SPECIAL_TASK = "special_task", "专项任务"
    CITY_AWARD = "city_award", "城市创优评先"
    EDUCATION = "education", "教育宣传"
    COMMUNITY = "community", "街道社区事务"
    OTHER = "other", "其他"


class Term(TextChoices):
    SPRING = "spring", "春季学期"
    AUTUMN = "autumn", "秋季学期"
    YEAR = "year", "全年"


class Integration(TextChoices):
    """How the activity joins what the school does anyway (R54): any of them, or 未融合 alone."""

    SUBJECT = "subject", "学科教学"
    CLASS_MEETING = "class_meeting", "班团队会"
    PRACTICE = "practice", "综合实践活动"
    AFTER_SCHOOL = "after_school", "课后服务"
    CULTURE = "culture", "校园文化建设"
    NONE = "none", "未融合"


def joined(values: Iterable[str]) -> str:
    """学科教学、课后服务, in the order of the form; nothing where it stands alone."""
    kept = set(values) - {Integration.NONE}
    return "、".join(each.label for each in Integration if each in kept)


class Delivery(TextChoices):
    """Who runs it in the school (R55)."""

    VISIT = "visit", "专项进校"
    RESOURCES = "resources", "提供资源，由学校自主开展"


class Stage(TextChoices):
    PRIMARY = "primary", "小学"
    JUNIOR = "junior", "初中"
    SENIOR = "senior", "高中"


class Dimension(TextChoices):
    """What experts look at (004 四（二）, R48)."""

    THEME = "theme", "活动主题"
    SCOPE = "scope", "实施范围"
    ORGANISATION = "organisation", "组织方式"
    TIMING = "timing", "开展时间"
    EFFECT = "effect", "预期效果"
    EVALUATION = "evaluation", "考核评价"


class Judgement(TextChoices):
    """What experts conclude on (004 四（二）, R49)."""

    NECESSITY = "necessity", "必要性"
    PERTINENCE = "pertinence", "针对性"
    EDUCATIONAL_VALUE = "educational_value", "育人价值"


class Grade(TextChoices):
    AGREE = "agree", "同意"
    CONDITIONAL = "conditional", "有条件同意"
    DISAGREE = "disagree", "不同意"


class Conclusion(TextChoices):
    """The opinion of an expert, and of the panel as one (domain-facts B3)."""

    AGREE = "agree", "同意"
    AGREE_AMENDED = "agree_amended", "修改后同意"
    MERGE = "merge", "建议整合"
    DISAGREE = "disagree", "不同意"


class AttachmentKind(TextChoices):
    BASIS = "basis", "依据文件"
    PLAN = "plan", "活动实施方案"
    SAFETY = "safety", "应急预案"
    OTHER = "other", "其他材料"


class Exemption(TextChoices):
    """Why an activity needs no application and is only registered (R42; 陕西 2025: 报备)."""

    CENTRAL_TASK = "central_task", "创建全国文明城市等政府中心工作"
    CATALOGUE = "catalogue", "上级中小学进校园活动目录内的事项"
    JOINT_MINISTRY = "joint_ministry", "教育部与有关部门联合开展的活动"


class Level(TextChoices):
    """来源级别: who asked for it first (R27, domain-facts B2)."""

    NATION = "nation", "国家"
    PROVINCE = "province", "省（自治区、直辖市）"
    CITY = "city", "市"
    DISTRICT = "district", "区县"


class InspectionKind(TextChoices):
    """What counts as an inspection (R35)."""

    SUPERVISION = "supervision", "督查"
    INSPECTION = "inspection", "检查"
    COMPARISON = "comparison", "评比"
    APPRAISAL = "appraisal", "考核"
    CREATION = "creation", "创建"
    STANDARD = "standard", "达标"
    COMMENDATION = "commendation", "表彰"
    PLEDGE = "pledge", "责任状"
    VETO = "veto", "一票否决"


class InspectionMethod(TextChoices):
    ON_SITE = "on_site", "现场"
    MATERIALS = "materials", "材料"
    ONLINE = "online", "线上"


class Disposition(TextChoices):
    """保留、合并或取消 of last year's items (R13, R25)."""

    KEPT = "kept", "保留"
    MERGED = "merged", "合并"
    CANCELLED = "cancelled", "取消"


class SurveyKind(TextChoices):
    STATISTICS = "statistics", "统计"
    RESEARCH = "research", "调研"
    QUESTIONNAIRE = "questionnaire", "问卷、测评"
    FORM = "form", "报表填报"


class Channel(TextChoices):
    EXISTING = "existing", "由区教委从现有数据提供"
    ONLINE = "online", "网上填报"
    PAPER = "paper", "纸质填报"
    INTERVIEW = "interview", "走访座谈"


class BorrowKind(TextChoices):
    """Why a teacher is wanted (R86, R87)."""

    MAJOR_TASK = "major_task", "贯彻落实党和国家重大决策部署"
    CONFERENCE = "conference", "会议、会务"
    OFFICE_WORK = "office_work", "事务性工作"
