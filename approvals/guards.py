"""What an application must fulfil before a step can be taken, whoever takes it."""

from __future__ import annotations

from typing import Any

from jianfu.kernel import dates
from jianfu.kernel.decisions import Decision, Refusal, allow, refuse
from jianfu.kernel.policy import examine, figure_value

from .facts import facts_of
from .figures import QUORUM
from .rules import CAMPUS_RULES, missing


def complete(application: Any, _by: Any) -> Decision:
    """Nothing missing, and no blocking rule has anything to say."""
    today = dates.today()
    facts = facts_of(application, today)
    empty = [Refusal(words) for words in missing(facts).values()]
    if empty:
        return Decision(*empty)
    found = examine(CAMPUS_RULES, facts, district_id=application.district_id, on=today)
    return Decision(*(Refusal(f.message, f.rule.code, f.rule.clause) for f in found if f.blocks))


def quorum(application: Any, _by: Any) -> Decision:
    """Enough experts gave their opinion on the content that now lies before the panel."""
    needed = figure_value(QUORUM, application.district_id, dates.today())
    given = application.assignments.filter(
        content_version=application.content_version, opinion__submitted_at__isnull=False
    ).count()
    if given >= needed:
        return allow()
    return refuse(f"已收到 {given} 份专家意见，须满 {needed} 份才能汇总。请催办或增派专家", QUORUM.code)
