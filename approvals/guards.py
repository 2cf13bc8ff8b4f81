"""What an application must fulfil before a step can be taken, whoever takes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Q

from jianfu.kernel import dates
from jianfu.kernel.dates import chinese_date
from jianfu.kernel.decisions import Decision, Refusal, allow, refuse
from jianfu.kernel.policy import examine, figure_value

from .facts import facts_of
from .figures import BORROWING_CAP, INSPECTION_APPROVER, INSPECTION_OFFICES, QUORUM
from .plan_effects import held_by_plan
from .plan_permissions import plan_principals
from .rules import RULES_OF, missing
from .rules.secondment import last_day_together
from .states import PASSING, Conclusion, Outcome, Road, RoundStage, State, joined
from .surroundings import borrowed_before


def complete(application: Any, _by: Any) -> Decision:
    """Nothing missing, and no blocking rule has anything to say."""
    today = dates.today()
    facts = facts_of(application, today)
    empty = [Refusal(words) for words in missing(facts, application.road).values()]
    if empty:
        return Decision(*empty)
    rules = RULES_OF[Road(application.road)]
    found = examine(rules, facts, district_id=application.district_id, on=today)
    return Decision(*(Refusal(f.message, f.rule.code, f.rule.clause) for f in found if f.blocks))


def quorum(application: Any, _by: Any) -> Decision:
    """Enough experts gave their opinion on the content that now lies before the panel."""
    needed = figure_value(QUORUM, application.district_id, dates.today())
    given = (
        application.assignments.counting()
        .filter(content_version=application.content_version, opinion__submitted_at__isnull=False)
        .count()
    )
    if given >= needed:
        return allow()
    return refuse(f"已收到 {given} 份专家意见，须满 {needed} 份才能汇总。请催办或增派专家", QUORUM.code)


# --- 督查检查评比考核 ------------------------------------------------------------------------------------


def _offices_wanted(district_id: int) -> bool:
    return bool(figure_value(INSPECTION_OFFICES, district_id, dates.today()))


def _approver(district_id: int) -> str:
    return str(figure_value(INSPECTION_APPROVER, district_id, dates.today()))


def offices_review(matter: Any, _by: Any) -> Decision:
    """000 r1: 党委办 and 政府办 review before 党委 approves."""
    if _offices_wanted(matter.district_id):
        return allow()
    return refuse(
        f"本区由{_approver(matter.district_id)}直接审批，不经党委办、政府办审核", INSPECTION_OFFICES.code
    )


def no_offices(matter: Any, _by: Any) -> Decision:
    """001-1: 区委督查室 approves by itself."""
    if not _offices_wanted(matter.district_id):
        return allow()
    return refuse("本区须先经党委办、政府办审核", INSPECTION_OFFICES.code)


def plan_is(state: str) -> Callable[[Any, Any], Decision]:
    """The item follows its plan, and never runs ahead of it."""

    def guard(application: Any, _by: Any) -> Decision:
        plan = application.inspection_plan
        if plan is not None and plan.state == state:
            return allow()
        return refuse("这一项随年度计划一起办理，请在年度计划里办理")

    return guard


def not_carried_by_plan(application: Any, _by: Any) -> Decision:
    """What lies in a plan that was sent on cannot leave it by itself."""
    return held_by_plan(application)


def plan_has_items(plan: Any, _by: Any) -> Decision:
    if plan.items.filter(state=State.COLLECTED).exists():
        return allow()
    return refuse("计划里还没有事项。各部门申报并经归口审核同意后，自动列入计划")


def past_disposed(plan: Any, _by: Any) -> Decision:
    """逐项提出保留、合并或取消的意见 (002, R13), and nothing of last year's list left out."""
    decision = allow()
    left_out = plan.items.model.objects.announced(plan.district_id, plan.year - 1).exclude(
        pk__in=plan.past_items.filter(application__isnull=False).values("application_id")
    )
    if count := left_out.count():
        decision &= refuse(f"上年清单还有 {count} 项没有带入清理，先“带入上年清单”再报")
    if count := plan.past_items.filter(disposition="").count():
        decision &= refuse(
            f"上年事项还有 {count} 项没有清理意见，逐项选保留、合并或取消后再报", clause="000 第2项"
        )
    return decision


def apart_from_items(part: str) -> Callable[[Any, Any], Decision]:
    """Who judges the plan, or lets it be judged, has not applied for or consented to any of its items."""

    def guard(plan: Any, by: Any) -> Decision:
        people = [by.person_id, *(one.pk for one in plan_principals(by, plan.state))]
        items = plan.items.filter(state=State.COLLECTED)
        steps = items.model._meta.get_field("steps").related_model.objects
        other = steps.separated(people, part).values("application_id")
        own = items.filter(Q(handler_id__in=people) | Q(pk__in=other)).order_by("pk").first()
        if own is None:
            return allow()
        who = "代理人或被代理人" if len(people) > 1 else "本人"
        return refuse(f"{who}申报或审核过其中的“{own}”，请由另一位同志办理", "R-SEP-01")

    return guard


def took_no_other_step(plan: Any, by: Any) -> Decision:
    """党委办, 政府办 and the approver of one plan are different people."""
    sent = plan.steps.filter(transition__in=["send", "send_directly"]).first()
    principals = plan_principals(by, plan.state)
    people = [by.person_id, *(one.pk for one in principals)]
    judged = plan.steps.filter(
        Q(person_id__in=people) | Q(on_behalf_of_id__in=people),
        transition__in=["party_review", "government_review", "approve"],
    )
    if sent is None or not judged.filter(at__gte=sent.at).exists():
        return allow()
    if principals:
        return refuse("代理人或被代理人已经审核过这份计划，下一步由另一位同志办理", "R-SEP-05")
    return refuse("本人已经审核过这份计划，下一步请由另一位同志办理", "R-SEP-01")


# --- 借用教师 --------------------------------------------------------------------------------------------


def still_within_the_cap(application: Any, _by: Any) -> Decision:
    """A renewal is a new approval, and the whole chain stays within the cap (domain-facts B4)."""
    months = figure_value(BORROWING_CAP, application.district_id, application.starts_on)
    last = last_day_together(application.starts_on, borrowed_before(application), months)
    if application.ends_on <= last:
        return allow()
    return refuse(
        f"连同以前的借用，累计不超过 {months} 个月，最晚到{chinese_date(last)}；"
        f"这次到{chinese_date(application.ends_on)}。请改短期限，或由教师返岗",
        BORROWING_CAP.code,
    )


# --- 批次 ------------------------------------------------------------------------------------------------


def every_item_marked(round_: Any, _by: Any) -> Decision:
    """Nothing is put into force half: each application has its outcome, and what that outcome needs."""
    items = list(round_.items.select_related("application", "merge_into"))
    if not items:
        return refuse("批次里还没有申请，先加入申请")
    leaving = {item.application_id for item in items if item.outcome not in PASSING}
    lacking = [
        f"第 {number} 项“{item.application}”{words}"
        for number, item in enumerate(items, start=1)
        if (words := _lacking(round_, item, leaving))
    ]
    return Decision(*(Refusal(words) for words in lacking))


def _lacking(round_: Any, item: Any, leaving: set[int]) -> str:
    """What keeps one line from being put into force; ``leaving`` are the applications that do not go on."""
    if not item.outcome:
        return "还没有标记结果"
    if item.content_version != item.application.content_version:
        return "在标记之后重新报送过，看过新内容后重新标记"
    if not item.note.strip():
        return "没有写意见"
    if item.outcome in PASSING:
        return _unsaid(round_, item)
    if item.outcome != Outcome.MERGE:
        return "" if item.ground else "没有选理由"
    if item.merge_into_id is None:
        return "没有选并入哪一项"
    if item.merge_into_id in leaving:
        return f"要并入“{item.merge_into}”，而那一项在本批次里不是同意"
    return ""


def _unsaid(round_: Any, item: Any) -> str:
    """What a consent still has to say."""
    if round_.stage == RoundStage.APPRAISAL and item.conclusion not in Conclusion.values:
        return "没有选论证结论"
    if item.outcome == Outcome.INTEGRATE and not joined(item.integration):
        return "没有选融合方式"
    return ""
