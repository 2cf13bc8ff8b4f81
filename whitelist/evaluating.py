"""An evaluation in words: its facts, how its score is made, and what still waits for whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from jianfu.kernel.calendar import WorkCalendar
from jianfu.kernel.dates import chinese_date, today
from jianfu.organisations.states import Role
from whitelist.permissions import may_assess
from whitelist.selectors.evaluation import Evaluation, complained_of, owed
from whitelist.states import Party


@dataclass(frozen=True)
class Owed:
    """One voice that the person may give."""

    title: str
    unit: str
    party: Party
    url: str
    evaluation: Evaluation


def owed_by(user: Any) -> list[Owed]:
    """What the person may still say, the oldest first."""
    schools, units = user.organisation_ids(Role.SCHOOL), user.organisation_ids(Role.APPLICANT)
    bureau = bool(may_assess(user))
    if not (schools or units or bureau):
        return []
    found = owed(schools, units, bureau=bureau, district_id=user.district_id)
    return [
        Owed(
            each.entry.title,
            each.entry.lead_name,
            party,
            reverse("whitelist:evaluation_give", args=[each.entry.pk, each.season.key, party.value]),
            each,
        )
        for each, party, _unit in found
    ]


@dataclass(frozen=True)
class Line:
    """One line of the list."""

    evaluation: Evaluation
    url: str
    schools: str
    bureau: str
    department: str
    remaining: Any
    reached: bool


def line_of(found: Evaluation, calendar: WorkCalendar) -> Line:
    lacking = found.lacks(Party.BUREAU) or found.lacks(Party.DEPARTMENT)
    waits = found.is_open and lacking
    return Line(
        found,
        reverse("whitelist:evaluation_detail", args=[found.entry.pk, found.season.key]),
        f"{found.school_answers}/{len(found.visited)} 所",
        "—" if found.lacks(Party.BUREAU) else "已评",
        "—" if found.lacks(Party.DEPARTMENT) else "已评",
        calendar.remaining(found.due_on, today()) if waits else None,
        bool(found.grounds),
    )


def facts_of(found: Evaluation) -> list[tuple[Any, ...]]:
    """What the records say already: it is not asked."""
    return [
        ("白名单编号", found.entry.number),
        ("部门", found.entry.lead_name),
        ("学期", found.season.label),
        ("来校", f"{found.held} 次，{len(found.visited)} 所学校"),
        ("学校拒绝", f"{found.refused} 次"),
        ("评价时间", f"{chinese_date(found.opens_on)}至{chinese_date(found.due_on)}"),
    ]


def grounds_of(found: Evaluation, by: Any) -> list[tuple[str, str]]:
    """(words, address of the proposal) of each threshold that is reached."""
    complained = complained_of(found, by)
    reached = [*found.grounds, *([("disliked", complained)] if complained else [])]
    return [
        (
            words,
            reverse("whitelist:removal_form")
            + "?"
            + urlencode(
                {
                    "entry": found.entry.number,
                    "ground": ground,
                    "source": "evaluation",
                    "reference": found.season.key,
                }
            ),
        )
        for ground, words in reached
    ]


def definition(found: Evaluation) -> list[str]:
    """How the figures of the page are made."""
    weights = "，".join(f"{party.label} {found.weights[party]}%" for party in Party)
    least, refusals = found.thresholds["score"], found.thresholds["refusals"]
    return [
        "每题五档：很好 100 分、较好 80 分、一般 60 分、较差 40 分、很差 20 分；"
        "一方的得分是各题的平均，学校一方再取各校的平均。",
        f"总分按权重平均：{weights}；没有作答的一方不计，权重按比例分给其他各方。",
        f"作答的学校少于 {found.minimum} 所时不计分，显示“—”，也不显示分布，免得看出是哪所学校写的。",
        f"移出线索：总分低于 {least} 分，或一学期内学校拒绝达到 {refusals} 次。"
        "权重和各项数在政策参数里，注明依据，可按本区文件改。",
        "来校和拒绝从场次和来校记录数出，到期没有人说明的场次按计划推定已开展。",
    ]
