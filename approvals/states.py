"""The states of an application, the roads it may take, and the words of its form."""

from __future__ import annotations

from django.db.models import TextChoices


class Road(TextChoices):
    """The table an application walks by (design.md 3). Roads without a table are declared and closed."""

    CAMPUS_ANNUAL = "campus_annual", "进校园·年度"
    CAMPUS_SINGLE = "campus_single", "进校园·一事一审"
    CAMPUS_URGENT = "campus_urgent", "进校园·即时突发"
    CAMPUS_EXEMPT = "campus_exempt", "进校园·免申报"
    INSPECTION_PLAN = "inspection_plan", "督查·年度计划"
    INSPECTION_SINGLE = "inspection_single", "督查·一事一报"
    SURVEY = "survey", "统计调研"
    SECONDMENT = "secondment", "抽调借用"


class State(TextChoices):
    """Named by what has happened; the label says what is going on now."""

    DRAFTED = "drafted", "草稿"
    SUBMITTED = "submitted", "专家论证"
    APPRAISED = "appraised", "区教委初审"
    REVIEWED = "reviewed", "领导小组审批"
    APPROVED = "approved", "备案"
    FILED = "filed", "待公布"
    PUBLISHED = "published", "已公布白名单"
    RETURNED = "returned", "退回补正"
    REJECTED = "rejected", "不予通过"
    WITHDRAWN = "withdrawn", "已撤回"


EDITABLE = frozenset({State.DRAFTED, State.RETURNED})
UNDER_WAY = frozenset({State.SUBMITTED, State.APPRAISED, State.REVIEWED, State.APPROVED, State.FILED})
DECIDED = frozenset({State.APPROVED, State.FILED, State.PUBLISHED})


class Part(TextChoices):
    """The part a person plays in one application. The first four must be different people."""

    APPLICANT = "applicant", "申报经办人"
    EXPERT = "expert", "论证专家"
    REVIEWER = "reviewer", "初审人"
    LEADER = "leader", "审批人"
    OFFICE = "office", "领导小组办公室"


SEPARATED = frozenset({Part.APPLICANT, Part.EXPERT, Part.REVIEWER, Part.LEADER})


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
    """How the activity joins what the school does anyway (004 四（四）, R54)."""

    SUBJECT = "subject", "学科教学"
    CLASS_MEETING = "class_meeting", "班团队会"
    PRACTICE = "practice", "综合实践活动"
    AFTER_SCHOOL = "after_school", "课后服务"
    CULTURE = "culture", "校园文化建设"
    NONE = "none", "未融合"


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
