"""What a register lists, the states of a release, and how an entry stands on a day."""

from django.db.models import TextChoices


class Kind(TextChoices):
    """What a release lists. Only the first is published so far; the others are declared."""

    CAMPUS = "campus", "社会事务进校园白名单"
    INSPECTION = "inspection", "督查检查评比考核清单"
    EXEMPT = "exempt", "免申报进校园事项目录"


class State(TextChoices):
    DRAFTED = "drafted", "拟公布"
    PUBLISHED = "published", "已公布"


class Change(TextChoices):
    """What a release does with an entry, compared with the release before."""

    ADDED = "added", "新增"
    KEPT = "kept", "延续"


class Standing(TextChoices):
    """How an entry stands on a day; worked out from its dates, never stored."""

    VALID = "valid", "有效"
    EXPIRED = "expired", "已过期"
    REMOVED = "removed", "已移出"
