"""The papers that the rules cite, and what every rule is made with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from .policy import Rule, declare_rule

Facts = Mapping[str, Any]

WULONG = "武隆区中小学教师减负工作重点任务台账"
DAWUKOU = "大武口区全面落实减轻中小学教师负担具体措施的实施方案"
SAMPLE = "减轻中小学教师负担、营造教育教学良好环境实施方案"
HEILONGJIANG = "中小学教师减负工作清单"
HECHUAN = "合川区规范社会事务进校园为中小学教师减负专项整治行动方案"
MINISTRY = "教育部办公厅关于进一步减轻中小学教师非教育教学负担若干措施的通知（教师厅〔2025〕2号）"
OWN = "来源文件未规定，平台建议值"

SINCE = {
    WULONG: date(2021, 1, 1),
    DAWUKOU: date(2021, 8, 20),
    SAMPLE: date(2021, 1, 1),
    HEILONGJIANG: date(2021, 1, 1),
    HECHUAN: date(2024, 7, 16),
    MINISTRY: date(2025, 10, 14),
}


def known(rule: Rule, document: str, *, verified: bool = True) -> Rule:
    """The rule, with its severity made known as a figure of the paper it comes from."""
    return declare_rule(rule, document, SINCE[document], verified=verified)
