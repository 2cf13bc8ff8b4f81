"""The lines of a round as its pages show them: side by side, at a cost that does not grow with the lines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from jianfu.kernel.decisions import Decision, allow
from jianfu.kernel.policy import Finding, examine, figure_value

from . import permissions
from .facts import facts_of
from .models import Application, Assignment, Round, RoundItem, Step, Submission
from .round_permissions import DECIDES_ROUND
from .rules import RULES_OF
from .rules.load import YEAR_CAP
from .similar import similar_to_many
from .states import DECIDED, STATE_OF_STAGE, Conclusion, Road, RoundStage
from .verdicts import VERDICTS, Verdict, verdict_of

# What the opened line says of the content that was handed in; the rest is on the application's own page.
_TOLD = (
    "活动内容", "组织方式", "开展频次", "单次时长（分钟）", "学段", "年级", "实施学校", "教师承担的工作",
    "融合方式", "与现有课程的关系", "预期效果", "经费来源", "安全责任与预案",
)  # fmt: skip
_BEFORE = {RoundStage.REVIEW: "专家论证意见", RoundStage.APPROVAL: "初审意见"}


@dataclass(frozen=True)
class Experts:
    """How many agree of those who answered, on the present content; ``asked`` counts all."""

    agree: int = 0
    given: int = 0
    asked: int = 0
    conclusion: str = ""

    @property
    def words(self) -> str:
        """4/5 同意, or 3/5 已提交 as long as some are owed; empty where nobody was asked."""
        if not self.asked:
            return ""
        return (
            f"{self.agree}/{self.given} 同意"
            if self.given == self.asked
            else f"{self.given}/{self.asked} 已提交"
        )


@dataclass
class Line:
    """One application of the round. ``gone`` says what it is now where it left the stage."""

    number: int
    item: RoundItem
    verdict: Verdict | None
    gone: str = ""
    kept_from: Decision = field(default_factory=allow)
    findings: list[Finding] = field(default_factory=list)
    experts: Experts = field(default_factory=Experts)
    before: str = ""
    similar: list[Any] = field(default_factory=list)
    told: list[tuple[str, str, bool]] = field(default_factory=list)
    form: Any = None
    said: str = ""

    @property
    def application(self) -> Application:
        return self.item.application

    @property
    def finding_words(self) -> str:
        """2 条：不得重留痕、避免集中进校"""
        titles = "、".join(found.rule.title for found in self.findings)
        return f"{len(self.findings)} 条：{titles}" if titles else ""


def lines_of(round_: Round, by: Any) -> list[Line]:
    """Every line that the person may see, with what the deciders look at."""
    items = list(
        RoundItem.objects.visible_to(by)
        .filter(round=round_)
        .select_related("application__organisation", "merge_into", "marked_by__person")
        .prefetch_related("application__bases", "application__attachments")
    )
    applications = [item.application for item in items]
    handed_in, experts = _submissions(applications), _experts(applications)
    before, kept = _before(round_, applications), kept_from_deciding(applications, by, round_.stage)
    wanted = STATE_OF_STAGE[RoundStage(round_.stage)]
    numbers, similar = _numbers(round_), similar_to_many(applications)
    return [
        Line(
            number=numbers[item.pk],
            item=item,
            verdict=verdict_of(round_.stage, item.outcome, item.conclusion) if item.outcome else None,
            gone="" if item.application.state == wanted else item.application.get_state_display(),
            kept_from=kept[item.application_id],
            findings=_findings(item.application, handed_in.get(item.application_id)),
            experts=experts.get(item.application_id, Experts()),
            before=before.get(item.application_id, ""),
            similar=similar[item.application_id],
            told=_told(handed_in.get(item.application_id)),
        )
        for item in items
    ]


def _numbers(round_: Round) -> dict[int, int]:
    """序号 of each line, the same for everybody."""
    return {pk: number for number, pk in enumerate(round_.items.values_list("pk", flat=True), start=1)}


def _submissions(applications: list[Application]) -> dict[int, Submission]:
    """The last content that was handed in, by application."""
    rows = Submission.objects.filter(application__in=applications).order_by("content_version")
    return {row.application_id: row for row in rows}


def _findings(application: Application, submission: Submission | None) -> list[Finding]:
    """What the rules say of the content alone, as of the day it was handed in."""
    if submission is None:
        return []
    day = timezone.localtime(submission.submitted_at).date()
    facts = facts_of(application, day, alone=True)
    return examine(RULES_OF[Road(application.road)], facts, district_id=application.district_id, on=day)


def _told(submission: Submission | None) -> list[tuple[str, str, bool]]:
    content = submission.content if submission else {}
    names = [*(name for name in _TOLD if name in content), *(n for n in content if n.startswith("准入条件"))]
    return [(name, content[name], len(content[name]) > 24) for name in names if content[name] != "—"]


def _experts(applications: list[Application]) -> dict[int, Experts]:
    given = Q(opinion__submitted_at__isnull=False)
    agree = given & Q(opinion__conclusion__in=[Conclusion.AGREE, Conclusion.AGREE_AMENDED])
    rows = Assignment.objects.counting().current().filter(application__in=applications).order_by()
    counted = rows.values("application_id").annotate(
        agree=Count("pk", filter=agree), given=Count("pk", filter=given), asked=Count("pk")
    )
    concluded = {row.pk: row.get_panel_conclusion_display() for row in applications}
    return {
        row["application_id"]: Experts(
            row["agree"], row["given"], row["asked"], concluded[row["application_id"]]
        )
        for row in counted
    }


def _before(round_: Round, applications: list[Application]) -> dict[int, str]:
    """What was said at the step that brought each application here."""
    if round_.stage not in _BEFORE:
        return {}
    rows = Step.objects.filter(application__in=applications, target=STATE_OF_STAGE[RoundStage(round_.stage)])
    return {row.application_id: row.note for row in rows.order_by("at", "pk")}


def before_label(stage: str) -> str:
    return _BEFORE.get(RoundStage(stage), "")


def kept_from_deciding(applications: Iterable[Application], by: Any, stage: str) -> dict[int, Decision]:
    """The separation of duties, told before anybody marks: application → why not by this person.

    One query tells those that are this person's to decide; only of the others the reason is looked up.
    """
    rows = list(applications)
    if not by.has(DECIDES_ROUND[RoundStage(stage)]):
        return {row.pk: allow() for row in rows}
    waiting = Application.objects.waiting_for(by).filter(pk__in=[row.pk for row in rows])
    free = set(waiting.values_list("pk", flat=True))
    wanted = STATE_OF_STAGE[RoundStage(stage)]
    return {
        row.pk: allow() if row.pk in free or row.state != wanted else permissions.separated_decider(row, by)
        for row in rows
    }


# --- totals ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Totals:
    """What would be approved, and how far the year's cap reaches (R50)."""

    marked: int
    lines: int
    passing: int
    hours: Decimal
    teachers: int
    schools: int
    year: int
    approved: int
    cap: int

    @property
    def after(self) -> int:
        return self.approved + self.passing

    @property
    def over(self) -> int:
        return max(self.after - self.cap, 0)


def totals(round_: Round, lines: list[Line], on: date) -> Totals:
    passing = [line.application for line in lines if line.verdict and line.verdict.passes]
    years = [line.application.year for line in lines] or [on.year]
    year = max(set(years), key=years.count)
    decided = Application.objects.campus().exclude(road=Road.CAMPUS_EXEMPT)
    return Totals(
        marked=sum(1 for line in lines if line.verdict),
        lines=len(lines),
        passing=len(passing),
        hours=sum((row.class_hours or Decimal(0) for row in passing), Decimal(0)),
        teachers=sum(row.teacher_count or 0 for row in passing),
        schools=sum(row.school_count or 0 for row in passing),
        year=year,
        approved=decided.filter(district_id=round_.district_id, year=year, state__in=DECIDED).count(),
        cap=figure_value(YEAR_CAP, round_.district_id, on),
    )


def counted(round_: Round, lines: list[Line]) -> list[tuple[str, int]]:
    """How many of each choice, in their order, then what is not marked: 同意 17, 退回补正 2."""
    counts = [
        (each.label, sum(1 for line in lines if line.verdict is each))
        for each in VERDICTS[RoundStage(round_.stage)]
    ]
    unmarked = sum(1 for line in lines if line.verdict is None)
    return [(label, count) for label, count in (*counts, ("未标记", unmarked)) if count]
