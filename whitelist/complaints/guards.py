"""What a complaint must fulfil before a step: which may follow which finding, and what may be made public."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from jianfu.kernel import dates
from jianfu.kernel.decisions import Decision, allow, refuse
from jianfu.organisations.selectors import schools
from whitelist.privacy import reaches_a_person
from whitelist.states.complaint import PROVED, ComplaintKind, ComplaintState, Finding

from .figures import RED_CARD, SERIOUS_REPEAT, value_of

_QUOTED = 12  # so many characters in a row of the writer's own are a quotation
_YEAR = timedelta(days=365)


def is_complaint(complaint: Any, _by: Any) -> Decision:
    if complaint.kind == ComplaintKind.COMPLAINT:
        return allow()
    return refuse("这一件是意见建议，直接答复；要核查的，先改为投诉举报")


def is_feedback(complaint: Any, _by: Any) -> Decision:
    return (
        allow()
        if complaint.kind == ComplaintKind.FEEDBACK
        else refuse("投诉举报要先受理核查，不能直接答复办结")
    )


def names_a_unit(complaint: Any, _by: Any) -> Decision:
    if complaint.accused_units:
        return allow()
    return refuse("还没有确定被反映的单位，先在“被反映单位”里选定")


def is_proved(complaint: Any, _by: Any) -> Decision:
    """属实 or 部分属实."""
    if complaint.finding in PROVED:
        return allow()
    return refuse(f"认定为“{complaint.get_finding_display()}”的不能通报、约谈、曝光，告知结果后办结")


def is_upheld(complaint: Any, _by: Any) -> Decision:
    if complaint.finding == Finding.UPHELD:
        return allow()
    return refuse(f"认定为“{complaint.get_finding_display()}”的不能曝光，只有属实的才能曝光")


def was_notified(complaint: Any, _by: Any) -> Decision:
    return allow() if complaint.notified_on else refuse("曝光以前要先通报")


def consequences_drawn(complaint: Any, _by: Any) -> Decision:
    """属实 is not closed without 通报 or 约谈; where the unit does it again and again, not without 通报."""
    if complaint.finding == Finding.UPHELD and not (complaint.notified_on or complaint.summoned_on):
        return refuse("认定为“属实”的，先通报或者约谈，再办结")
    worst = repeats_too_often(complaint)
    if complaint.finding in PROVED and worst and not complaint.notified_on:
        return refuse(f"{worst}一年内已查实 {limit_of(complaint)} 件以上，属于反复发生，先通报再办结")
    return allow()


def limit_of(complaint: Any) -> int:
    return value_of(SERIOUS_REPEAT, complaint.district_id, dates.today())


def repeats_too_often(complaint: Any) -> str:
    """The name of a unit against which, with this one, too many were proved in a year; "" where none."""
    since, limit = dates.today() - _YEAR, limit_of(complaint)
    for unit in complaint.accused_units:
        if proved_against(type(complaint), unit.pk, since).count() >= limit:
            return str(unit.name)
    return ""


def proved_against(model: Any, unit_id: int, since: date) -> Any:
    return model.objects.proved().filter(accused=unit_id, found_on__gte=since)


def may_be_public(complaint: Any, text: str) -> Decision:
    """The words of an exposure: nothing by which the writer could be told.

    Neither telephones, nor a school (who writes works at one), nor words that are the writer's own.
    """
    if not text.strip():
        return refuse("填写公开的内容：哪个单位、什么做法、怎样处理")
    if reaches_a_person(text):
        return refuse("公开的内容里有电话、邮箱或证件号，删去后再提交")
    accused = {unit.pk for unit in complaint.accused_units}
    for school in schools(complaint.district_id):
        if school.pk not in accused and (
            school.name in text or (school.short_name and school.short_name in text)
        ):
            return refuse(f"公开的内容里写了“{school}”，可能让人猜到反映人，删去学校名称")
    return keeps_the_writer(complaint, text)


def keeps_the_writer(complaint: Any, text: str) -> Decision:
    """No name, telephone or sentence of the writer's in what others read."""
    bare = "".join(text.split())
    for known in complaint.identity_words:
        if len(known) > 1 and known in bare:
            return refuse("里面有反映人的姓名或电话，删去后再提交")
    if quotation := _quoted(bare, "".join(complaint.story_words.split())):
        return refuse(f"“{quotation}……”和反映人的原话一样，可能让人认出是谁写的，换自己的话写")
    return allow()


def _quoted(text: str, original: str) -> str:
    places = range(len(original) - _QUOTED + 1)
    parts = {original[place : place + _QUOTED] for place in places}
    found = (text[p : p + _QUOTED] for p in range(len(text) - _QUOTED + 1) if text[p : p + _QUOTED] in parts)
    return next(found, "")


def may_be_fabricated(complaint: Any, fabricated: int) -> Decision:
    """Declining for earlier fabrications: a named writer who was called back, with a red card."""
    if not complaint.identity_confirmed_on:
        return refuse("先按留下的电话回访，核实确是本人署名：电话可能是别人冒填的")
    limit = value_of(RED_CARD, complaint.district_id, dates.today())
    if fabricated < limit:
        return refuse(f"同一署名人认定捏造的有 {fabricated} 件，满 {limit} 件才能以此不予受理")
    return allow()


def is_received(complaint: Any, _by: Any) -> Decision:
    return allow() if complaint.state == ComplaintState.RECEIVED else refuse("已经受理，不能再改类别")
