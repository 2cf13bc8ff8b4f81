"""The dated figures of complaints. The sources name the road (004 四(五)), not its days."""

from __future__ import annotations

from datetime import date
from typing import Any

from jianfu.kernel.papers import HECHUAN, OWN, SINCE
from jianfu.kernel.policy import Figure, declare, figure_value
from whitelist.states.complaint import ComplaintState


def _figure(code: str, title: str, value: int, unit: str) -> Figure:
    return declare(Figure(f"COMPLAINT-{code}", title, value, unit, OWN, HECHUAN, SINCE[HECHUAN]))


_DISPOSAL = _figure("DAYS-DISPOSAL", "投诉举报认定后的处理时限", 10, "工作日")
_SIGNING = _figure("DAYS-SIGNING", "投诉举报通报、曝光签发时限", 5, "工作日")

STEP_LIMITS = {
    ComplaintState.RECEIVED: _figure("DAYS-ACCEPTING", "投诉举报受理时限", 5, "工作日"),
    ComplaintState.CHECKING: _figure("DAYS-CHECKING", "投诉举报核查时限", 20, "工作日"),
    ComplaintState.FOUND: _DISPOSAL,
    ComplaintState.NOTICE_PROPOSED: _SIGNING,
    ComplaintState.NOTIFIED: _DISPOSAL,
    ComplaintState.SUMMONED: _DISPOSAL,
    ComplaintState.EXPOSURE_PROPOSED: _SIGNING,
    ComplaintState.EXPOSED: _DISPOSAL,
}

SERIOUS_REPEAT = _figure("REPEAT", "同一单位一年内查实多少件，须先通报才能办结", 3, "件")
SMALL_NUMBER = _figure("SMALL-NUMBER", "统计数少于多少不显示", 3, "件")
YELLOW_CARD = _figure("YELLOW", "同一署名人捏造多少件给予黄牌", 2, "件")
RED_CARD = _figure("RED", "同一署名人捏造多少件给予红牌", 3, "件")

# 个人信息保护法 第四十七条 obliges to delete when the purpose is reached; it names no days.
_DELETE = "第四十七条：目的实现后主动删除；天数未规定，平台建议值"
_LAW, _LAW_SINCE = "中华人民共和国个人信息保护法", date(2021, 11, 1)
ERASE_IDENTITY = declare(
    Figure(
        "COMPLAINT-DAYS-IDENTITY",
        "投诉举报办结多少天后删除反映人的姓名、电话",
        60,
        "天",
        _DELETE,
        _LAW,
        _LAW_SINCE,
        verified=False,
    )
)
ERASE_EVIDENCE = declare(
    Figure(
        "COMPLAINT-DAYS-EVIDENCE",
        "投诉举报办结多少天后删除证据图片和 PDF",
        180,
        "天",
        _DELETE,
        _LAW,
        _LAW_SINCE,
        verified=False,
    )
)


def value_of(figure: Figure, district_id: int, on: date) -> int:
    found: Any = figure_value(figure, district_id, on)
    return int(found)
