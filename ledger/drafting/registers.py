"""What the registers say was merged, cancelled, refused or answered from the files in the year."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Q
from django.urls import reverse

from ledger.models import Channel, DataReuse, Duty, Gathering, RefusedRequest, ReportForm
from ledger.querysets import register as conditions
from ledger.registers import REGISTERS
from ledger.states import ENDING, AchievementKind, DutyKind

from .proposal import Draft, Proposal, declare, each

Propose = Callable[[Any, int], Iterator[Proposal]]


def _source(
    model: Any,
    words: str,
    which: Callable[[int], Q],
    written: Callable[[Any], tuple[str, str]],
    kind: str = AchievementKind.HELD,
) -> Propose:
    """``written`` puts an item into its name and its outcome."""

    def proposal(item: Any) -> Proposal:
        name, outcome = written(item)
        return Proposal(f"{model.slug}-{item.pk}", name[:200], item.get_absolute_url(), kind, outcome=outcome)

    def propose(by: Any, year: int) -> Iterator[Proposal]:
        rows = model.objects.visible_to(by).valid().filter(which(year)).order_by("begun_on", "pk")
        unit = REGISTERS[model.slug].measure
        together = Proposal("", words, reverse("ledger:item_list", args=[model.slug]), kind, unit=unit)
        return each(f"{model.slug}-{year}-{words}", rows, proposal, together=together)

    return propose


def _ended(year: int) -> Q:
    return conditions.ended(year) & Q(verdict__in=ENDING)


def _dropped(item: Any) -> tuple[str, str]:
    return f"{item.get_verdict_display()}“{item.name}”", item.basis


def _refused(item: Any) -> tuple[str, str]:
    return f"{item.asker}：{item.name}", f"{item.refused_by}予以拒绝：{item.reason}"


def _answered(item: Any) -> tuple[str, str]:
    return f"用已有数据答复{item.requester}：{item.name}", f"减少报送 {item.times} 次"


def _borne(item: Any) -> tuple[str, str]:
    return f"{item.name}（{item.issuer}）", ""


def _duties(year: int) -> Q:
    return Q(kind=DutyKind.SPECIAL) & conditions.there_in(year)


def _cities(year: int) -> Q:
    return Q(kind=DutyKind.CITY) & conditions.there_in(year)


for _label, _topics, _propose in (
    ("取消整合的报表", {"T12"}, _source(ReportForm, "合并、取消的报表", _ended, _dropped)),
    ("撤并的工作群", {"T03", "T11"}, _source(Channel, "合并、撤销的工作群和政务应用", _ended, _dropped)),
    ("取消合并的培训会议", {"T10", "T19"}, _source(Gathering, "合并、取消的培训会议竞赛", _ended, _dropped)),
    ("专项任务", {"T05"}, _source(Duty, "统筹安排的专项任务", _duties, _borne)),
    ("城市创优评先", {"T06"}, _source(Duty, "统筹安排的城市创优评先任务", _cities, _borne)),
    ("数据共享", {"T14"}, _source(DataReuse, "用已有数据答复的报送要求", conditions.begun, _answered)),
    (
        "拒绝记录",
        {"T07", "T09"},
        _source(RefusedRequest, "拒绝的不合理要求", conditions.begun, _refused, AchievementKind.DECLINED),
    ),
):
    declare(Draft(_label, frozenset(_topics), _propose))
