"""The documents of an application, by the word that stands in their address."""

from __future__ import annotations

from django.db.models import TextChoices


class Paper(TextChoices):
    FORM = "form", "申报审批表"
    PANEL = "panel", "专家论证意见表"
    FLOW = "flow", "审批流转单"
    REPLY = "reply", "批复"
    FILING = "filing", "备案报告"
    RETURN = "return", "退回通知"
    REFUSAL = "refusal", "不予通过通知"
