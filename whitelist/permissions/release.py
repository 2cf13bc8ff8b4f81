"""Who may prepare, sign and publish. Reading what is published needs nobody's leave."""

from __future__ import annotations

from typing import Any

from jianfu.kernel.decisions import Decision, allow, refuse
from jianfu.organisations.states import Role
from whitelist.states import PREPARED, Kind, State

_OFFICE = "白名单由领导小组办公室经办人公布，请与领导小组办公室联系"
_LEADER = "白名单由领导小组成员签发或退回"


def may_prepare(by: Any) -> Decision:
    """领导小组办公室 prepares the next release of its district."""
    return allow() if by.has(Role.PUBLICATION_CLERK) else refuse(_OFFICE)


def may_publish(release: Any, by: Any) -> Decision:
    """Change, post, send to be signed, publish: the office of the district that the release belongs to."""
    if release.kind not in PREPARED:
        return refuse("督查检查清单随年度计划和一事一报自动更新，在“督查计划”里办理")
    return may_prepare(by) if by.district_id == release.district_id else refuse(_OFFICE)


def may_record_objection(release: Any, by: Any) -> Decision:
    """Write down what somebody objected by telephone or letter, as long as the list has not been sent on."""
    if release.state != State.POSTED:
        return refuse("这一版不在公示，不登记异议。公布以后的问题请到“投诉举报”登记")
    return may_publish(release, by)


def may_follow(release: Any, by: Any) -> Decision:
    """Whoever published the plan or the single item: that was judged there."""
    if release.kind == Kind.INSPECTION and by.district_id == release.district_id:
        return allow()
    return refuse("只有督查检查清单随计划公布")


def may_keep_upper_lists(by: Any) -> Decision:
    if by.has(Role.SYSTEM_ADMINISTRATOR):
        return allow()
    return refuse("上级名单由系统管理员登记、导入")


def may_link(entry: Any, by: Any) -> Decision:
    """Say which upper list an entry comes from."""
    return may_prepare(by) if by.district_id == entry.district_id else refuse(_OFFICE)


def signs(by: Any) -> Decision:
    return allow() if by.has(Role.LEADER) else refuse(_LEADER)


def is_leader(release: Any, by: Any) -> Decision:
    return signs(by) if by.district_id == release.district_id else refuse(_LEADER)


def may_sign(release: Any, by: Any) -> Decision:
    """A leader, but never the natural person who prepared it, nor the agent of such a person."""
    decision = is_leader(release, by)
    if not decision:
        return decision
    answers = [apart(release, people) for people in _acting(by)]
    return next((answer for answer in answers if answer), answers[0])


def _acting(by: Any) -> list[dict[int, str]]:
    """Who would answer for the signature, by their right to it: the person alone, or with each principal."""
    lent = [row.on_behalf_of for row in by.memberships if row.role == Role.LEADER]
    if None in lent:
        return [{by.person_id: "本人"}]
    return [{by.person_id: f"代理人{by.person.name}", one.pk: f"被代理人{one.name}"} for one in lent]


def apart(release: Any, people: dict[int, str]) -> Decision:
    """None of the people (their keys, and how they are called) prepared the release."""
    prepared = release.preparer_ids
    for key, name in people.items():
        if key in prepared:
            return refuse(
                f"{name}准备了这一版白名单，不能再签发，请领导小组另一位成员签发",
                "R-SEP-01",
                "准备与签发分离",
            )
    return allow()


def principal(by: Any, role: str) -> Any:
    """For whom the person acts in the role; None where the role is their own."""
    held = [row for row in by.memberships if row.role == role]
    if not held or any(row.on_behalf_of is None for row in held):
        return None
    return held[0].on_behalf_of
