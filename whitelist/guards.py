"""What a release must fulfil before its next step, whoever takes it."""

from __future__ import annotations

from typing import Any

from approvals.states import State as ApplicationState
from jianfu.kernel import dates
from jianfu.kernel.decisions import Decision, Refusal, allow, refuse

from .figures import NEEDED, POSTING, SIGNATURE, SKIPPED, in_force
from .states import Kind, State


def all_still_filed(release: Any, _by: Any) -> Decision:
    """Every chosen application is still 待公布: it may have been taken back since it was chosen."""
    moved = release.applications.exclude(state=ApplicationState.FILED)
    return Decision(*(Refusal(no_longer_filed(application)) for application in moved))


def no_longer_filed(application: Any) -> str:
    return (
        f"“{application.title}”现在是“{application.get_state_display()}”，不是“待公布”，不能列入。"
        "请返回修改，取消勾选后再公布"
    )


def signature_needed(release: Any) -> bool:
    """What was only registered (R42) was decided by nobody, and needs nobody's name."""
    return release.kind == Kind.CAMPUS and in_force(SIGNATURE, release.district_id) == NEEDED


def posting_may(release: Any, _by: Any) -> Decision:
    if release.kind == Kind.CAMPUS and in_force(POSTING, release.district_id) != SKIPPED:
        return allow()
    return refuse("本区县规定白名单不用公示，直接办下一步", POSTING.code)


def posting_done(release: Any, _by: Any) -> Decision:
    """Posted where the district asks for it; and its last day is over."""
    asked = release.kind == Kind.CAMPUS and in_force(POSTING, release.district_id) == NEEDED
    if release.posted_until is None:
        return refuse("本区县规定公布前须公示，先开始公示", POSTING.code) if asked else allow()
    if dates.today() <= release.posted_until:
        last = dates.chinese_date(release.posted_until)
        return refuse(f"公示到{last}为止，期满第二天起才能办下一步。要提前改名单，先撤回")
    return allow()


def objections_answered(release: Any, _by: Any) -> Decision:
    """Every objection has its words before the list goes on."""
    waiting = release.objections.unanswered().count()
    return allow() if not waiting else refuse(f"还有 {waiting} 件异议没有答复，先逐件答复")


def signature_wanted(release: Any, _by: Any) -> Decision:
    if signature_needed(release):
        return allow()
    return refuse("这一版不用签发，可以直接公布", SIGNATURE.code)


def signed(release: Any, _by: Any) -> Decision:
    if release.state == State.SIGNED or not signature_needed(release):
        return allow()
    return refuse("公布前须由领导小组成员签发，先送签", SIGNATURE.code)


POSTED_TO_THE_END = (posting_done, objections_answered)
