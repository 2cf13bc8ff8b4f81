"""代理: lending one's role to a colleague for a bounded time, and ending it early."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from jianfu.kernel import dates, trail
from jianfu.kernel.decisions import Decision, allow, refuse, require
from jianfu.kernel.policy import figure_value
from jianfu.kernel.workflow import locked, save_tracked
from jianfu.organisations import rules
from jianfu.organisations.figures import DELEGATION_DAYS
from jianfu.organisations.models import Delegation, Membership, Person, User
from jianfu.organisations.permissions import may_delegate, may_end_delegation


def delegate(
    *, memberships: Iterable[Membership], agent: Person, since: date, until: date, reason: str, by: User
) -> list[Delegation]:
    """Let ``agent`` hold the roles, too, on the days from ``since`` to ``until``: all or none.

    Raises `Refused`.
    """
    keys, reason = [row.pk for row in memberships], reason.strip()
    require(allow() if keys else refuse("选择代理的角色，至少一个"))
    with transaction.atomic():
        rows = Membership.objects.select_for_update(of=["self"]).select_related("person").order_by("pk")
        agent = Person.objects.select_for_update().get(pk=agent.pk)
        return [_lend(row, agent, since, until, reason, by) for row in rows.filter(pk__in=keys)]


def _lend(
    membership: Membership, agent: Person, since: date, until: date, reason: str, by: User
) -> Delegation:
    require(may_delegate(membership, by))
    lent = _may_be_lent(membership, since, until)
    require(lent & _may_be_agent(agent, membership, since, until) & _given(reason))
    row = Delegation(membership=membership, agent=agent, since=since, until=until, reason=reason)
    save_tracked(row, by=by, reason=reason)
    trail.record(
        action="organisations.delegated",
        target=row,
        by=by,
        note=reason,
        destination=membership.role,
        data={"since": since.isoformat(), "until": until.isoformat()},
    )
    return row


def end_delegation(*, delegation: Delegation, by: User) -> Delegation:
    """From this moment the agent holds the role no more. What he did stays done."""
    with transaction.atomic():
        fresh = locked(delegation)
        require(may_end_delegation(fresh, by))
        if fresh.revoked_at or fresh.until < dates.today():
            require(refuse("这项代理已经结束，不用再办"))
        fresh.revoked_at = dates.now()
        save_tracked(fresh, by=by, reason="提前结束代理")
        trail.record(action="organisations.delegation_ended", target=fresh, by=by)
    return fresh


def _may_be_lent(membership: Membership, since: date, until: date) -> Decision:
    limit = figure_value(DELEGATION_DAYS, membership.person.district_id, dates.today())
    decision = rules.may_be_delegated(membership.role)
    decision &= rules.term_of_delegation(since, until, today=dates.today(), limit=limit)
    if since < membership.since or (membership.until and until > membership.until):
        decision &= refuse("代理的日期超出了本人的任职日期，改在任职期间之内")
    lent = membership.delegations.meeting(since, until).select_related("agent").first()
    if lent:
        span = f"{dates.chinese_date(lent.since)}至{dates.chinese_date(lent.until)}"
        decision &= refuse(f"{span}已由{lent.agent.name}代理，先结束那一项，或错开日期")
    return decision


def _may_be_agent(agent: Person, membership: Membership, since: date, until: date) -> Decision:
    if agent.pk == membership.person_id:
        return refuse("代理人不能是本人，改选一位同事")
    if agent.district_id != membership.person.district_id:
        return refuse("代理人要与本人在同一区县")
    if not agent.accounts.filter(is_active=True).exists():
        return refuse(f"{agent.name}没有可用的账号，由安全管理员开通后再办理")
    return rules.may_hold_together([membership.role, *agent.roles_between(since, until)])


def _given(reason: str) -> Decision:
    if not reason:
        return refuse("填写事由，如外出学习")
    longest = Delegation._meta.get_field("reason").max_length
    return allow() if len(reason) <= longest else refuse(f"事由最多 {longest} 字，现在是 {len(reason)} 字")
