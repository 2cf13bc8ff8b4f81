"""The only writers of the registers; what is refused leaves nothing written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from jianfu.kernel import dates, trail
from jianfu.kernel.decisions import Conflicted, Decision, Refused, allow, refuse, require
from jianfu.kernel.document_numbers import read_document_number
from jianfu.kernel.workflow import locked, save_tracked
from jianfu.organisations.states import Role
from ledger.drafting import problem
from ledger.permissions import register as permissions
from ledger.registers import REGISTERS, Register
from ledger.states import ENDING, Verdict

NUMBERS = ("approval_number",)


def add_item(
    *, register: Register, details: Mapping[str, Any], by: Any, section: Any = None, complaint: Any = None
) -> Any:
    """Enter an item for one of the person's own 科室 (or their school). Raises `Refused`.

    ``complaint`` is what a problem was found by (`drafting.problem`); each is entered once.
    """
    require(permissions.may_add(by, register))
    with transaction.atomic():
        locked(by.person.district)  # who enters the same item at once waits, and is told of it
        item = register.model(district_id=by.district_id, section_id=_section(register, section, by))
        if complaint is not None:
            _draw(item, complaint, by)
        many = _write(item, register, details)
        _complete(item)
        require(_once(item))
        if register.disposes and item.begun_on.year == dates.today().year:
            item.verdict, item.decided_on = Verdict.NEW, dates.today()
        save_tracked(item, by=by, reason="登记")
        _write_many(item, many)
        _record("added", item, by)
    return item


def change_item(
    *, register: Register, item: Any, details: Mapping[str, Any], expected_version: int, by: Any
) -> Any:
    """Correct an entry. Raises `Refused`, or `Conflicted` when somebody changed it meanwhile."""
    with transaction.atomic():
        fresh = _current(item, expected_version, by)
        before = _values(fresh, register)
        many = _write(fresh, register, details)
        _complete(fresh)
        require(_in_order(fresh))
        require(_once(fresh))
        after = {**_values(fresh, register), **{name: _keys(rows) for name, rows in many.items()}}
        changed = [name for name, value in after.items() if value != before[name]]
        if not changed:
            return fresh
        _write_many(fresh, many)
        save_tracked(fresh, by=by, reason="修改")
        _record("changed", fresh, by, data={"fields": changed})
    return fresh


def dispose_item(
    *,
    item: Any,
    verdict: str,
    decided_on: date,
    basis: str,
    expected_version: int,
    by: Any,
    merged_into: Any = None,
    ended_on: date | None = None,
) -> Any:
    """保留、合并、取消 one item, with the day and the basis (R13).

    合并 and 取消 end it on ``ended_on``, or on the day itself; 保留 takes an end back. Raises `Refused`.
    """
    basis = basis.strip()
    with transaction.atomic():
        fresh = _current(item, expected_version, by)
        require(permissions.may_dispose(by, fresh) and _disposable(fresh))
        target = locked(merged_into) if merged_into is not None and verdict == Verdict.MERGE else None
        fresh.verdict, fresh.decided_on, fresh.basis, fresh.merged_into = verdict, decided_on, basis, target
        fresh.ended_on = (ended_on or decided_on) if verdict in ENDING else None
        require(_possible(fresh, target))
        label = fresh.get_verdict_display()
        save_tracked(fresh, by=by, reason=f"{label}：{basis}")
        _record("disposed", fresh, by, destination=verdict, note=basis)
    return fresh


def void_item(*, item: Any, reason: str, expected_version: int, by: Any) -> Any:
    """Take out of every count what was entered by mistake; it stays readable, with the reason."""
    reason = reason.strip()
    if not reason:
        raise Refused(refuse("填写作废原因，例如“重复登记”"))
    with transaction.atomic():
        fresh = _current(item, expected_version, by)
        if fresh.absorbed.filter(void_reason="").exists():
            raise Refused(refuse("有别的条目并入了这一条。先改那些条目的处置意见，再作废"))
        fresh.void_reason = reason
        save_tracked(fresh, by=by, reason=f"作废：{reason}")
        _record("voided", fresh, by, note=reason)
    return fresh


def _current(item: Any, expected_version: int, by: Any) -> Any:
    """The district first, so that two items merged into each other at once do not wait for one another."""
    locked(by.person.district)
    fresh = locked(item)
    require(permissions.may_change(by, fresh))
    if fresh.version != expected_version:
        raise Conflicted(refuse("这一条刚刚被别人改动过。看过最新内容后再办理"))
    return fresh


def _disposable(item: Any) -> Decision:
    """What is handled step by step, or happened once, is not kept or cancelled from year to year."""
    register = REGISTERS[item.slug]
    if register.disposes:
        return allow()
    return refuse(f"{register.label}不提处置意见。登记错了的，作废")


def _section(register: Register, section: Any, by: Any) -> int:
    """The person's own place; with several, the one they chose."""
    mine = permissions.places(by)
    if section is None:
        own = by.person.organisation_id
        return own if own in mine else min(mine)
    if section.pk not in mine:
        raise Refused(refuse(f"{section}不是您所在的单位，{register.label}由各单位自己登记"))
    return int(section.pk)


def _write(item: Any, register: Register, details: Mapping[str, Any]) -> dict[str, Any]:
    """Set what was typed; returns the many-to-many values, which wait for the row's key."""
    many = {}
    for name in register.fields:
        if name not in details:
            continue
        if item._meta.get_field(name).many_to_many:
            many[name] = list(details[name])
        else:
            setattr(item, name, details[name])
    return many


def _write_many(item: Any, many: Mapping[str, Any]) -> None:
    for name, rows in many.items():
        getattr(item, name).set(rows)


def _complete(item: Any) -> None:
    """What the program knows is not asked: who refused, how a number is written."""
    for name in NUMBERS:
        if hasattr(item, name):
            setattr(item, name, read_document_number(getattr(item, name)).text)
    if hasattr(item, "refused_by_id") and item.refused_by_id is None:
        item.refused_by_id = item.section_id


def _draw(item: Any, complaint: Any, by: Any) -> None:
    """Asked again under the lock: somebody may have entered it since the page was opened."""
    if not problem.offered(by).filter(pk=complaint.pk).exists():
        require(refuse("这一件已经登记到问题清单，或者现在不能登记。打开问题清单看一看"))
    item.complaint = complaint


def _once(item: Any) -> Decision:
    """The same name from the same day on is the same item, entered twice."""
    twins = type(item).objects.filter(district_id=item.district_id, name=item.name, begun_on=item.begun_on)
    twin = twins.valid().exclude(pk=item.pk).select_related("section").first()
    if twin is None:
        return allow()
    day = dates.chinese_date(item.begun_on)
    return refuse(f"“{item.name}”（{day}）已由{twin.section}登记过，不用再登记。要改内容，打开那一条")


def _in_order(item: Any) -> Decision:
    if item.ended_on is None or item.ended_on >= item.begun_on:
        return allow()
    return refuse(f"开始日期要在停止日期（{dates.chinese_date(item.ended_on)}）或以前")


def _possible(item: Any, target: Any) -> Decision:
    today = dates.today()
    if item.verdict not in {Verdict.KEEP, *ENDING}:
        return refuse("处置意见选保留、合并或取消")
    if not item.basis:
        return refuse("填写处置依据，例如“清理工作会议纪要〔2026〕3号”")
    if not item.begun_on <= item.decided_on <= today:
        first, last = dates.chinese_date(item.begun_on), dates.chinese_date(today)
        return refuse(f"处置日期填{first}（开始）到{last}（今天）之间的一天")
    return _in_order(item) and _mergeable(item, target)


def _mergeable(item: Any, target: Any) -> Decision:
    if item.verdict != Verdict.MERGE:
        return allow()
    if target is None or target.district_id != item.district_id:
        return refuse("选择并入哪一条，合并后由那一条继续")
    if target.pk == item.pk:
        return refuse("不能并入自己，选择另一条")
    if target.is_voided or target.is_ended:
        return refuse(f"“{target}”已经停止，不能并入。选择还在继续的一条")
    if item.absorbed.filter(void_reason="", verdict=Verdict.MERGE).exists():
        return refuse("有别的条目已并入这一条。先把那些条目改为并入新的一条")
    return allow()


def _values(item: Any, register: Register) -> dict[str, Any]:
    found = {}
    for name in register.fields:
        many = item._meta.get_field(name).many_to_many
        found[name] = _keys(getattr(item, name).all()) if many else getattr(item, name)
    return found


def _keys(rows: Any) -> list[int]:
    return sorted(row.pk for row in rows)


def _record(verb: str, item: Any, by: Any, **more: Any) -> None:
    trail.record(action=f"register.{item.slug}.{verb}", target=item, by=by, **more)


def offers_choice(by: Any) -> bool:
    """Whether the person keeps registers for several places and must say for which."""
    return len(permissions.places(by)) > 1 and by.has(Role.SECTION_CLERK, Role.SCHOOL)
