"""What a register lists, the states of a release, and how an entry stands on a day."""

from django.db.models import TextChoices

NUMBER_PREFIX = "BMD"  # of an entry's number: BMD20260001


class Kind(TextChoices):
    """What a release lists. The inspections are approvals' own: a release of them follows their plan."""

    CAMPUS = "campus", "社会事务进校园白名单"
    INSPECTION = "inspection", "督查检查评比考核清单"
    EXEMPT = "exempt", "免申报进校园事项目录"


PREPARED = (Kind.CAMPUS, Kind.EXEMPT)  # by the office, from what was filed; the first is the usual one


class State(TextChoices):
    DRAFTED = "drafted", "拟公布"
    POSTED = "posted", "公示中"
    SUBMITTED = "submitted", "待签发"
    SIGNED = "signed", "已签发"
    PUBLISHED = "published", "已公布"


UNPUBLISHED = frozenset(State) - {State.PUBLISHED}
TONES = {
    State.DRAFTED: "amber",
    State.POSTED: "purple",
    State.SUBMITTED: "blue",
    State.SIGNED: "blue",
    State.PUBLISHED: "green",
}


class Change(TextChoices):
    """What a release does with an entry, compared with the release before."""

    ADDED = "added", "新增"
    CHANGED = "changed", "调整"
    KEPT = "kept", "延续"


class LineChange(TextChoices):
    """The same of a line of the inspections, where what left is told beside what stays."""

    ADDED = "added", "新增"
    CHANGED = "changed", "调整"
    KEPT = "kept", "延续"
    REMOVED = "removed", "移出"


class Leaving(TextChoices):
    """Why an entry of the release before is not in this one."""

    REMOVED = "removed", "移出"
    ENDED = "ended", "到期"
    REPLACED = "replaced", "调整"


class Standing(TextChoices):
    """How an entry stands on a day; worked out from its dates, never stored."""

    VALID = "valid", "有效"
    EXPIRED = "expired", "已过期"
    REMOVED = "removed", "已移出"
