"""A round put into force: all of it, dated and numbered, or nothing."""

from datetime import timedelta

import pytest

from approvals import services
from approvals.models import Application, Round
from approvals.states import (
    Delivery,
    Ground,
    Integration,
    Outcome,
    RoundState,
    State,
)
from approvals.workflow import ROUND
from jianfu.audit.models import Event
from jianfu.kernel import dates
from jianfu.kernel.decisions import Conflicted, Refused
from jianfu.organisations.states import Role
from tests.approvals.factories import answers, application_at, give_opinions, step
from tests.approvals.rounds import AGREED, MINUTES, mark_all, opened, put_in_force
from tests.factories import build_world


def words(error) -> str:
    return error.value.decision.text


def states(*applications) -> list[str]:
    return [Application.objects.get(pk=row.pk).state for row in applications]


def test_every_outcome_takes_its_step_at_once(world):
    rows = [application_at(State.REVIEWED, world, title=f"活动{n}") for n in range(6)]
    round_, by = opened(world, rows), world.user(Role.LEADER)
    marks = [
        {"outcome": "pass", "note": "同意。"},
        {"outcome": "integrate", "integration": ["class_meeting", "culture"], "note": "融入班会。"},
        {"outcome": "resources", "note": "提供资源。"},
        {"outcome": "return", "ground": "plan", "note": "补方案。"},
        {"outcome": "reject", "ground": "unsuitable", "note": "不适合。"},
        {"outcome": "merge", "merge_into": rows[0], "note": "与活动0合并。"},
    ]
    for item, mark in zip(round_.items.all(), marks, strict=True):
        services.mark(item=item, by=by, marks=mark)
    decided = put_in_force(round_, by)
    assert (decided.state, decided.meeting_number) == (RoundState.IN_FORCE, MINUTES)
    assert states(*rows) == [
        State.APPROVED, State.APPROVED, State.APPROVED, State.RETURNED, State.REJECTED, State.MERGED,
    ]  # fmt: skip
    found = [Application.objects.get(pk=row.pk) for row in rows]
    assert {row.meeting_number for row in found[:3]} == {MINUTES}
    assert {row.decided_on for row in found[:3]} == {dates.today()}
    assert [row.granted_integration for row in found[:3]] == [
        [Integration.PRACTICE], [Integration.CLASS_MEETING, Integration.CULTURE], [Integration.PRACTICE],
    ]  # fmt: skip
    assert [row.granted_delivery for row in found[:3]] == ["visit", "visit", Delivery.RESOURCES]
    assert found[5].merged_into_id == rows[0].pk
    last = [row.steps.first() for row in found]
    assert [row.note for row in last] == [mark["note"] for mark in marks]
    assert last[4].data["grounds"] == [Ground.UNSUITABLE.value]
    event = Event.objects.get(action="round.put_in_force")
    assert event.data["meeting_number"] == MINUTES


def test_the_first_review_hands_its_recommendation_on(world):
    application = application_at(State.APPRAISED, world)
    round_, by = opened(world, [application], stage="review"), world.user(Role.FIRST_REVIEWER)
    mark_all(round_, by, outcome="integrate", integration=["subject"], note="拟同意，融入学科教学。")
    put_in_force(round_, by, meeting_number="")
    application.refresh_from_db()
    assert application.state == State.REVIEWED
    assert application.granted_integration == []
    assert application.steps.first().data == {"integration": ["subject"]}


def test_the_panels_meeting_concludes_with_its_head(world):
    application = step(application_at(State.DRAFTED, world), "submit", world)
    give_opinions(application, world)
    round_, by = opened(world, [application], stage="appraisal"), world.user(Role.PUBLICATION_CLERK)
    mark_all(round_, by, outcome="pass", conclusion="agree_amended", note="修改后同意。")
    with pytest.raises(Refused, match="选择组长"):
        put_in_force(round_, by, meeting_number="")
    stranger = world.user(Role.LEADER).person
    with pytest.raises(Refused) as refused:
        put_in_force(round_, by, head=stranger)
    assert f"第 1 项“{application}”：组长要从已提交意见的专家里选" in words(refused)
    head = world.user(Role.EXPERT, key="expert-1").person
    put_in_force(round_, by, head=head, meeting_number="")
    opinion = application.panel_opinions.get()
    assert (opinion.head, opinion.conclusion, opinion.text) == (head, "agree_amended", "修改后同意。")


@pytest.mark.parametrize(
    ("marks", "said"),
    [
        ({}, "还没有标记结果"),
        ({"outcome": "pass", "note": ""}, "没有写意见"),
        ({"outcome": "integrate", "note": "好"}, "没有选融合方式"),
        ({"outcome": "integrate", "integration": ["none"], "note": "好"}, "没有选融合方式"),
        ({"outcome": "return", "note": "补"}, "没有选理由"),
        ({"outcome": "reject", "note": "不"}, "没有选理由"),
        ({"outcome": "merge", "note": "并"}, "没有选并入哪一项"),
    ],
)
def test_nothing_is_put_into_force_half(world, marks, said):
    ready, lacking = application_at(State.REVIEWED, world), application_at(State.REVIEWED, world)
    round_, by = opened(world, [ready, lacking]), world.user(Role.LEADER)
    first, second = round_.items.all()
    services.mark(item=first, by=by, marks=AGREED)
    if marks:
        services.mark(item=second, by=by, marks=marks)
    with pytest.raises(Refused) as refused:
        put_in_force(round_, by)
    assert f"第 2 项“{lacking}”{said}" in words(refused)
    assert "第 1 项" not in words(refused)
    assert states(ready, lacking) == [State.REVIEWED, State.REVIEWED]


def test_the_panels_consent_needs_a_conclusion(world):
    application = application_at(State.SUBMITTED, world)
    round_, by = opened(world, [application], stage="appraisal"), world.user(Role.PUBLICATION_CLERK)
    mark_all(round_, by, outcome="pass", note="同意。")
    assert "没有选论证结论" in ROUND.decide(round_, "put_in_force", by).text


def test_an_empty_round_decides_nothing(world):
    round_, by = opened(world, [application_at(State.REVIEWED, world)]), world.user(Role.LEADER)
    services.remove_from_round(item=round_.items.get(), by=by)
    with pytest.raises(Refused, match="批次里还没有申请"):
        put_in_force(round_, by)


@pytest.mark.parametrize(("outcome", "ground"), [("reject", "plan"), ("return", "plan"), ("merge", "")])
def test_nothing_is_merged_into_what_does_not_go_on(world, outcome, ground):
    first, second, third = (application_at(State.REVIEWED, world, title=f"活动{n}") for n in range(3))
    round_, by = opened(world, [first, second, third]), world.user(Role.LEADER)
    one, two, three = round_.items.all()
    services.mark(item=one, by=by, marks={"outcome": "merge", "merge_into": second, "note": "并"})
    services.mark(
        item=two, by=by, marks={"outcome": outcome, "ground": ground, "merge_into": third, "note": "不"}
    )
    services.mark(item=three, by=by, marks=AGREED)
    with pytest.raises(Refused, match="要并入“活动1”，而那一项在本批次里不是同意"):
        put_in_force(round_, by)
    services.mark(item=two, by=by, marks=AGREED)
    put_in_force(round_, by)
    assert states(first, second, third) == [State.MERGED, State.APPROVED, State.APPROVED]


def test_one_refused_line_takes_everything_back_and_is_named(world):
    rows = [application_at(State.REVIEWED, world, title=f"活动{n}") for n in range(3)]
    round_, by = opened(world, rows), world.user(Role.LEADER)
    mark_all(round_, by, **AGREED)
    step(rows[1], "withdraw", world)
    events, steps = Event.objects.count(), rows[0].steps.count()
    with pytest.raises(Refused) as refused:
        put_in_force(round_, by)
    assert "第 2 项“活动1”：现在是“已撤回”" in words(refused)
    assert "第 1 项" not in words(refused)
    assert states(*rows) == [State.REVIEWED, State.WITHDRAWN, State.REVIEWED]
    round_.refresh_from_db()
    assert (round_.state, round_.met_on, round_.meeting_number) == (RoundState.OPEN, None, "")
    assert (Event.objects.count(), rows[0].steps.count()) == (events, steps)
    services.remove_from_round(item=round_.items.get(application=rows[1]), by=by)
    put_in_force(round_, by)
    assert states(*rows) == [State.APPROVED, State.WITHDRAWN, State.APPROVED]


def test_the_deciders_separation_of_duties_holds_line_by_line(world):
    first, second = (application_at(State.APPRAISED, world, title=f"活动{n}") for n in range(2))
    reviewer = world.user(Role.FIRST_REVIEWER)
    other = world.user(Role.FIRST_REVIEWER, key="other-reviewer", place="other_section")
    Application.objects.filter(pk=second.pk).update(handler=reviewer.person)
    round_ = opened(world, [first, second], stage="review")
    mark_all(round_, reviewer, **AGREED)
    with pytest.raises(Refused) as refused:
        put_in_force(round_, reviewer)
    assert "第 2 项“活动1”：本人申报了这项申请，不能再初审" in words(refused)
    assert states(first, second) == [State.APPRAISED, State.APPRAISED]
    put_in_force(round_, other)
    assert states(first, second) == [State.REVIEWED, State.REVIEWED]


def test_content_handed_in_anew_is_marked_anew(world):
    application = application_at(State.REVIEWED, world)
    round_, by = opened(world, [application]), world.user(Role.LEADER)
    mark_all(round_, by, **AGREED)
    application = services.perform(application=application, name="return_", by=by, note="改")
    clerk = world.user(Role.APPLICANT)
    services.save_draft(application=application, by=clerk, fields=answers(content="改过的内容。"))
    for name in ("submit", "conclude", "pass_review"):
        application = step(application, name, world)
    assert application.state == State.REVIEWED
    with pytest.raises(Refused, match="在标记之后重新报送过，看过新内容后重新标记"):
        put_in_force(round_, by)
    mark_all(round_, by, **AGREED)
    put_in_force(round_, by)
    assert states(application) == [State.APPROVED]


def test_who_puts_it_into_force(world):
    round_ = opened(world, [application_at(State.REVIEWED, world)])
    clerk = world.user(Role.PUBLICATION_CLERK)
    mark_all(round_, clerk, **AGREED)
    stranger = build_world("hechuan", "合川区").user(Role.LEADER)
    for by in (clerk, world.user(Role.FIRST_REVIEWER), world.user(Role.APPLICANT), stranger):
        with pytest.raises(Refused, match="批次由领导小组成员确认生效"):
            put_in_force(round_, by)
    assert put_in_force(round_, world.user(Role.LEADER)).state == RoundState.IN_FORCE


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"met_on": None}, "填写会议日期"),
        ({"met_on": dates.today() + timedelta(days=1)}, "会议日期不能晚于今天"),
        ({"meeting_number": "  "}, "填写会议纪要文号"),
    ],
)
def test_the_meeting_is_dated_and_numbered(world, more, said):
    round_, by = opened(world, [application_at(State.REVIEWED, world)]), world.user(Role.LEADER)
    mark_all(round_, by, **AGREED)
    with pytest.raises(Refused, match=said):
        put_in_force(round_, by, **more)
    assert Round.objects.get().state == RoundState.OPEN


def test_what_changed_after_the_summary_was_shown_is_not_put_into_force(world):
    round_, by = opened(world, [application_at(State.REVIEWED, world)]), world.user(Role.LEADER)
    mark_all(round_, by, **AGREED)
    shown = Round.objects.get().version
    mark_all(round_, world.user(Role.PUBLICATION_CLERK), outcome="reject", ground="plan", note="不")
    with pytest.raises(Conflicted, match="刚刚被同事改过"):
        put_in_force(round_, by, expected_version=shown)
    put_in_force(round_, by, expected_version=Round.objects.get().version)
    assert Application.objects.get().state == State.REJECTED


def test_a_dissolved_round_leaves_no_trace_on_its_applications(world):
    application = application_at(State.REVIEWED, world)
    round_, by = opened(world, [application]), world.user(Role.LEADER)
    mark_all(round_, by, outcome="reject", ground="plan", note="不")
    with pytest.raises(Refused):
        services.dissolve(round_=round_, by=world.user(Role.APPLICANT))
    services.dissolve(round_=round_, by=by)
    application.refresh_from_db()
    assert application.state == State.REVIEWED
    assert application.steps.first().transition == "pass_review"
    assert Outcome.REJECT not in application.steps.values_list("transition", flat=True)


def test_several_rounds_make_no_difference_to_an_urgent_one(world):
    """即时突发 comes to the first review without a panel, and joins the same round."""
    annual = application_at(State.APPRAISED, world)
    Application.objects.filter(pk=annual.pk).update(road="campus_urgent")
    round_, by = opened(world, [annual], stage="review"), world.user(Role.FIRST_REVIEWER)
    mark_all(round_, by, **AGREED)
    put_in_force(round_, by, meeting_number="")
    assert states(annual) == [State.REVIEWED]
