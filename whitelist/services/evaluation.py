"""Writes: one unit's answers in an evaluation, 意见建议 and the answer to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction

from jianfu.kernel import dates, trail
from jianfu.kernel.decisions import Conflicted, Decision, refuse, require
from jianfu.kernel.steps import filled
from jianfu.kernel.workflow import locked, save_tracked
from jianfu.organisations.selectors import organisations
from jianfu.organisations.states import Kind, Role
from whitelist import permissions
from whitelist.models import Feedback, Voice
from whitelist.selectors.evaluation import Evaluation, department_of
from whitelist.states import LINE_LIMIT, QUESTIONS, FeedbackTopic, Grade, Party

if TYPE_CHECKING:
    from jianfu.organisations.models import User

GIVEN = "已经评价过，不用再填；评价提交后不能更改"


def unit_speaking(evaluation: Evaluation, party: str, by: User) -> tuple[int | None, Decision]:
    """For which unit the person speaks as the party, or why not."""
    if party == Party.BUREAU:
        decision = permissions.may_assess(by)
        if evaluation.entry.district_id != by.district_id:
            decision &= refuse("这一项不属于本区县")
        return _bureau(by), decision
    if party == Party.DEPARTMENT:
        unit = department_of(evaluation.entry)
        if unit in by.organisation_ids(Role.APPLICANT):
            return unit, Decision()
        return None, refuse("部门自评由申报单位的经办人填写")
    school = next(iter(by.organisation_ids(Role.SCHOOL) & set(evaluation.visited)), None)
    return school, Decision() if school else refuse("只有这学期来过的学校评价，本校没有来校记录")


def may_give(evaluation: Evaluation, party: str, by: User) -> tuple[int | None, Decision]:
    """``unit_speaking``, and whether it is the time for it."""
    unit, decision = unit_speaking(evaluation, party, by)
    if not evaluation.is_open:
        decision &= refuse(f"{dates.chinese_date(evaluation.opens_on)}结束后再评价")
    elif party == Party.SCHOOL and dates.today() > evaluation.due_on:
        decision &= refuse(f"评价已于{dates.chinese_date(evaluation.due_on)}截止，不用再填")
    given = evaluation.of(Party(party))
    if any(party != Party.SCHOOL or voice.organisation_id == unit for voice in given):
        decision &= refuse(GIVEN)
    return unit, decision


def give_voice(
    *, evaluation: Evaluation, party: str, answers: Mapping[str, int], by: User, line: str = ""
) -> Voice:
    """Keep one unit's answers. Raises `Refused`, or `Conflicted` where a colleague was faster."""
    unit, decision = may_give(evaluation, party, by)
    require(decision & _complete(party, answers, line.strip()))
    voice = Voice(
        entry=evaluation.entry,
        season=evaluation.season.key,
        party=party,
        organisation_id=unit,
        answers={key: int(value) for key, value in answers.items()},
        line=line.strip(),
        given_by=by.person,
        given_at=dates.now(),
    )
    try:
        with transaction.atomic():
            save_tracked(voice, by=by, reason="绩效评价")
            data = {"season": voice.season, "party": party}
            trail.record(action="evaluation.given", target=voice, by=by, data=data)
    except IntegrityError:
        raise Conflicted(refuse(GIVEN)) from None
    return voice


def _bureau(by: User) -> int | None:
    """The bureau speaks with one voice, whichever 科室 writes it."""
    rows = organisations(by.district_id).filter(kind=Kind.BUREAU).order_by("position", "pk")
    return rows.values_list("pk", flat=True).first() or by.person.organisation_id


def _complete(party: str, answers: Mapping[str, int], line: str) -> Decision:
    decision = Decision()
    for question in QUESTIONS[party]:
        if answers.get(question.code) not in Grade.values:
            decision &= refuse(f"选择“{question.words}”")
    if set(answers) - {question.code for question in QUESTIONS[party]}:
        decision &= refuse("有不认识的问题，刷新后再填")
    if len(line) > LINE_LIMIT:
        decision &= refuse(f"补充说明最多 {LINE_LIMIT} 字，现在是 {len(line)} 字")
    return decision


def give_feedback(*, organisation: Any, topic: str, words: str, by: User) -> Feedback:
    """意见建议 of the person's own unit."""
    decision = permissions.may_give_feedback(by)
    if organisation.pk not in by.organisation_ids(Role.APPLICANT, Role.SCHOOL):
        decision &= refuse("只能代表本单位提意见建议")
    require(decision & filled(words.strip(), "填写意见建议"))
    feedback = Feedback(
        district_id=by.district_id,
        organisation=organisation,
        topic=FeedbackTopic(topic),
        words=words.strip(),
        given_by=by.person,
        given_at=dates.now(),
    )
    with transaction.atomic():
        save_tracked(feedback, by=by, reason="提出意见建议")
        trail.record(action="feedback.given", target=feedback, by=by)
    return feedback


def answer_feedback(
    *, feedback: Feedback, answer: str, by: User, expected_version: int | None = None
) -> Feedback:
    """Answer it; once."""
    with transaction.atomic():
        fresh: Feedback = locked(feedback)
        require(permissions.may_answer_feedback(fresh, by) & filled(answer.strip(), "填写答复"))
        if fresh.answered_at or (expected_version is not None and fresh.version != expected_version):
            raise Conflicted(refuse("这一条已经有人答复，请看过答复再说"))
        fresh.answer, fresh.answered_by, fresh.answered_at = answer.strip(), by.person, dates.now()
        save_tracked(fresh, by=by, reason="答复意见建议")
        trail.record(action="feedback.answered", target=fresh, by=by)
    return fresh
