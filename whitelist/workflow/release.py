"""The road of a release, as a table: 拟公布 → 公示 → 签发 → 公布; what a district skips, its figures say."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from jianfu.kernel.decisions import allow, refuse, require
from jianfu.kernel.document_numbers import read_document_number
from jianfu.kernel.steps import dated, filled, step_columns, words_in
from jianfu.kernel.workflow import Act, Workflow, transition
from jianfu.organisations.states import Role
from whitelist import guards, permissions
from whitelist.figures import POSTING_DAYS, in_force
from whitelist.states import State

_LEADERS = {"sign", "return_"}


def _day(act: Act) -> Any:
    return timezone.localtime(act.at).date()


def _post(release: Any, act: Act) -> None:
    """The first day is the day of the button; that of the figure's last day still counts."""
    release.posted_on = _day(act)
    days = max(1, in_force(POSTING_DAYS, release.district_id))
    release.posted_until = release.posted_on + timedelta(days=days - 1)


def _sign(release: Any, act: Act) -> None:
    release.signed_by, release.signed_on = act.by.person, _day(act)
    release.meeting_number = _number(act)


def _sign_on_paper(release: Any, act: Act) -> None:
    """签发 stands on a paper: who signed, when, and under which number; the same separation of people."""
    signer, signed_on = act.data.get("signer"), act.data.get("signed_on")
    number = _number(act)
    decision = allow() if signer else refuse("选择签发的领导小组成员")
    decision &= dated(signed_on, "签发日期") & filled(number, "填写会议纪要或签发文件的文号")
    if signer:
        decision &= permissions.apart(release, {signer.pk: signer.name})
    require(decision)
    release.signed_by, release.signed_on, release.meeting_number = signer, signed_on, number


def _number(act: Act) -> str:
    return read_document_number(words_in(act, "meeting_number")).text[:60]


def _start_over(release: Any, _act: Act) -> None:
    """What was posted or signed was another list."""
    release.posted_on = release.posted_until = release.signed_on = release.signed_by = None
    release.meeting_number = ""


def _take_day(release: Any, act: Act) -> None:
    """It is dated by the day on which the button was pressed."""
    release.published_on, release.published_by = _day(act), act.by


def _write_step(release: Any, act: Act) -> None:
    role = Role.LEADER if act.transition.name in _LEADERS else Role.PUBLICATION_CLERK
    release.steps.create(**step_columns(act, on_behalf_of=permissions.principal(act.by, role)))


_S = State

RELEASE = Workflow(
    name="release",
    label="公布白名单",
    states=State,
    initial=_S.DRAFTED,
    trace=_write_step,
    transitions=(
        transition(
            "post",
            "开始公示",
            [_S.DRAFTED],
            _S.POSTED,
            permissions.may_publish,
            guards=(guards.all_still_filed, guards.posting_may),
            effect=_post,
        ),
        transition(
            "submit",
            "送领导小组签发",
            [_S.DRAFTED, _S.POSTED],
            _S.SUBMITTED,
            permissions.may_publish,
            guards=(
                guards.signature_wanted,
                guards.all_still_filed,
                guards.posting_done,
                guards.objections_answered,
            ),
            tone="primary",
        ),
        transition(
            "sign", "签发", [_S.SUBMITTED], _S.SIGNED, permissions.may_sign, effect=_sign, tone="primary"
        ),
        transition(
            "sign_on_paper",
            "登记纸质签发",
            [_S.SUBMITTED],
            _S.SIGNED,
            permissions.may_publish,
            effect=_sign_on_paper,
            button=False,
        ),
        transition(
            "return_",
            "退回",
            [_S.SUBMITTED],
            _S.DRAFTED,
            permissions.is_leader,
            note_required=True,
            note_label="退回理由",
            effect=_start_over,
            tone="danger",
        ),
        transition(
            "publish",
            "公布这一版",
            [_S.DRAFTED, _S.POSTED, _S.SIGNED],
            _S.PUBLISHED,
            permissions.may_publish,
            guards=(guards.signed, guards.all_still_filed, *guards.POSTED_TO_THE_END),
            effect=_take_day,
            tone="primary",
        ),
        # A list that was signed and published on paper before the office worked here.
        transition(
            "enter",
            "补录",
            [_S.DRAFTED],
            _S.PUBLISHED,
            permissions.may_publish,
            effect=_take_day,
            button=False,
        ),
        # The list of inspections: decided and published by approvals' plan, which this only follows.
        transition(
            "follow",
            "随计划公布",
            [_S.DRAFTED],
            _S.PUBLISHED,
            permissions.may_follow,
            effect=_take_day,
            button=False,
        ),
        transition(
            "recall",
            "撤回修改",
            [_S.POSTED, _S.SUBMITTED, _S.SIGNED],
            _S.DRAFTED,
            permissions.may_publish,
            note_required=True,
            note_label="撤回理由",
            effect=_start_over,
        ),
    ),
)
