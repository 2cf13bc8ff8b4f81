"""The road of a complaint: every state, every step, every role; which step may follow which finding."""

import itertools

import pytest

from jianfu.kernel import dates
from jianfu.kernel.decisions import Conflicted, Refused
from jianfu.organisations.states import Role
from whitelist.models import Complaint
from whitelist.services import complaint as services
from whitelist.states.complaint import ComplaintState, Finding
from whitelist.workflow.complaint import COMPLAINT

from .complaints import handler, leader, received, taken, walked

S = ComplaintState
# Who may take which step from which state; everybody else, everywhere else, is refused.
ALLOWED = {
    (S.RECEIVED, "accept"): "handler",
    (S.RECEIVED, "refer"): "handler",
    (S.RECEIVED, "decline"): "handler",
    (S.CHECKING, "find"): "handler",
    (S.FOUND, "propose_notice"): "handler",
    (S.FOUND, "summon"): "handler",
    (S.NOTICE_PROPOSED, "sign_notice"): "leader",
    (S.NOTICE_PROPOSED, "return_notice"): "leader",
    (S.NOTIFIED, "summon"): "handler",
    (S.NOTIFIED, "propose_exposure"): "handler",
    (S.NOTIFIED, "close"): "handler",
    (S.SUMMONED, "propose_exposure"): "handler",
    (S.SUMMONED, "close"): "handler",
    (S.EXPOSURE_PROPOSED, "sign_exposure"): "leader",
    (S.EXPOSURE_PROPOSED, "return_exposure"): "leader",
    (S.EXPOSED, "close"): "handler",
    (S.CLOSED, "reopen"): "handler",
}


def test_every_state_step_and_role(world):
    """An upheld complaint that was notified where its state says so; feedback alone may be answered."""
    complaint = taken(world)
    people = {"handler": handler(world), "leader": leader(world), "colleague": handler(world, "colleague")}
    people |= {role: world.user(role) for role in (Role.PUBLICATION_CLERK, Role.AUDITOR, Role.APPLICANT)}
    wrong = []
    for state, name in itertools.product(S, COMPLAINT.transitions):
        complaint.state = state
        complaint.finding = Finding.UPHELD if complaint.state not in {S.RECEIVED, S.CHECKING} else ""
        late = state in {S.NOTIFIED, S.SUMMONED, S.EXPOSURE_PROPOSED, S.EXPOSED, S.CLOSED}
        complaint.notified_on = dates.today() if late else None
        for who, by in people.items():
            may = bool(COMPLAINT.decide(complaint, name, by))
            if may != (ALLOWED.get((state, name)) == who):
                wrong.append((state, name, who, may))
    assert wrong == []


def test_the_whole_road_leaves_its_days_and_steps(world):
    complaint = walked(world)
    assert complaint.state == S.CLOSED
    columns = ("accepted_on", "found_on", "notified_on", "summoned_on", "exposed_on", "closed_on")
    assert {getattr(complaint, name) for name in columns} == {dates.today()}
    assert [step.transition for step in complaint.steps.order_by("pk")][-1] == "close"
    assert complaint.steps.count() == 8


@pytest.mark.parametrize("finding", [Finding.UNFOUNDED, Finding.UNPROVEN])
def test_nothing_follows_for_the_unit_what_was_not_proved(world, finding):
    complaint = walked(world, "accept")
    found = _step(complaint, "find", handler(world), note="查无此事", data={"finding": finding})
    for name in ("propose_notice", "summon"):
        with pytest.raises(Refused, match="不能通报、约谈、曝光"):
            _step(found, name, handler(world), note="拟办", data={"held_on": dates.today()})
    assert _step(found, "close", handler(world), note="已说明情况").state == S.CLOSED


def test_what_is_upheld_is_not_closed_without_a_consequence(world):
    complaint = walked(world, "find")
    with pytest.raises(Refused, match="先通报或者约谈"):
        _step(complaint, "close", handler(world), note="已口头提醒")


def test_only_what_is_upheld_and_notified_is_exposed(world):
    complaint = walked(world, "accept")
    partly = _step(complaint, "find", handler(world), note="部分存在", data={"finding": Finding.PARTLY})
    summoned = _step(partly, "summon", handler(world), note="限期改正", data={"held_on": dates.today()})
    with pytest.raises(Refused) as refused:
        _step(summoned, "propose_exposure", handler(world), data={"public_text": "该单位已改正。"})
    assert len(refused.value.decision.reasons) == 2


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("", "填写公开的内容"),
        ("联系电话13800001111，已处理", "电话"),
        ("在实验小学要求教师执勤，已处理", "实验小学"),
        ("每周三都要我们班主任到街上站岗，已处理", "原话"),
    ],
)
def test_what_is_published_tells_nothing_of_the_writer(world, words, why):
    complaint = walked(world, "sign_notice")
    with pytest.raises(Refused, match=why):
        _step(complaint, "propose_exposure", handler(world), data={"public_text": words})
    complaint.refresh_from_db()
    assert (complaint.state, complaint.public_text) == (S.NOTIFIED, "")


def test_a_note_that_names_the_writer_is_refused(world):
    complaint = walked(world, "accept")
    with pytest.raises(Refused, match="姓名或电话"):
        _step(complaint, "find", handler(world), note="经向卓玛央金了解属实", data={"finding": "upheld"})


def test_a_serious_repeat_is_notified_before_it_is_closed(world):
    for _ in range(2):
        walked(world, "summon")
    third = walked(world, "accept")
    found = _step(third, "find", handler(world), note="再次发生", data={"finding": Finding.PARTLY})
    with pytest.raises(Refused, match="一年内已查实 3 件以上"):
        _step(found, "close", handler(world), note="已提醒")
    notice = _step(found, "propose_notice", handler(world), note="反复发生")
    signed = _step(notice, "sign_notice", leader(world))
    assert _step(signed, "close", handler(world), note="已通报").state == S.CLOSED


def test_who_found_does_not_sign(world):
    """A leader who took the escalated case over before signs nothing of it afterwards."""
    complaint = walked(world, "find")
    both = leader(world)
    Complaint.objects.filter(pk=complaint.pk).update(escalated=True)
    mine = services.assign(complaint=complaint, to=both, by=both, note="接手办理")
    proposed = _step(mine, "propose_notice", both, note="拟通报")
    with pytest.raises(Refused, match="不能签发"):
        _step(proposed, "sign_notice", both)
    assert _step(proposed, "sign_notice", leader(world, "other-leader")).state == S.NOTIFIED


def test_feedback_is_answered_and_a_complaint_is_not(world):
    complaint = taken(world, kind="feedback")
    with pytest.raises(Refused, match="意见建议"):
        _step(complaint, "accept", handler(world))
    changed = services.change_kind(complaint=complaint, by=handler(world))
    with pytest.raises(Refused, match="先受理核查"):
        _step(changed, "answer", handler(world), note="已采纳")
    back = services.change_kind(complaint=changed, by=handler(world))
    assert _step(back, "answer", handler(world), note="已采纳").state == S.CLOSED


def test_declining_needs_its_ground(world):
    complaint = taken(world)
    with pytest.raises(Refused, match="选择不予受理的依据"):
        _step(complaint, "decline", handler(world), note="不归这里管")
    done = _step(complaint, "decline", handler(world), note="学校内部事务", data={"ground": "not_ours"})
    assert done.state == S.DECLINED
    assert done.due_on is None


def test_of_two_who_take_it_the_second_is_told(world):
    complaint, _code = received(world)
    services.take(complaint=complaint, by=handler(world))
    with pytest.raises(Conflicted, match="刚刚由"):
        services.take(complaint=complaint, by=handler(world, "colleague"))


def test_limits_are_dated(world):
    complaint, _code = received(world)
    assert complaint.due_on > dates.today()
    first = complaint.due_on
    mine = services.take(complaint=complaint, by=handler(world))
    assert _step(mine, "accept", handler(world)).due_on > first


def test_false_reports_are_weighed_only_when_called_back_and_judged(world):
    """Two are a yellow card, three a red one (B6); who is refused is told, and nobody is unmasked."""
    for _ in range(3):
        _fabricated(world)
    again = taken(world)
    assert services.fabricated_by(again) == 0  # anybody can type that number
    with pytest.raises(Refused, match="先按留下的电话回访"):
        _step(again, "decline", handler(world), note="屡次不实", data={"ground": "fabricated"})
    confirmed = services.confirm_identity(complaint=again, by=handler(world))
    assert (services.fabricated_by(confirmed), services.card_of(confirmed)) == (3, "红牌")
    done = _step(confirmed, "decline", handler(world), note="已电话说明", data={"ground": "fabricated"})
    assert done.state == S.DECLINED


def test_two_are_a_yellow_card_and_do_not_block(world):
    for _ in range(2):
        _fabricated(world)
    again = services.confirm_identity(complaint=taken(world), by=handler(world))
    assert services.card_of(again) == "黄牌"
    with pytest.raises(Refused, match="满 3 件"):
        _step(again, "decline", handler(world), note="屡次不实", data={"ground": "fabricated"})


def test_anonymous_reports_are_never_weighed(world):
    complaint = taken(world, identity={})
    with pytest.raises(Refused, match="没有留电话"):
        services.confirm_identity(complaint=complaint, by=handler(world))


def _fabricated(world):
    complaint = services.confirm_identity(complaint=taken(world), by=handler(world))
    accepted = _step(complaint, "accept", handler(world))
    found = _step(accepted, "find", handler(world), note="没有此事", data={"finding": Finding.UNFOUNDED})
    proposed = services.propose_fabrication(complaint=found, by=handler(world))
    with pytest.raises(Refused, match="没有经办过"):
        services.judge_fabrication(complaint=proposed, by=handler(world), fabricated=True)
    services.judge_fabrication(complaint=proposed, by=leader(world), fabricated=True)


def _step(complaint, name, by, **more):
    return services.perform_complaint(complaint=complaint, name=name, by=by, **more)


def test_a_leader_of_the_accused_unit_does_not_sign(world):
    complaint = walked(world, "propose_notice")
    own = world.user(Role.LEADER, place="department", key="own-leader")
    with pytest.raises(Refused, match="须回避"):
        _step(complaint, "sign_notice", own)
    assert not Complaint.objects.visible_to(own).exists()
