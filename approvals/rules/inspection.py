"""督查检查评比考核: when they may come, what they may ask to be shown (R24, R30–R35)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from jianfu.kernel.dates import add_months, chinese_date
from jianfu.kernel.papers import DAWUKOU, HEILONGJIANG, MINISTRY, OWN, SAMPLE, SINCE, WULONG, Facts, known
from jianfu.kernel.policy import Figure, Mark, Rule, Said, Severity, declare

from .timing import MONTHS, read_months
from .words import DEMANDS_IN_WORDS, FEES_IN_WORDS, TRACES, speaks_of

DEPLOYED_BEFORE = declare(
    Figure("INSP-DEPLOYED-DAYS", "工作部署与督查之间的间隔", 30, "天", OWN, WULONG, SINCE[WULONG])
)
NOTICE = declare(
    Figure(
        "INSP-NOTICE-MONTHS", "督查内容范围方式提前明确", 1, "个月", "二，条款待核实", MINISTRY,
        SINCE[MINISTRY], verified=False,
    )
)  # fmt: skip
WINDOW = declare(
    Figure(
        "INSP-WINDOW-MONTHS", "督查检查实施的月份（年末或学期末）", (1, 6, 7, 12), "月", "003 第3条",
        HEILONGJIANG, SINCE[HEILONGJIANG], read=read_months, form=MONTHS,
    )
)  # fmt: skip


def _just_deployed(facts: Facts) -> str | None:
    deployed, starts, days = facts.get("deployed_on"), facts["starts_on"], facts[DEPLOYED_BEFORE.code]
    if not deployed or not starts or starts >= deployed + timedelta(days=days):
        return None
    return (
        f"工作{chinese_date(deployed)}部署，{chinese_date(starts)}就开展，间隔不足 {days} 天。"
        f"请改为{chinese_date(deployed + timedelta(days=days))}或以后"
    )


def _short_notice(facts: Facts) -> str | None:
    starts, months = facts["starts_on"], facts[NOTICE.code]
    if not starts or facts["applied_on"] <= add_months(starts, -months):
        return None
    earliest = chinese_date(add_months(facts["applied_on"], months))
    return f"内容、范围、方式须提前 {months} 个月明确，{chinese_date(starts)}已来不及。请改为{earliest}或以后"


def _outside_window(facts: Facts) -> str | None:
    months = facts[WINDOW.code]
    outside = [month for month in _months(facts["starts_on"], facts["ends_on"]) if month not in months]
    if not outside:
        return None
    named = "、".join(f"{month}月" for month in months)
    return f"督查检查安排在年末或学期末（{named}），这一项落在{outside[0]}月。请改期，或在内容中说明原因"


def _months(starts: date | None, ends: date | None) -> Iterator[int]:
    """The calendar months touched, at most a year of them."""
    if not starts:
        return
    last = ends or starts
    spanned = min((last.year - starts.year) * 12 + last.month - starts.month, 11)
    for step in range(spanned + 1):
        yield (starts.month + step - 1) % 12 + 1


def _off_year(facts: Facts) -> str | None:
    """An item of the yearly plan lies in its year."""
    starts, ends, year = facts["starts_on"], facts["ends_on"], facts["year"]
    if not starts or not ends or starts.year == ends.year == year:
        return None
    return f"{chinese_date(starts)}至{chinese_date(ends)}不全在{year}年。请改日期或改年度"


def _past(facts: Facts) -> str | None:
    starts, today = facts["starts_on"], facts["today"]
    if not starts or starts > today:
        return None
    return f"开始日期{chinese_date(starts)}不在今天以后。批准以前不得开展，请改期"


def lines_of(text: str | None) -> list[tuple[int, str]]:
    """The entries of a text with one entry a line, as (offset, words) without their numbering."""
    found = []
    for match in re.finditer(r"[^\n]+", text or ""):
        words = re.match(r"\s*(?:[（(]?\d{1,2}[)）.．、]?\s*)?(.*?)[\s；;。，,]*$", match.group())
        if words and words.group(1):
            found.append((match.start() + words.start(1), words.group(1)))
    return found


def same(words: str) -> str:
    """What two names of one material have in common."""
    return re.sub(r"[\s《》“”\"（）()、，,。的]|相关|有关|材料$|资料$", "", words).lower()


def twice(field: str, text: str | None) -> list[Mark]:
    """The entries that repeat an earlier one."""
    seen: set[str] = set()
    found = []
    for start, words in lines_of(text):
        if same(words) in seen:
            found.append(Mark(field, start, start + len(words), words))
        seen.add(same(words))
    return found


def _repeated(facts: Facts) -> Said | None:
    """``materials_elsewhere``: (material as asked here, title of the other item of the year)."""
    here = twice("materials", facts.get("materials"))
    elsewhere = facts.get("materials_elsewhere") or ()
    if not here and not elsewhere:
        return None
    known_elsewhere = {words for words, _title in elsewhere}
    marked = [
        Mark("materials", start, start + len(words), words)
        for start, words in lines_of(facts.get("materials"))
        if words in known_elsewhere
    ]
    said = [f"“{mark.words}”要了两次" for mark in here]
    said += [f"“{words}”已由“{title}”要过" for words, title in list(elsewhere)[:3]]
    return Said(f"{'；'.join(said)}。已有的材料由区教委提供，请从清单中删去", (*here, *marked))


def _all_alike(facts: Facts) -> str | None:
    """一刀切: every stage, every school, and not a word on their differences."""
    if len(facts.get("stages") or ()) < 3 or facts.get("schools") or facts.get("differences"):
        return None
    return "所有学段、所有学校一个做法。请缩小范围、抽查，或写明怎样考虑区域、城乡、学段的差异"


def _veto(facts: Facts) -> str | None:
    if facts.get("inspection_kind") not in {"veto", "pledge"}:
        return None
    return "“一票否决”和签订责任状是清理规范的事项，没有上级明文规定的不设。请写明依据，或改用其他类型"


JUST_DEPLOYED = known(
    Rule(
        "R-INSP-01",
        "不得刚安排就督查",
        "000 第3项，003 第3条",
        _just_deployed,
        Severity.WARN,
        "deployed_on",
        (DEPLOYED_BEFORE,),
        quote="不能工作刚安排就开展督查检查评比考核",
    ),
    WULONG,
)
SHORT_NOTICE = known(
    Rule(
        "R-INSP-02",
        "提前一个月明确",
        "教师厅〔2025〕2号，条款待核实",
        _short_notice,
        Severity.WARN,
        "starts_on",
        (NOTICE,),
    ),
    MINISTRY,
    verified=False,
)
OUTSIDE_WINDOW = known(
    Rule(
        "R-INSP-03",
        "年末或学期末实施",
        "003 第3条",
        _outside_window,
        Severity.WARN,
        "starts_on",
        (WINDOW,),
        quote="由同级党委办公室会同教育部门于年末或学期末统筹协调实施",
    ),
    HEILONGJIANG,
)
REPEATED = known(
    Rule(
        "R-INSP-04",
        "不重复要材料",
        "001 第2条，003 第3条",
        _repeated,
        Severity.WARN,
        "materials",
        quote="严禁督查一项工作整理一套档案，严禁重复要求中小学校和教师上报督查检查评比考核数据、材料",
    ),
    DAWUKOU,
)
TRACES_AS_PROOF = known(
    Rule(
        "R-INSP-05",
        "不以留痕为标准",
        "000 第3项，002 三（一）3",
        speaks_of(TRACES, "不得以留痕作为评判标准，不得用截图、录像代替实际工作评价，请删去"),
        Severity.WARN,
        "materials",
        quote="不得以留痕作为评判工作成效的标准，不得以微信工作群、政务APP上传工作场景截图或录制视频等方式来代替实际工作评价",
    ),
    WULONG,
)
ALL_ALIKE = known(
    Rule(
        "R-INSP-06",
        "不搞一刀切",
        "002 三（一）3，001 第2条",
        _all_alike,
        Severity.WARN,
        "differences",
        quote="严禁采用“一刀切”“一锅端”考核评价方式",
    ),
    SAMPLE,
)
OFF_YEAR = known(Rule("R-INSP-07", "日期在计划年度内", "000 第1项", _off_year, field="starts_on"), WULONG)
PAST = known(Rule("R-INSP-08", "先批准后开展", "003 第1条", _past, field="starts_on"), HEILONGJIANG)
VETO = known(
    Rule(
        "R-INSP-09",
        "一票否决和责任状",
        "002 二（三）",
        _veto,
        Severity.WARN,
        "inspection_kind",
        quote="清理规范“一票否决”和签订责任状事项",
    ),
    SAMPLE,
)

_EVERY = (
    JUST_DEPLOYED, SHORT_NOTICE, OUTSIDE_WINDOW, REPEATED, TRACES_AS_PROOF, ALL_ALIKE, VETO,
)  # fmt: skip
PLAN_RULES = (OFF_YEAR, PAST, *_EVERY, FEES_IN_WORDS, DEMANDS_IN_WORDS)
SINGLE_RULES = (PAST, *_EVERY, FEES_IN_WORDS, DEMANDS_IN_WORDS)
