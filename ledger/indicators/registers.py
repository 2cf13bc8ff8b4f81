"""Rows 3, 6, 10, 12 and 14 of 000, counted from the registers; a register that began later says nothing."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Min, Q, QuerySet, Sum
from django.urls import reverse

from jianfu.kernel.indicators import Indicator, Measured, declare, names
from ledger.models import Ledger
from ledger.querysets import register as conditions
from ledger.querysets.beside import OneOf
from ledger.registers import REGISTERS
from ledger.registers.counted import COUNTED, forms_in_all
from ledger.states import ChannelKind, DutyKind, FormsReading, GatheringKind


def _rows(slug: str, district: Any) -> QuerySet:
    rows: QuerySet = REGISTERS[slug].model.objects.filter(district_id=district.pk).valid().order_by()
    return rows


def _counted(code: str, year: int) -> Q:
    return COUNTED[code][1](year)


def _asked(slug: str, district: Any, year: int, looked_at: Q, **wanted: Any) -> dict[str, Any]:
    """What is ``wanted`` of the valid rows ``looked_at``; nothing where the register had not begun. Where
    there is none to look at, and only there, that is a question of its own."""
    rows = _rows(slug, district)
    found = rows.filter(looked_at).aggregate(rows=Count("pk"), **wanted)
    begun = found.pop("rows") or rows.filter(begun_on__lte=conditions.last_day(year)).exists()
    return found if begun else {}


def _unknown(slug: str, year: int) -> Measured:
    return Measured(None, f"{REGISTERS[slug].label}里没有{year}年及以前的记录，数不出来")


def _address(code: str) -> Any:
    slug = COUNTED[code][0]
    return lambda _district, year: f"{reverse('ledger:item_list', args=[slug])}?counted={year}&figure={code}"


def groups_gone(district: Any, year: int) -> Measured:
    """I3: merged and revoked in the year, whenever they were made."""
    groups, made = Q(kind=ChannelKind.GROUP), conditions.begun(year)
    found = _asked(
        "channels",
        district,
        year,
        groups & (made | conditions.ended(year)),
        gone=Count("pk", filter=_counted("I3", year)),
        made=Count("pk", filter=groups & made),
    )
    if not found:
        return _unknown("channels", year)
    net = found["gone"] - found["made"]
    return Measured(
        found["gone"], f"{year}年合并、撤销 {found['gone']} 个，新建 {found['made']} 个，净减少 {net} 个"
    )


def city_tasks(district: Any, year: int) -> Measured:
    """I6: the names of what was borne on any day of the year."""
    rows = _rows("duties", district)
    named = rows.filter(_counted("I6", year)).values("name").annotate(first=Min("begun_on"))
    times = dict(named.order_by("first", "name").values_list("name", Count("pk")))
    if not times and not rows.filter(begun_on__lte=conditions.last_day(year)).exists():
        return _unknown("duties", year)
    return Measured(names(times), f"{year}年承担的{DutyKind.CITY.label}任务 {sum(times.values())} 项")


def forms(district: Any, year: int) -> dict[str, Measured]:
    """I10a–d in one query. I10a follows the reading that the ledger's template was given (A9, R12)."""
    of = {code: _counted(code, year) for code in ("I10b", "I10c", "I10d")}
    found = _asked(
        "forms",
        district,
        year,
        conditions.there_in(year),
        there=Count("pk"),
        reading=OneOf(_readings(district, year)[:1]),
        **{code: Count("pk", filter=condition) for code, condition in of.items()},
    )
    if not found:
        return dict.fromkeys(("I10a", *of), _unknown("forms", year))
    kept, added, dropped = found["I10c"], found["I10d"], found["I10b"]
    passing = found["there"] - kept - added - dropped
    short = f"另有 {passing} 张当年新增又当年取消，未计入" if passing else ""
    return {
        "I10a": _all_forms(kept, added, dropped, found["reading"]),
        "I10b": Measured(dropped, f"上年已有、{year}年合并或取消 {dropped} 张"),
        "I10c": Measured(kept, f"上年已有、{year}年末仍在填报 {kept} 张"),
        "I10d": Measured(added, "；".join(filter(None, (f"{year}年新增、年末仍在填报 {added} 张", short)))),
    }


def _all_forms(kept: int, added: int, dropped: int, reading: str | None) -> Measured:
    printed, sensible = kept + added + dropped, kept + added
    chosen = sensible if reading == FormsReading.SENSIBLE else printed
    return Measured(chosen, f"按表内“其中”相加为 {printed} 张，只计保留和新增为 {sensible} 张")


def _readings(district: Any, year: int) -> QuerySet:
    """That of the year's ledger, if it is open already; 表内其中的读法 until then."""
    known = Ledger.objects.filter(district_id=district.pk, year=year).order_by()
    return known.values_list("template__forms_reading", flat=True)


def behind(code: str, district: Any, year: int) -> Q:
    """The condition of the rows behind a figure, I10a in the district's reading."""
    if code != "I10a":
        return _counted(code, year)
    return forms_in_all(year, _readings(district, year).first() or FormsReading.PRINTED)


def reports_saved(district: Any, year: int) -> Measured:
    """I12: what passed through the program or was entered in the register."""
    found = _asked(
        "reuses",
        district,
        year,
        _counted("I12", year),
        saved=Sum("times"),
        answers=Count("pk"),
        by_itself=Count("pk", filter=Q(application__isnull=False)),
    )
    if not found:
        return _unknown("reuses", year)
    times = found["saved"] or 0
    return Measured(
        times, f"{year}年用已有数据答复 {found['answers']} 次，其中申请自动记入 {found['by_itself']} 次，"
        f"少报 {times} 次",
    )  # fmt: skip


def unrelated_training(district: Any, year: int) -> Measured:
    """I14: people in trainings that have nothing to do with teaching; 场次 stands beside (A9)."""
    mine = _counted("I14", year)
    others = Q(kind__in=[GatheringKind.MEETING, GatheringKind.CONTEST], is_related=False)
    found = _asked(
        "gatherings",
        district,
        year,
        conditions.begun(year),
        trained=Sum("people", filter=mine),
        held=Count("pk", filter=mine),
        elsewhere=Sum("people", filter=others),
    )
    if not found:
        return _unknown("gatherings", year)
    apart = f"；另有会议、竞赛 {found['elsewhere']} 人次，未计入" if found["elsewhere"] else ""
    people = found["trained"] or 0
    return Measured(people, f"{year}年与教育教学无关的培训 {found['held']} 场、{people} 人次{apart}")


def _one_of_the_forms(code: str) -> Any:
    return lambda district, year: forms(district, year)[code]


declare(
    Indicator(
        code="I3",
        name="合并撤销减少的各类工作群数量",
        unit="个",
        definition="本年内合并或撤销的工作群个数，按停止日期计，不扣除新建的；政务 APP、公众号等不计。",
        source="工作群和应用清单（000 r3）",
        query="类别为工作群，停止日期在本年",
        measure=groups_gone,
        records_url=_address("I3"),
        less_is_better=False,
    )
)
declare(
    Indicator(
        code="I6",
        name="本年主要承担的城市创优评先任务名称",
        unit="",
        definition="类别为城市创优评先、本年有任何一天由学校承担的任务名称，同名的只列一次；没有的写“无”。",
        source="专项任务和社会考试清单（000 r6）",
        query="类别为城市创优评先，起止日期与本年有重叠",
        measure=city_tasks,
        records_url=_address("I6"),
    )
)
_FORM_FIGURES = (
    (
        "I10a",
        "需要基层填报的工作报表共计",
        "取消整合、保留、新增三数之和（表内“其中”的读法）；台账模板改为只计保留和新增的，按改后的口径。",
        True,
    ),
    ("I10b", "取消整合的工作报表", "上年末仍在填报、本年合并或取消的报表张数。", False),
    ("I10c", "保留的工作报表", "上年末仍在填报、本年末（当年看到今天）还在填报的报表张数。", True),
    ("I10d", "新增的工作报表", "本年开始填报、本年末还在填报的报表张数；当年新增又当年取消的不计。", True),
)
for _code, _name, _definition, _less in _FORM_FIGURES:
    declare(
        Indicator(
            code=_code,
            name=_name,
            unit="张",
            definition=_definition,
            source="报表清单（000 r10）",
            query="按开始填报和停止日期归入本年的新增、保留或取消整合",
            measure=_one_of_the_forms(_code),
            together=forms,
            records_url=_address(_code),
            less_is_better=_less,
        )
    )
declare(
    Indicator(
        code="I12",
        name="依靠共享平台数据减少基层信息报送",
        unit="次",
        definition="本年内用已有数据答复、因而不再让学校报送的次数：一次答复减少的报送次数为本来要报的学校数。"
        "由现有数据提供的申请自动记入，其他的登记在数据共享记录里，写明依据。",
        source="数据共享记录（000 r12）",
        query="提供日期在本年的记录，减少报送次数之和",
        beyond="没有经过本平台的共享次数不在记录里，由填报人补计并写明依据。",
        measure=reports_saved,
        records_url=_address("I12"),
        less_is_better=False,
    )
)
declare(
    Indicator(
        code="I14",
        name="本年教师参加非教育教学培训活动数量",
        unit="人",
        definition="本年举办、与教育教学无关的培训的参加教师人次之和，合并或取消没有举办的不计；会议、竞赛不计。"
        "表上写“活动数量”而单位是“人”，按人次计，场次列在旁边。",
        source="培训会议竞赛清单（000 r14）",
        query="类别为培训、与教育教学无关、举办日期在本年，参加教师人数之和",
        measure=unrelated_training,
        records_url=_address("I14"),
    )
)
