"""Applications of a small district (tests/factories.py), and the shortest way to any step of the road."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from approvals import services
from approvals.models import Application, Attachment
from approvals.permissions import ACTS_AT
from approvals.states import Dimension, Judgement, Road, State
from approvals.workflow import WORKFLOWS, way_of
from jianfu.kernel import dates
from jianfu.organisations.models import User
from jianfu.organisations.states import Role
from tests.factories import World

# The states of the yearly road, which `application_at` reaches.
ANNUAL_STATES = sorted(WORKFLOWS[Road.CAMPUS_ANNUAL].reached - {State.MERGED})
ROAD = ("submit", "conclude", "pass_review", "approve", "file", "publish")
ALL_AGREE = dict.fromkeys([*Dimension.values, *Judgement.values], ("agree", ""))
BASES = {"law": ("中华人民共和国消防法", "", "第六条")}


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
        "integration": ["practice"], "expected_effect": "学生会正确逃生。", "charges_fee": False,
        "appraises_schools": False, "demands_traces": False, "committed": True, **changed,
    }  # fmt: skip


# What a road asks for otherwise than the yearly one.
_OF_ROAD: dict[str, dict[str, Any]] = {
    Road.CAMPUS_SINGLE: {
        "off_plan_reason": "市里临时部署，等不到下一次年度申报。",
        "plan": "第一天上午讲解，下午演练。",
    },
    Road.CAMPUS_URGENT: {
        "off_plan_reason": "汛情紧急，须在本周内完成避险演练。",
        "plan": "当天上午讲解，下午演练。",
    },
    Road.CAMPUS_EXEMPT: {"exemption": "central_task"},
    Road.INSPECTION_PLAN: {"inspection_kind": "inspection", "level": "district", "methods": ["on_site"]},
    Road.INSPECTION_SINGLE: {
        "inspection_kind": "inspection", "level": "district", "methods": ["on_site"],
        "off_plan_reason": "汛期临时部署。",
    },
    Road.SURVEY: {
        "survey_kind": "research", "respondents": "小学教师", "items_asked": "每周课时数",
        "channel": "online", "reuse_checked": True, "reuse_note": "现有数据没有每周课时。",
    },
    Road.SECONDMENT: {
        "borrow_kind": "major_task", "teacher_name": "江月", "subject": "语文", "is_head_teacher": False,
        "impact": "课程由同年级教师分担，不影响教学。",
    },
    Road.SECONDMENT_SHORT: {
        "borrow_kind": "conference", "person_count": 2, "day_count": 2, "impact": "安排在周末，不影响教学。",
    },
}  # fmt: skip
_BASES = {
    Road.CAMPUS_URGENT: {"emergency": ("区防汛指挥部紧急通知", "云汛〔2026〕9号", "")},
    Road.CAMPUS_EXEMPT: {"mandate": ("创建全国文明城市工作方案", "云委办〔2026〕2号", "")},
}


def _days(road: str) -> dict[str, Any]:
    """The days of a road that only some have: handed out ahead, deployed before, a school that lends."""
    today = dates.today()
    starts = today + timedelta(days=40)
    inspected = {
        "deployed_on": today - timedelta(days=200),
        "starts_on": starts,
        "ends_on": starts + timedelta(days=5),
        "year": starts.year,
    }
    return {
        Road.SURVEY: {"given_out_on": today + timedelta(days=5), "hand_in_on": today + timedelta(days=40)},
        Road.CAMPUS_SINGLE: {"starts_on": today + timedelta(days=30), "ends_on": starts},
        Road.INSPECTION_PLAN: inspected,
        Road.INSPECTION_SINGLE: inspected,
    }.get(road, {})


def draft(world: World, road: str = Road.CAMPUS_ANNUAL, **changed: Any) -> Application:
    """A complete draft of the department's applicant."""
    by = world.user(Role.APPLICANT)
    made = services.open_draft(by=by, organisation=world.place("department"), road=road)
    fields = answers(**{**_OF_ROAD.get(road, {}), **_days(road), **changed})
    if road == Road.SECONDMENT:
        fields.setdefault("school", world.place("school"))
    made = services.save_draft(application=made, by=by, fields=fields, bases=_BASES.get(road, BASES))
    if road == Road.CAMPUS_SINGLE:
        attach_plan(made, by)
    return made


def attach_plan(application: Application, by: User, kind: str = "plan") -> Attachment:
    """A small PDF as 活动实施方案."""
    upload = SimpleUploadedFile("方案.pdf", b"%PDF-1.4\nplan\n%%EOF\n")
    return services.attach(application=application, by=by, upload=upload, kind=kind)


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
    document = {"decided_on": dates.today(), "document_number": "云委〔2026〕8号"}
    return {
        "conclude": {"conclusion": "agree"},
        "approve": {"decided_on": dates.today(), "meeting_number": "云教领纪要〔2026〕3号"},
        "file": {**filing, "filed_on": dates.today()},
        "record": {**filing, "filed_on": dates.today()},
        "record_in_plan": {**filing, "filed_on": dates.today()},
        "approve_item": document,
        "approve_in_plan": document,
        "lend": document,
        "school_agree": {"agreed_on": dates.today()},
        "end": {"returned_on": dates.today() + timedelta(days=0)},
    }.get(name, {})


_ACTOR = {
    State.ASKED: Role.SCHOOL,
    State.LENT: Role.SCHOOL,
    State.CONSENTED: Role.PARTY_OFFICE,
    State.PARTY_PASSED: Role.GOVERNMENT_OFFICE,
}


def actor_at(application: Application, name: str) -> Role:
    """Whose step it is: the applicant's own, the one that the state names, or the office's."""
    if name in {"submit", "withdraw"}:
        return Role.APPLICANT
    first = ACTS_AT.get(application.state, (Role.PUBLICATION_CLERK,))[0]
    return _ACTOR.get(State(application.state), first)


def step(application: Application, name: str, world: World, **more: Any) -> Application:
    """Take one step of the road as the person whose step it is."""
    if name == "conclude":
        give_opinions(application, world)
    if name in _BY_PLAN:
        return _with_its_plan(application, name, world)
    by = world.user(actor_at(application, name))
    said = {"note": "同意", "data": step_data(name), **more}
    if name == "end":  # back at school after the first days
        with dates.as_of(dates.now() + timedelta(days=15)):
            return services.perform(
                application=application, name=name, by=by, note="已返岗", data=step_data(name)
            )
    return services.perform(application=application, name=name, by=by, **said)


# Step of an item → the steps of its plan, each with who takes it.
_BY_PLAN = {
    "approve_in_plan": [
        ("send", Role.PUBLICATION_CLERK), ("party_review", Role.PARTY_OFFICE),
        ("government_review", Role.GOVERNMENT_OFFICE), ("approve", Role.COMMITTEE),
    ],
    "announce_in_plan": [("publish", Role.PUBLICATION_CLERK)],
    "record_in_plan": [("file", Role.PUBLICATION_CLERK)],
}  # fmt: skip


def _with_its_plan(application: Application, name: str, world: World) -> Application:
    plan = application.inspection_plan
    for step_of_plan, role in _BY_PLAN[name]:
        data = {**step_data("approve_item"), **step_data("record"), "published_on": dates.today()}
        plan = services.perform_plan(
            plan=plan, name=step_of_plan, by=world.user(role), note="同意", data=data
        )
    application.refresh_from_db()
    return application


def onward(application: Application) -> str:
    """The name of the step that leads on from where the application stands."""
    way = (State.DRAFTED, *way_of(application.road))
    following = way[way.index(application.state) + 1]
    rows = WORKFLOWS[application.road].transitions.values()
    return next(row.name for row in rows if row.moves.get(application.state) == following)


def application_at(
    state: str, world: World, *, road: str = Road.CAMPUS_ANNUAL, **changed: Any
) -> Application:
    """An application of the department that has come to ``state`` by the shortest way along its road."""
    application = draft(world, road, **changed)
    if state == State.DRAFTED:
        return application
    application = step(application, "submit", world)
    if state in _ASIDE:
        return _ASIDE[state](application, world)
    if state == State.GOVERNMENT_PASSED:  # the other order of the two offices
        by = world.user(Role.GOVERNMENT_OFFICE)
        application = _come_to(application, {State.CONSENTED}, world)
        return services.perform(application=application, name="government_review", by=by, note="同意")
    return _come_to(application, {state}, world)


def _come_to(application: Application, states: Collection[str], world: World) -> Application:
    while application.state not in states:
        application = step(application, onward(application), world)
    return application


def _rejected(application: Application, world: World) -> Application:
    row = WORKFLOWS[application.road].transitions["reject"]
    application = _come_to(application, row.sources, world)
    return step(application, "reject", world, note="与课程重复")


def _merged(application: Application, world: World) -> Application:
    other = step(draft(world, application.road, title="已在办理的同类申请"), "submit", world)
    return step(application, "merge", world, note="主题相同", data={"into": other})


_ASIDE = {
    State.WITHDRAWN: lambda application, world: step(application, "withdraw", world),
    State.RETURNED: lambda application, world: step(application, "return_", world, note="请补方案"),
    State.REJECTED: _rejected,
    State.MERGED: _merged,
}
