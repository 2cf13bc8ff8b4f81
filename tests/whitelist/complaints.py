"""Complaints of a small district (tests/factories.py), written as the public and the office write them."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image

from jianfu.kernel.documents.cleaning import Cleaned
from jianfu.organisations.models import User
from jianfu.organisations.states import Role
from tests.factories import World
from whitelist.models import Complaint
from whitelist.services import complaint as services
from whitelist.services.complaint import Report

NAME, PHONE, IP = "卓玛央金", "13912345678", "203.0.113.77"
WORDS = "上个月起每周三都要我们班主任到街上站岗两个小时还要拍照打卡上传"
SCHOOL = "白涛希望小学"


def picture(kind: str = "PNG", colour: str = "red", **save: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(out, format=kind, **save)
    return out.getvalue()


def report(**changed: Any) -> Report:
    told = {
        "words": WORDS,
        "unit": "区消防救援支队",
        "practice": "P11",
        "school": SCHOOL,
        "when": "上周三上午",
        "identity": {"name": NAME, "phone": PHONE},
        "pictures": (Cleaned(picture(), "image/png"),),
        **changed,
    }
    return Report(**told)


def received(world: World, **changed: Any) -> tuple[Complaint, str]:
    return services.receive_complaint(district=world.district, report=report(**changed))


def handler(world: World, key: str = "handler", place: str = "supervision") -> User:
    return world.user(Role.COMPLAINT_HANDLER, place=place, key=key)


def leader(world: World, key: str = "leader") -> User:
    return world.user(Role.LEADER, place="leading_group", key=key)


def taken(world: World, **changed: Any) -> Complaint:
    complaint, _code = received(world, **changed)
    return services.take(complaint=complaint, by=handler(world))


# Each step of the long road with what it needs; who takes it.
ROAD: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("accept", "handler", {}),
    ("find", "handler", {"note": "查看了通知和排班表，情况存在", "data": {"finding": "upheld"}}),
    ("propose_notice", "handler", {"note": "安排教师上路执勤，责令停止"}),
    ("sign_notice", "leader", {}),
    ("summon", "handler", {"note": "立即取消排班"}),
    ("propose_exposure", "handler", {"data": {"public_text": "该单位要求教师上街执勤，已责令停止并通报。"}}),
    ("sign_exposure", "leader", {}),
    ("close", "handler", {"note": "已通报并约谈，停止安排"}),
)


def walked(world: World, until: str = "close", **changed: Any) -> Complaint:
    """Taken along the long road up to and including the step."""
    complaint = taken(world, **changed)
    for name, who, more in ROAD:
        by = handler(world) if who == "handler" else leader(world)
        complaint = services.perform_complaint(complaint=complaint, name=name, by=by, **more)
        if name == until:
            break
    return complaint
