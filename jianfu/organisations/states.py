"""Kinds of organisations and the roles people hold in them."""

from django.db.models import TextChoices


class Kind(TextChoices):
    BUREAU = "bureau", "区教委"
    SECTION = "section", "科室"
    SCHOOL = "school", "学校"
    DEPARTMENT = "department", "部门"
    TOWN = "town", "镇街"
    LEADING_GROUP = "leading_group", "领导小组"
    PANEL = "panel", "专家委员会"


class SchoolStage(TextChoices):
    PRIMARY = "primary", "小学"
    JUNIOR = "junior", "初中"
    NINE_YEAR = "nine_year", "九年一贯制"
    SENIOR = "senior", "高中"
    COMPLETE = "complete", "完全中学"
    SPECIAL = "special", "特殊教育"


class Role(TextChoices):
    APPLICANT = "applicant", "申报经办人"
    EXPERT = "expert", "专家"
    FIRST_REVIEWER = "first_reviewer", "初审人"
    LEADER = "leader", "领导小组成员"
    PARTY_OFFICE = "party_office", "党委办审核人"
    GOVERNMENT_OFFICE = "government_office", "政府办审核人"
    COMMITTEE = "committee", "党委（人社）审批人"
    PUBLICATION_CLERK = "publication_clerk", "领导小组办公室经办人"
    SECTION_CLERK = "section_clerk", "科室填报员"
    LEDGER_OFFICE = "ledger_office", "台账汇总人"
    SCHOOL = "school", "学校经办人"
    COMPLAINT_HANDLER = "complaint_handler", "投诉办理人"
    SYSTEM_ADMINISTRATOR = "system_administrator", "系统管理员"
    SECURITY_ADMINISTRATOR = "security_administrator", "安全管理员"
    AUDITOR = "auditor", "审计员"
    CITY_OFFICE = "city_office", "市级汇总人"


class SpanKind(TextChoices):
    """Days in a term on which nothing else should come to a school."""

    EXAM = "exam", "考试周"
    GRADUATION = "graduation", "毕业班备考"
    CLOSED = "closed", "停课放假"


# 三员分立: each excludes the other two and every business role.
ADMINISTRATORS = frozenset({Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDITOR})

# Who works in the bureau or for the leading group, and may therefore see what departments handed in.
STAFF = frozenset(
    {
        Role.FIRST_REVIEWER,
        Role.LEADER,
        Role.PARTY_OFFICE,
        Role.GOVERNMENT_OFFICE,
        Role.COMMITTEE,
        Role.PUBLICATION_CLERK,
        Role.SECTION_CLERK,
        Role.LEDGER_OFFICE,
        Role.COMPLAINT_HANDLER,
    }
)

# What nobody can do for another: keep the keys of the house, and give a personal opinion.
UNDELEGABLE = ADMINISTRATORS | {Role.EXPERT}
