"""Applications of a small district (tests/factories.py), and the shortest way to any step of the road."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from approvals import services
from approvals.models import Application
from approvals.states import Dimension, Judgement, Road, State
from approvals.workflow import WORKFLOWS
from jianfu.kernel import dates
from jianfu.organisations.models import User
from jianfu.organisations.states import Role
from tests.factories import World

# The states of the yearly road, which `application_at` reaches.
ANNUAL_STATES = sorted(WORKFLOWS[Road.CAMPUS_ANNUAL].reached - {State.MERGED})
ROAD = ("submit", "conclude", "pass_review", "approve", "file", "publish")
ALL_AGREE = dict.fromkeys([*Dimension.values, *Judgement.values], ("agree", ""))
BASES = {"law": ("中华人民共和国消防法", "", "第六条")}
_WHO = {
    "submit": Role.APPLICANT,
    "withdraw": Role.APPLICANT,
    "pass_review": Role.FIRST_REVIEWER,
    "approve": Role.LEADER,
}


def experts(world: World, count: int = 3) -> list[User]:
    return [world.user(Role.EXPERT, key=f"expert-{n}") for n in range(count)]


def answers(**changed: Any) -> dict[str, Any]:
    """Every field that an application needs before 提交."""
    start = dates.today() + timedelta(days=10)
    return {
        "title": "消防安全应急疏散演练", "category": "special_task", "term": "year",
        "contact_name": "张喆", "contact_phone": "023-0555", "content": "讲解逃生知识，组织疏散演练一次。",
        "starts_on": start, "ends_on": start + timedelta(days=20), "frequency": "每校 1 次",
        "stages": ["primary"], "schools_text": "全区小学", "student_count": 800, "teacher_count": 0,
        "class_hours": 1, "delivery": "visit", "method": "消防员进校讲解，学校组织疏散。",
        "integration": "practice", "expected_effect": "学生会正确逃生。", "charges_fee": False,
        "appraises_schools": False, "demands_traces": False, "committed": True, **changed,
    }  # fmt: skip


def draft(world: World, **changed: Any) -> Application:
    """A complete draft of the department's applicant."""
    by = world.user(Role.APPLICANT)
    made = services.open_draft(by=by, organisation=world.place("department"))
    return services.save_draft(application=made, by=by, fields=answers(**changed), bases=BASES)


def give_opinions(application: Application, world: World, conclusion: str = "agree", skip: int = 0) -> None:
    """Ask three experts and let each hand in a sheet; not the first ``skip`` of the registry."""
    panel = experts(world, skip + 3)[skip:]
    rows = services.assign_experts(
        application=application,
        experts=[user.person for user in panel],
        by=world.user(Role.PUBLICATION_CLERK),
    )
    for row, user in zip(rows, panel, strict=True):
        services.save_opinion(
            assignment=row, by=user, items=ALL_AGREE, conclusion=conclusion, comment="同意开展。", submit=True
        )


def step_data(name: str) -> dict[str, Any]:
    """What the step asks for besides an opinion."""
    filing = {"body": "市委教育工作领导小组", "document_number": "江教领备〔2026〕1号"}
    return {
        "conclude": {"conclusion": "agree"},
        "approve": {"decided_on": dates.today(), "meeting_number": "云教领纪要〔2026〕3号"},
        "file": {**filing, "filed_on": dates.today()},
    }.get(name, {})


def step(application: Application, name: str, world: World, **more: Any) -> Application:
    """Take one step of the road as the person whose step it is."""
    if name == "conclude":
        give_opinions(application, world)
    by = world.user(_WHO.get(name, Role.PUBLICATION_CLERK))
    said = {"note": "同意", "data": step_data(name), **more}
    return services.perform(application=application, name=name, by=by, **said)


def application_at(state: str, world: World, **changed: Any) -> Application:
    """An application of the department that has come to ``state`` by the shortest road."""
    application = draft(world, **changed)
    if state == State.DRAFTED:
        return application
    if state == State.WITHDRAWN:
        return step(step(application, "submit", world), "withdraw", world)
    if state == State.RETURNED:
        application = step(application, "submit", world)
        return step(application, "return_", world, note="请补方案")
    if state == State.REJECTED:
        application = step(step(application, "submit", world), "conclude", world)
        reviewer = world.user(Role.FIRST_REVIEWER)
        return services.perform(application=application, name="reject", by=reviewer, note="与课程重复")
    for name in ROAD:
        application = step(application, name, world)
        if application.state == state:
            return application
    raise ValueError(state)
