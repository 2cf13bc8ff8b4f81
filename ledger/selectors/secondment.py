"""Reads of the register of borrowed teachers: what a record shows, what is wrong with it, how many."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum

from jianfu.kernel.dates import chinese_date
from jianfu.kernel.names import mask_name
from jianfu.kernel.policy import Finding, figure_value
from ledger.models import Secondment
from ledger.permissions.secondment import may_see_name
from ledger.querysets.beside import AnyOf
from ledger.querysets.secondment import called_back, conditions, counted, not_back_before
from ledger.rules import secondment as rules
from ledger.states import Standing

TONES = {
    Standing.PLANNED: "grey",
    Standing.AWAY: "blue",
    Standing.ENDING: "amber",
    Standing.OVERDUE: "red",
    Standing.BACK: "green",
    Standing.VOIDED: "grey",
}


@dataclass(frozen=True)
class Shown:
    """A record as one reader may see it: ``name`` is masked where they have no need of it."""

    record: Secondment
    name: str
    named: bool
    standing: Standing
    tone: str
    remaining: rules.DaysLeft | None
    over_limit: bool

    @property
    def label(self) -> str:
        """30 天内到期, 7 天内到期, 今天到期 as the end comes near; before and after it the standing."""
        near = rules.notice(self.remaining.days) if self.remaining else ""
        return near or str(self.standing.label)

    @property
    def risk(self) -> str:
        """在编不在岗风险 of who should be back."""
        return rules.RISK if self.standing == Standing.OVERDUE else ""


def limit_months(district_id: int, starts_on: date) -> int:
    """The limit in force on the first day: an old record is judged by the figure of its day."""
    return int(figure_value(rules.SECONDMENT_MONTHS, district_id, starts_on))


def shown(record: Secondment, by: Any, on: date) -> Shown:
    """Without a query when the record came through ``for_list``."""
    named = bool(may_see_name(by, record))
    now = record.standing_on(on)
    runs = now in {Standing.AWAY, Standing.ENDING, Standing.OVERDUE}
    months = limit_months(record.district_id, record.starts_on)
    return Shown(
        record=record,
        name=record.teacher.name if named else mask_name(record.teacher.name),
        named=named,
        standing=now,
        tone=TONES[now],
        remaining=rules.DaysLeft(record.ends_on, (record.ends_on - on).days) if runs else None,
        over_limit=not record.is_voided
        and rules.is_over_limit(record.kind, record.starts_on, record.last_day_away(on), months),
    )


def masked(row: Shown) -> Shown:
    """The record without the name, for a copy that goes to whom it is no concern of."""
    return replace(row, name=mask_name(row.record.teacher.name), named=False)


def facts(record: Secondment, on: date) -> dict[str, Any]:
    """What the rules judge, with what stands beside the record in the register."""
    months = limit_months(record.district_id, record.starts_on)
    beside = Secondment.objects.filter(district_id=record.district_id).valid().exclude(pk=record.pk)
    meanwhile = beside.away_between(record.starts_on, record.last_day_away(on), on).select_related("school")
    same = meanwhile.filter(teacher_id=record.teacher_id)
    others = meanwhile.filter(teacher__name=record.teacher.name).exclude(teacher_id=record.teacher_id)
    return record.facts(
        on,
        months,
        overlaps=[_in_words(other) for other in same],
        namesakes=[f"{other.label}，{other.school}" for other in others[:3]],
    )


def blocking(record: Secondment, on: date) -> list[Finding]:
    """Why the record may not be saved as it stands."""
    return rules.what_blocks(facts(record, on), district_id=record.district_id, on=on)


def to_mend(record: Secondment, on: date) -> list[Finding]:
    """What the self-check of 15 June would find on the record; nothing on a voided one."""
    if record.is_voided:
        return []
    return rules.what_to_mend(facts(record, on), district_id=record.district_id, on=on)


def _in_words(record: Secondment) -> str:
    start, end = chinese_date(record.starts_on), chinese_date(record.returned_on or record.ends_on)
    what = "返岗" if record.returned_on else "到期"
    return f"{record.label}，{record.borrowing_unit_name}，{start}起，{end}{what}"


@dataclass(frozen=True)
class Counts:
    """Records of teachers now away, those of them near or past the end, and the people of row 13."""

    away: int
    ending: int
    overdue: int
    people: int


def counts(rows: QuerySet[Secondment], on: date, year: int) -> Counts:
    """Three numbers of records, and one of people: once each, 交流轮岗 left out. One query."""
    now = conditions(on)
    found = rows.valid().aggregate(
        away=Count("pk", filter=now[Standing.AWAY] | now[Standing.ENDING] | now[Standing.OVERDUE]),
        ending=Count("pk", filter=now[Standing.ENDING]),
        overdue=Count("pk", filter=now[Standing.OVERDUE]),
        people=Count("teacher_id", filter=counted(year, on), distinct=True),
    )
    return Counts(**found)


def known_approvers(district_id: int) -> list[str]:
    """审批单位 named before, to choose from. None is filled in: who approved is never guessed."""
    rows = Secondment.objects.filter(district_id=district_id).exclude(approving_body="")
    return list(rows.order_by("approving_body").values_list("approving_body", flat=True).distinct()[:50])


def last_known(teacher_id: int) -> Secondment | None:
    """The newest record, from which subject and 编制 are taken over rather than asked again (R78)."""
    return Secondment.objects.filter(teacher_id=teacher_id).valid().order_by("-starts_on", "-pk").first()


@dataclass(frozen=True)
class OfAYear:
    """What the register says of a year: 人数 (each teacher once) and 人次 of row 13, the people of row 4. It
    has not ``begun`` where it knows nothing of the year or before."""

    begun: bool
    people: int
    records: int
    called_back: int


def of_a_year(rows: QuerySet[Secondment], year: int, on: date) -> OfAYear:
    """Both figures in one query, teacher by teacher, over no record that is of neither."""
    ended, going_on = called_back(year, on)
    teachers = (
        rows.valid()
        .filter(not_back_before(year))
        .order_by()
        .values(who=F("teacher_id") + 0)  # else SQLite walks all districts' records in their teachers' order
        .annotate(
            mine=Count("pk", filter=counted(year, on)),
            ended=Count("pk", filter=ended),
            going_on=Count("pk", filter=going_on),
        )
    )
    known = rows.valid().filter(starts_on__lte=date(year, 12, 31))
    found = teachers.aggregate(
        begun=AnyOf(known),
        people=Count("who", filter=Q(mine__gt=0)),
        records=Sum("mine", default=0),
        called_back=Count("who", filter=Q(ended__gt=0, going_on=0)),
    )
    return OfAYear(**found)


def filtered(
    rows: QuerySet[Secondment], chosen: Mapping[str, Any], user: Any, on: date, *, now_away: str
) -> QuerySet[Secondment]:
    """What a reader asked for; a name is looked for only among the rows whose names they may read."""
    if chosen.get("q"):
        readable = Secondment.objects.named_for(user).filter(teacher__name__icontains=chosen["q"])
        rows = rows.filter(pk__in=readable.values("pk"))
    if chosen.get("year"):
        year = int(chosen["year"])
        rows = rows.away_between(date(year, 1, 1), date(year, 12, 31), on)
    if chosen.get("school"):
        rows = rows.filter(school=chosen["school"])
    if chosen.get("unit"):
        rows = rows.filter(borrowing_unit_name__icontains=chosen["unit"])
    if chosen.get("kind"):
        rows = rows.filter(kind=chosen["kind"])
    return _standing(rows, chosen.get("standing"), on, now_away)


def _standing(
    rows: QuerySet[Secondment], standing: str | None, on: date, now_away: str
) -> QuerySet[Secondment]:
    """Records made by mistake are shown only to who asks for them."""
    if not standing:
        return rows.valid()
    return rows.away_now(on) if standing == now_away else rows.standing(standing, on)


def behind_figure(rows: QuerySet[Secondment], figure: str, year: int, on: date) -> QuerySet[Secondment]:
    """Exactly the records that a figure of the ledger was counted from."""
    return rows.called_back_from_village(year, on) if figure == "I4" else rows.counted_in(year, on)


def falling_due(user: Any, on: date) -> QuerySet[Secondment]:
    """Overdue or ending within 30 days, of the user's visible rows."""
    now = conditions(on)
    return Secondment.objects.visible_to(user).valid().filter(now[Standing.ENDING] | now[Standing.OVERDUE])
