"""Are we under last year, and is the target reached: from the declarations that the ledger is filled by."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from approvals.selectors import Reduction, reduction_of, visible_plan
from jianfu.kernel.policy import figure_value
from ledger.models import BlankValue, Ledger, LedgerRow
from ledger.rules import form as rules
from ledger.selectors import figures

from .tables import Line, Table, one_above_other

COUNTED = "I1"  # 督查检查评比考核事项数, which the 50 % is about
WORDS = {True: ("变好", "green"), False: ("变差", "red")}


class Compared:
    """The year's figures beside last year's, each asked once for all tables of the page."""

    def __init__(self, ledger: Ledger, rows: Sequence[LedgerRow]) -> None:
        self.ledger, self.rows = ledger, rows
        self.last = figures.last_year(ledger)
        self.asked = figures.bring_up_to_date(ledger, rows, self.last)

    def before(self, code: str) -> int | None:
        """Last year's ledger or baseline; without one what the records say of that year."""
        if code in self.last and self.last[code].number is not None:
            return self.last[code].number
        said = self.asked.before(code).value
        return said if isinstance(said, int) else None

    def blanks(self) -> list[tuple[LedgerRow, BlankValue]]:
        """The numbers themselves; differences repeat them, and names are no numbers."""
        return [
            (row, blank)
            for row in self.rows
            for blank in row.blanks.all()
            if not blank.is_text and not blank.compares
        ]

    def now(self, code: str) -> int | None:
        return next((blank.number for _row, blank in self.blanks() if blank.code == code), None)


def not_opened(year: int) -> Table:
    title, words = f"比上年：{year}年台账还没有打开", "台账汇总人打开后，这里逐个对比上年的数。"
    return Table("figures", title, "", ("监测数据",), empty=words)


def figures_table(compared: Compared) -> Table:
    lines = tuple(_line(compared, row, blank) for row, blank in compared.blanks())
    said = [line.cells[-1] for line in lines]
    better, worse, same = (said.count(word) for word in ("变好", "变差", "持平"))
    known = better + worse + same
    title = (
        f"比上年：{known} 个数可比，{better} 个变好，{worse} 个变差，{same} 个持平"
        if known
        else "比上年：还没有可比的数"
    )
    return Table(
        "figures",
        title,
        "本年是台账里现在的数，没有人填报的按清单计算；上年取上年台账或上年基数，没有的按上年清单。"
        "“变好”按每个数的口径：多数是少了好，合并群组、取消报表、共享数据等是多了好。每行的条按本行两个数中大的画。",
        ("监测数据", "任务", "单位", "上年", "本年", "变化", "方向"),
        lines,
        (("上年", "pale"), ("本年", "blue"), ("本年变差", "red")),
        numbers=(3, 4),
    )


def _line(compared: Compared, row: LedgerRow, blank: BlankValue) -> Line:
    before = compared.before(blank.code)
    beside = {blank.code: BlankValue(code=blank.code, kind=blank.kind, number=before)}
    found = figures.compare(blank, beside)
    word, tone = WORDS.get(found.better, ("持平", "grey")) if found.change else ("无法比较", "grey")  # type: ignore[arg-type]
    bars = ()
    if before is not None and blank.number is not None:
        bars = one_above_other(((before, "pale"), (blank.number, "red" if found.better is False else "blue")))
    cells = (f"第{row.number}项", blank.unit, before, blank.number, found.change or "—", word)
    return Line(blank.name, cells, bars, row.get_absolute_url(), tone, toned=len(cells) - 1)


def reduction_table(compared: Compared | None, user: Any, year: int) -> Table:
    """The plan as it stands now, and the figure of the ledger, against the target of each."""
    lines = []
    plan = visible_plan(user, year)
    if plan is not None:
        found = reduction_of(plan)
        lines.append(_reduction("年度计划里的事项", found, plan.get_absolute_url()))
    if compared is not None:
        ledger = compared.ledger
        target = int(figure_value(rules.TARGET, ledger.district_id, ledger.fill_by))
        after = compared.now(COUNTED)
        if after is not None:
            found = Reduction(compared.before(COUNTED), after, target)
            lines.append(_reduction("台账里已公布的事项", found, ledger.get_absolute_url()))
    return Table(
        "reduction",
        _answer(lines),
        "年度计划：列入计划的事项对上年清单，一事一报不计；台账：已公布的事项数对上年台账。减少的比例不四舍五入到目标以上。",
        ("督查检查评比考核", "上年", "本年", "减少", "目标", "是否达到"),
        tuple(lines),
        (("上年", "pale"), ("本年", "blue")),
        f"{year}年还没有督查检查评比考核年度计划，台账里也没有这个数。",
        numbers=(1, 2),
    )


def _reduction(label: str, found: Reduction, url: str) -> Line:
    if found.before is None:
        word, tone = "上年数还没有登记", "grey"
    elif found.met:
        word, tone = "达到", "green"
    else:
        word, tone = f"未达到，还要减 {found.still} 项", "red"
    bars = one_above_other(((found.before or 0, "pale"), (found.after, "blue")))
    cells = (
        found.before,
        found.after,
        found.words if found.before is not None else "—",
        f"减少 {found.target}%",
        word,
    )
    return Line(label, cells, bars, url, tone, toned=4)


def _answer(lines: list[Line]) -> str:
    if not lines:
        return "督查检查评比考核减半了没有：还没有数"
    said = lines[0].cells
    if said[0] is None:
        return "督查检查评比考核减半了没有：上年数还没有登记"
    return f"督查检查评比考核{said[2]}，目标{said[3]}：{said[4]}"
