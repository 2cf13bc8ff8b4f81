"""Items of inspection and yearly plans of the small district, and the shortest way to any step of theirs."""

from __future__ import annotations

from datetime import date
from typing import Any

from approvals import services
from approvals.models import Application, InspectionPlan
from approvals.states import PlanState, Road, State
from jianfu.kernel import dates
from jianfu.organisations.states import Role
from tests.approvals.factories import BASES, answers
from tests.factories import World

OFFICES = ("party_review", "government_review")
PLAN_ROAD = ("send", *OFFICES, "approve", "publish", "file")
SINGLE_ROAD = ("submit", "consent", *OFFICES, "approve_item", "announce", "record")
WHO = {
    "submit": Role.APPLICANT,
    "withdraw": Role.APPLICANT,
    "consent": Role.FIRST_REVIEWER,
    "consent_directly": Role.FIRST_REVIEWER,
    "party_review": Role.PARTY_OFFICE,
    "government_review": Role.GOVERNMENT_OFFICE,
    "approve": Role.COMMITTEE,
    "approve_item": Role.COMMITTEE,
}
PLAN_STATES = sorted(PlanState)


def details(**changed: Any) -> dict[str, Any]:
    """Every field that an item of inspection needs before 提交."""
    return {
        **answers(title="校园消防安全检查"), "level": "district", "inspection_kind": "inspection",
        "methods": ["on_site"], "materials": "消防设施检测报告", "sampling": "抽查 20%",
        "deployed_on": date(dates.today().year, 1, 1), "differences": "农村学校只看宿舍和食堂",
        "off_plan_reason": "上级临时部署", **changed,
    }  # fmt: skip


def item(world: World, road: str = Road.INSPECTION_PLAN, **changed: Any) -> Application:
    """A complete draft of an item of the department, for this year."""
    by = world.user(Role.APPLICANT)
    starts = date(dates.today().year, 12, 30)
    dated = {"starts_on": starts, "ends_on": starts, **changed}
    made = services.open_draft(by=by, organisation=world.place("department"), road=road)
    return services.save_draft(application=made, by=by, fields=details(**dated), bases=BASES)


def data_of(name: str) -> dict[str, Any]:
    """What a step asks for besides an opinion."""
    number, today = {"document_number": "云委办〔2026〕9号"}, dates.today()
    return {
        "party_review": number,
        "government_review": number,
        "approve": {**number, "decided_on": today},
        "approve_item": {**number, "decided_on": today},
        "file": {**number, "body": "市教委师范处", "filed_on": today},
        "record": {**number, "body": "市教委师范处", "filed_on": today},
    }.get(name, {})


def item_step(application: Application, name: str, world: World, **more: Any) -> Application:
    by = world.user(WHO.get(name, Role.PUBLICATION_CLERK))
    said = {"note": "同意", "data": data_of(name), **more}
    return services.perform(application=application, name=name, by=by, **said)


def collected(world: World, **changed: Any) -> Application:
    """An item that lies in the plan of its year."""
    return item_step(item_step(item(world, **changed), "submit", world), "consent", world)


def plan_of(application: Application) -> InspectionPlan:
    return InspectionPlan.objects.get(pk=application.inspection_plan_id)


def plan_step(plan: InspectionPlan, name: str, world: World, **more: Any) -> InspectionPlan:
    by = world.user(WHO.get(name, Role.PUBLICATION_CLERK))
    said = {"note": "同意", "data": data_of(name), **more}
    return services.perform_plan(plan=plan, name=name, by=by, **said)


def plan_at(state: str, world: World, first: str = "party_review") -> InspectionPlan:
    """A plan with one item that has come to ``state``; ``first`` is the office that reviews first."""
    plan = plan_of(collected(world))
    second = next(name for name in OFFICES if name != first)
    for name in ("", "send", first, second, "approve", "publish", "file"):
        plan = plan_step(plan, name, world) if name else plan
        if plan.state == state:
            return plan
    raise ValueError(state)


def single_at(state: str, world: World, first: str = "party_review") -> Application:
    """A 一事一报 item that has come to ``state``."""
    application = item(world, Road.INSPECTION_SINGLE)
    second = next(name for name in OFFICES if name != first)
    for name in ("", "submit", "consent", first, second, "approve_item", "announce", "record"):
        application = item_step(application, name, world) if name else application
        if application.state == state:
            return application
    return _left(state, item_step(item(world, Road.INSPECTION_SINGLE), "submit", world), world)


def _left(state: str, application: Application, world: World) -> Application:
    names = {State.RETURNED: "return_", State.REJECTED: "reject", State.WITHDRAWN: "withdraw"}
    by = world.user(Role.APPLICANT if state == State.WITHDRAWN else Role.FIRST_REVIEWER)
    return services.perform(application=application, name=names[State(state)], by=by, note="不再开展")


def planned_at(state: str, world: World) -> Application:
    """An item of the plan that has come to ``state`` with it."""
    of_plan = {
        State.COLLECTED: PlanState.COLLECTING,
        State.CLEARED: PlanState.APPROVED,
        State.ANNOUNCED: PlanState.PUBLISHED,
        State.RECORDED: PlanState.FILED,
    }
    if state in of_plan:
        return plan_at(of_plan[State(state)], world).items.get()
    application = item(world)
    if state == State.DRAFTED:
        return application
    application = item_step(application, "submit", world)
    return application if state == State.REQUESTED else _left(state, application, world)
