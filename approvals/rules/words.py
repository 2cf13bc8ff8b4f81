"""What a form's own words ask of schools, whatever its answers say. The words are marked.

Each rule looks for a pattern in the texts of the form (`reading.marks` knows what is denied). 提示 is the
default: words are a reason to look, the answers of the form are what blocks.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from jianfu.kernel.papers import HECHUAN, HEILONGJIANG, SAMPLE, Facts, known
from jianfu.kernel.policy import Mark, Rule, Said, Severity

from .reading import marks, spaced

# The texts of a form, of any road, in the order of the form.
TEXTS = (
    "title", "content", "expected_effect", "evaluation", "plan", "off_plan_reason", "schools_text",
    "frequency", "method", "teacher_duties", "funding", "safety",
    "materials", "sampling", "respondents", "items_asked", "reuse_note", "work_item",
)  # fmt: skip
_OF_TEACHERS = frozenset({"content", "plan", "method", "teacher_duties", "evaluation", "schools_text"})
_NEAR = r"[^，。；、！？\n《]"  # words of the same phrase
_CLAUSE = r"[^，。；！？\n]"


def any_of(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives))


TRACES = any_of(
    rf"(?<!网红)(?<!攻)(?:{spaced('打卡')})(?!地|胜地|景点|片|纸|机)",
    r"(?<![连对衔承链迎])(?<!成语)(?<!词语)(?<!诗词)(?<!诗句)(?<!故事)(?<!单词)接[ \u3000]?龙"
    r"(?!头|湖|镇|乡|村|街|小学|中学|初中|社区|舟|泉|江|泰)",
    r"(?<!为祖国)(?<!为家乡)(?<!为英雄)(?<!为榜样)点[ \u3000]?赞(?!助|美|扬|誉|歌)",
    r"(?<![收征募聚])集赞(?!助|美)",
    rf"(?<!车辆)(?:{spaced('拍照')})",
    rf"(?:上传|提交|报送|上报|发送|回传|拍摄|录制|留存|收集){_NEAR}{{0,8}}(?:照片|图片|视频|影像)",
    r"(?:现场|活动|佐证)照片",
    r"(?<!拦)截[ \u3000]?[图屏](?!像|书)",
    r"(?<!观看)(?<!播放)(?<!放映)(?<!收看)(?<!监控)录[ \u3000]?像(?!片)",
    r"(?<!精)(?<!从)简[ \u3000]?报(?!名|表|送|告|批|备|到|废)",
    rf"关注{_CLAUSE}{{0,12}}(?:公众号|微信号|视频号|抖音号|服务号)",
    rf"(?:下载|安装|注册|登录|登陆){_CLAUSE}{{0,12}}"
    r"(?:(?<![A-Za-z])[AaＡａ][PpＰｐ]{2}(?![A-Za-z])|客户端|小程序|应用程序|软件)",
    rf"(?:网上|网络|线上|在线|微信|扫码){_NEAR}{{0,4}}(?:投票|答题|测评)|投票评选|拉票",
    rf"(?<![运好流逆扭周回])转[ \u3000]?发(?!展|现|布|生|育|电|动|射)"
    rf"(?!{_CLAUSE}{{0,10}}(?:《|通知|文件|意见))",
    r"(?:扫码|线上|群内|微信)签到",
    rf"(?:群内|群里|工作群|微信群|QQ群|家长群){_CLAUSE}{{0,6}}(?:回复|报数)|收到请回复",
    r"(?<!不)留[ \u3000]?痕(?!迹检)",
    r"痕迹(?:资料|材料)|佐证材料|印证材料",
)
FEES = any_of(
    r"(?<!免)收费(?!站)",
    rf"收取{_NEAR}{{0,8}}费",
    r"缴费|交费|报名费|参赛费|服装费|自费|付费|有偿|会员卡|优惠券",
    rf"推销|促销|(?:学生|家长|教师|老师|自愿|统一|现场|组织){_NEAR}{{0,6}}购买|产品(?:展示|推介|体验)|冠名",
    r"(?<!公益)广告|商业(?:活动|宣传|推广|合作|行为|赞助|机构)",
)
DEMANDS = any_of(
    r"(?:参与|参加|达标|完成|知晓|覆盖|注册|关注|合格|优秀|安装|测评|答题|满意)率",
    r"(?:不少于|不低于|至少|达到|确保|保证)[ \d一二两三四五六七八九十百]{1,5}个?"
    r"(?:课时|节课|名教师|位教师|名老师|篇|幅|件|份|条)",
    rf"每[班校]{_NEAR}{{0,3}}(?:不少于|至少|上报|推荐|报送){_NEAR}{{0,8}}",
    r"全员参[与加]|人人参[与加]|全覆盖|100 ?[%％]",
)
APPRAISAL = any_of(
    rf"(?:纳入|列入|计入|记入){_CLAUSE}{{0,16}}(?:考核|考评|评优|评先|绩效|督导评估|总分|综合素质评价)",
    rf"作为{_CLAUSE}{{0,16}}(?:考核|考评|评优|评先|职称|绩效|晋级|晋升|评估){_CLAUSE}{{0,6}}(?:依据|指标|内容|参考|条件)",
    rf"[与同]{_CLAUSE}{{0,16}}(?:考核|评优|评先|绩效|职称|评价){_CLAUSE}{{0,4}}挂钩",
    r"考核(?:扣分|加分|排名)|[扣加]分|通报批评|(?:情况|结果|排名|进度)通报|排名(?:通报|公布)|一票否决",
)
DUTY = any_of(
    rf"(?:上街|上路|街头|路口|街面|车站|景区|路段){_CLAUSE}{{0,6}}(?:执勤|值勤|值守|站岗|劝导|巡逻|清扫|捡拾)",
    r"(?:交通|文明)劝导|上街|执勤|巡河|巡塘|巡库|(?:水域|河道)(?:巡查|值守)",
    r"(?:入户|上门)(?:走访|宣传|排查|登记|调查|动员|合影)|走访贫困户|驻村|网格化?巡查",
    rf"(?:充当|担任|组织){_NEAR}{{0,6}}(?:观众|方阵|礼仪)|招商|拆迁",
    rf"教师{_NEAR}{{0,6}}(?:参加|参与|开展|承担){_NEAR}{{0,6}}(?:维护稳定|扫黑除恶|防灾减灾|消防安全|防艾|节能减排)",
)


def texts_of(facts: Facts, fields: frozenset[str] | None = None) -> list[tuple[str, str]]:
    """The filled texts of the form, as (field, text)."""
    names = [name for name in TEXTS if fields is None or name in fields]
    return [(name, facts[name]) for name in names if isinstance(facts.get(name), str) and facts[name]]


def quoted(found: list[Mark]) -> str:
    """The words, once each, as a sentence quotes them."""
    words = list(dict.fromkeys(mark.words for mark in found))
    shown = "、".join(f"“{word}”" for word in words[:6])
    return f"{shown}等 {len(words)} 处" if len(words) > 6 else shown


def speaks_of(
    pattern: re.Pattern[str], advice: str, fields: frozenset[str] | None = None
) -> Callable[[Facts], Said | None]:
    """A check that speaks where a text asks for what the pattern describes, and marks the words."""

    def check(facts: Facts) -> Said | None:
        found = list(marks(texts_of(facts, fields), pattern))
        return Said(f"文中写了{quoted(found)}。{advice}", tuple(found)) if found else None

    return check


TRACES_IN_WORDS = known(
    Rule(
        "R-CAM-19",
        "文中的留痕要求",
        "004 三（三），003 第3条、第11条",
        speaks_of(TRACES, "这是重留痕轻实效的做法，请删去；本来就不要求的，写明“不要求”"),
        Severity.WARN,
        "demands_traces",
        quote="滥用应用程序和工作群组、打卡、接龙、点赞、做题、拍照、简报等重留痕轻实效行为",
    ),
    HECHUAN,
)
FEES_IN_WORDS = known(
    Rule(
        "R-CAM-20",
        "文中的收费和商业行为",
        "003 第9条，004 三（一）",
        speaks_of(FEES, "商业活动、商业广告或借机收费不得进校园，请删去；本来就不收费的，写明“不收费”"),
        Severity.WARN,
        "charges_fee",
        quote="严禁以营利为目的的商业活动、商业广告或借机收费活动等进入校园",
    ),
    HEILONGJIANG,
)
DEMANDS_IN_WORDS = known(
    Rule(
        "R-CAM-21",
        "文中的量化指标",
        "002 三（二）4、7",
        speaks_of(DEMANDS, "不得对课时、教师、考核提量化指标，不得提参与率、达标率等硬性要求，请删去"),
        Severity.WARN,
        "method",
        quote="相关部门不得擅自对课时、教师、考核提出量化指标；不得提出参与率、达标率等硬性要求",
    ),
    SAMPLE,
)
APPRAISAL_IN_WORDS = known(
    Rule(
        "R-CAM-22",
        "文中的考核挂钩",
        "004 四（六）",
        speaks_of(APPRAISAL, "进校园完成情况不得与学校、教师考核评价挂钩，请删去"),
        Severity.WARN,
        "appraises_schools",
        quote="不得将社会事务进校园完成情况与学校、教师考核评价挂钩",
    ),
    HECHUAN,
)
DUTY_IN_WORDS = known(
    Rule(
        "R-CAM-23",
        "文中的离校执勤",
        "004 三（一），003 第5条、第7条",
        speaks_of(
            DUTY,
            "不得安排教师到与教育教学无关的场所，不得安排上街执勤；由别的单位做的，写明教师不参加",
            _OF_TEACHERS,
        ),
        Severity.WARN,
        "teacher_duties",
        quote="原则上不得安排教师上街执勤或做其他与教师职责无关的工作",
    ),
    HEILONGJIANG,
)

IN_WORDS = (TRACES_IN_WORDS, FEES_IN_WORDS, DEMANDS_IN_WORDS, APPRAISAL_IN_WORDS, DUTY_IN_WORDS)
