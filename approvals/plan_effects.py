"""What a step of the yearly plan writes besides its state, inside `Workflow.perform`, on the locked row."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from jianfu.kernel import dates, trail
from jianfu.kernel.decisions import Decision, Refused, refuse, require
from jianfu.kernel.steps import dated, filled, step_columns, words_in
from jianfu.kernel.workflow import Act, save_tracked

from .figures import PLAN_LIMITS
from .plan_permissions import plan_principals
from .states import PlanState, State
from .step_limits import last_day

LEFT = frozenset({State.RETURNED, State.REJECTED, State.WITHDRAWN, State.MERGED})


def enter(plan: Any, act: Act) -> None:
    plan.due_on = last_day(PLAN_LIMITS.get(PlanState(act.target)), plan.district_id, act.at)


def write_step(plan: Any, act: Act) -> None:
    principal = next(iter(plan_principals(act.by, act.source)), None)
    plan.steps.create(**step_columns(act, on_behalf_of=principal))


def join_plan(application: Any, act: Act) -> None:
    """归口审核同意: the item lies in the plan of its year from now on, unless that was sent on already."""
    plans = application._meta.get_field("inspection_plan").related_model
    plan, _made = plan_of_year(
        plans, district_id=application.district_id, year=application.year, by=act.by, at=act.at
    )
    if plan.state != PlanState.COLLECTING:
        now = plan.get_state_display()
        raise Refused(refuse(f"{plan}现在是“{now}”，不能再列入。确需开展的，退回后改走一事一报"))
    application.inspection_plan = plan


def plan_of_year(plans: type[Any], *, district_id: int, year: int, by: Any, at: datetime) -> tuple[Any, bool]:
    """The plan of the year, locked, and whether it was made just now. Two who make it at once share it."""
    key = {"district_id": district_id, "year": year}
    made = False
    if not plans.objects.filter(**key).exists():
        try:
            with transaction.atomic():
                plan = plans(**key, state_entered_at=at)
                save_tracked(plan, by=by, reason="建立年度计划", at=at)
                trail.record(action="plan.opened", target=plan, by=by)
                made = True
        except IntegrityError:
            pass  # a colleague was faster
    return plans.objects.select_for_update().get(**key), made


def leave_plan(application: Any, act: Act) -> None:
    """An item that leaves by itself does so before the plan is sent: the plan holds still meanwhile."""
    if act.source != State.COLLECTED or act.target not in LEFT:
        return
    plans = type(application.inspection_plan).objects.select_for_update()
    require(_open_for_changes(plans.get(pk=application.inspection_plan_id)))


def held_by_plan(application: Any) -> Decision:
    """What lies in a plan that was sent on cannot leave it by itself."""
    plan = application.inspection_plan
    if plan is None or application.state != State.COLLECTED:
        return Decision()
    return _open_for_changes(plan)


def _open_for_changes(plan: Any) -> Decision:
    if plan.state == PlanState.COLLECTING:
        return Decision()
    return refuse(f"{plan}已报“{plan.get_state_display()}”，先把计划退回修改，再调整其中的事项")


def start_over(plan: Any, _act: Act) -> None:
    """Reviews of an earlier sending do not hold for this one."""
    plan.party_number = plan.government_number = ""


def take_party_number(plan: Any, act: Act) -> None:
    plan.party_number = _number(act, "填写党委办审核文号或办件编号")


def take_government_number(plan: Any, act: Act) -> None:
    plan.government_number = _number(act, "填写政府办审核文号或办件编号")


def take_approval(plan: Any, act: Act) -> None:
    plan.approved_number = _number(act, "填写批准文号")
    plan.approved_on = _day(act, "decided_on", "批准日期")


def take_publication(plan: Any, act: Act) -> None:
    plan.published_on = timezone.localtime(act.at).date()


def take_filing(plan: Any, act: Act) -> None:
    plan.filing_body = words_in(act, "body")
    require(filled(plan.filing_body, "填写备案机关"))
    plan.filing_number = _number(act, "填写备案文号")
    plan.filed_on = _day(act, "filed_on", "备案日期")
    if plan.approved_on and plan.filed_on < plan.approved_on:
        raise Refused(refuse(f"备案日期早于批准日期{dates.chinese_date(plan.approved_on)}，改其中一个"))


def _number(act: Act, words: str) -> str:
    text = words_in(act, "document_number")
    require(filled(text, words))
    return text


def _day(act: Act, key: str, name: str) -> Any:
    day = act.data.get(key)
    require(dated(day, name))
    return day
