"""绩效评估: who is asked what. At most five questions a party, each answered by one of five grades."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import IntegerChoices, TextChoices


class Party(TextChoices):
    SCHOOL = "school", "学校"
    BUREAU = "bureau", "区教委"
    DEPARTMENT = "department", "部门自评"


class Grade(IntegerChoices):
    """Each step is 20 of 100."""

    BEST = 5, "很好"
    GOOD = 4, "较好"
    FAIR = 3, "一般"
    POOR = 2, "较差"
    WORST = 1, "很差"

    @property
    def points(self) -> int:
        return int(self) * 20


@dataclass(frozen=True)
class Question:
    code: str
    words: str


QUESTIONS: dict[str, tuple[Question, ...]] = {
    Party.SCHOOL: (
        Question("effect", "对学生的教育效果"),
        Question("order", "不影响正常教学"),
        Question("burden", "不增加教师负担"),
    ),
    Party.BUREAU: (
        Question("effect", "教育效果"),
        Question("approved", "按批准的内容、时间和范围开展"),
        Question("joined", "与学科教学、课后服务等融合"),
    ),
    Party.DEPARTMENT: (
        Question("effect", "达到预期效果"),
        Question("prepared", "组织和安全准备"),
        Question("burden", "不要学校和教师做额外的事"),
    ),
}
LINE_LIMIT = 200


@dataclass(frozen=True)
class Season:
    """秋季 is August to January, 春季 February to July: every day lies in one."""

    year: int
    autumn: bool

    @classmethod
    def of(cls, day: date) -> Season:
        return cls(day.year - (day.month == 1), day.month >= 8 or day.month == 1)

    @classmethod
    def read(cls, key: str) -> Season | None:
        """From an address; None for what is none."""
        year, _dash, half = key.partition("-")
        if half not in ("autumn", "spring") or not (year.isascii() and year.isdigit() and len(year) == 4):
            return None
        return cls(int(year), half == "autumn") if 2000 <= int(year) < 2199 else None

    @property
    def key(self) -> str:
        return f"{self.year}-{'autumn' if self.autumn else 'spring'}"

    @property
    def label(self) -> str:
        return f"{self.year}年{'秋' if self.autumn else '春'}季学期"

    @property
    def first(self) -> date:
        return date(self.year, 8 if self.autumn else 2, 1)

    @property
    def last(self) -> date:
        return date(self.year + 1, 1, 31) if self.autumn else date(self.year, 7, 31)

    @property
    def before(self) -> Season:
        return Season.of(self.first - timedelta(days=1))


class FeedbackTopic(TextChoices):
    ROAD = "road", "申请和审批"
    LIST = "list", "白名单和进校活动"
    INSPECTION = "inspection", "督查检查评比考核"
    FORMS = "forms", "报表和平台"
    OTHER = "other", "其他"
