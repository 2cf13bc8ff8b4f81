"""A round: gathered, marked provisionally, put into force together or not at all."""

from datetime import timedelta

import pytest

from approvals import services
from approvals.models import Application, Round, RoundItem
from approvals.services import Marking
from approvals.states import (
    Delivery,
    Ground,
    Integration,
    Outcome,
    RoundStage,
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


# --- gathering -------------------------------------------------------------------------------------------


def test_a_round_gathers_by_number_and_is_recorded(world):
    second, first = (application_at(State.REVIEWED, world, title=title) for title in ("乙", "甲"))
    round_ = opened(world, [first, second])
    assert [item.application_id for item in round_.items.all()] == [second.pk, first.pk]
    assert [item.position for item in round_.items.all()] == [1, 2]
    assert {item.outcome for item in round_.items.all()} == {""}
    assert (round_.state, round_.district_id) == (RoundState.OPEN, world.district.pk)
    assert Event.objects.filter(action="round.opened", target_id=str(round_.pk)).count() == 1


@pytest.mark.parametrize(
    ("role", "stage", "may"),
    [
        (Role.PUBLICATION_CLERK, RoundStage.APPRAISAL, True),
        (Role.PUBLICATION_CLERK, RoundStage.APPROVAL, True),
        (Role.FIRST_REVIEWER, RoundStage.REVIEW, True),
        (Role.FIRST_REVIEWER, RoundStage.APPROVAL, False),
        (Role.LEADER, RoundStage.APPROVAL, True),
        (Role.LEADER, RoundStage.REVIEW, False),
        (Role.LEADER, RoundStage.APPRAISAL, False),
        (Role.APPLICANT, RoundStage.REVIEW, False),
        (Role.EXPERT, RoundStage.APPRAISAL, False),
    ],
)
def test_who_prepares_a_round(world, role, stage, may):
    state = {"appraisal": State.SUBMITTED, "review": State.APPRAISED, "approval": State.REVIEWED}[stage]
    application = application_at(state, world)
    by = world.user(role)
    if may:
        assert services.open_round(by=by, stage=stage, title="第一批", applications=[application]).pk
        return
    with pytest.raises(Refused) as refused:
        services.open_round(by=by, stage=stage, title="第一批", applications=[application])
    assert "批次由领导小组办公室经办人或本环节的办理人准备" in words(refused)
    assert not Round.objects.exists()


def test_what_is_refused_leaves_no_round_behind(world):
    leader = world.user(Role.LEADER)
    here, elsewhere = application_at(State.REVIEWED, world), application_at(State.APPRAISED, world)
    other_world = build_world("hechuan", "合川区")
    foreign = application_at(State.REVIEWED, other_world)
    for title, applications, said in (
        (" ", [here], "填写批次名称"),
        ("长" * 101, [here], "最多 100 字，现在是 101 字"),
        ("第一批", [], "勾选至少一项申请"),
        ("第一批", [here, elsewhere], "现在是“区教委初审”，不在这一环节"),
        ("第一批", [here, foreign], "不能列入批次"),
    ):
        with pytest.raises(Refused) as refused:
            services.open_round(by=leader, stage="approval", title=title, applications=applications)
        assert said in words(refused)
        assert not Round.objects.exists()
        assert not RoundItem.objects.exists()


def test_an_application_is_in_one_open_round(world):
    application = application_at(State.REVIEWED, world)
    first = opened(world, [application], title="第一批")
    with pytest.raises(Refused) as refused:
        opened(world, [application], title="第二批")
    assert "已在批次“第一批”里，先从那里移出" in words(refused)
    services.remove_from_round(item=first.items.get(), by=world.user(Role.LEADER))
    second = opened(world, [application], title="第二批")
    services.dissolve(round_=second, by=world.user(Role.LEADER))
    assert opened(world, [application], title="第三批").items.count() == 1


def test_lines_are_added_and_removed_while_it_is_open(world):
    first, second = application_at(State.REVIEWED, world), application_at(State.REVIEWED, world)
    leader, clerk = world.user(Role.LEADER), world.user(Role.PUBLICATION_CLERK)
    round_ = opened(world, [first])
    services.add_to_round(round_=round_, by=clerk, applications=[second])
    assert list(round_.items.values_list("position", flat=True)) == [1, 2]
    item = round_.items.get(application=first)
    for refused_one in (world.user(Role.APPLICANT), world.user(Role.FIRST_REVIEWER)):
        with pytest.raises(Refused):
            services.remove_from_round(item=item, by=refused_one)
        with pytest.raises(Refused):
            services.add_to_round(round_=round_, by=refused_one, applications=[first])
    services.remove_from_round(item=item, by=leader)
    assert states(first) == [State.REVIEWED]
    with pytest.raises(Conflicted):
        services.remove_from_round(item=item, by=leader)
    mark_all(round_, leader, **AGREED)
    put_in_force(round_, leader)
    for late in (
        lambda: services.add_to_round(round_=round_, by=leader, applications=[first]),
        lambda: services.remove_from_round(item=round_.items.get(), by=leader),
        lambda: mark_all(round_, leader, **AGREED),
        lambda: services.dissolve(round_=round_, by=leader),
    ):
        with pytest.raises(Refused, match="已生效"):
            late()


# --- marking ---------------------------------------------------------------------------------------------


def test_a_mark_is_kept_with_who_and_when_and_moves_nothing(world):
    application = application_at(State.REVIEWED, world)
    before = Application.objects.filter(pk=application.pk).values().get()
    round_ = opened(world, [application])
    clerk = world.user(Role.PUBLICATION_CLERK)
    item = services.mark(item=round_.items.get(), by=clerk, marks={"outcome": "reject", "note": " 不适合 "})
    assert (item.outcome, item.note, item.marked_by) == ("reject", "不适合", clerk)
    assert item.marked_at is not None
    assert Application.objects.filter(pk=application.pk).values().get() == before
    told = Event.objects.filter(target_type__contains="round").values_list("action", flat=True)
    assert list(told) == ["round.opened"]  # and no word of the mark


@pytest.mark.parametrize(
    ("marks", "said"),
    [
        ({"outcome": "nonsense"}, "所选的拟定结果不在可选范围内"),
        ({"outcome": "reject", "ground": "nonsense"}, "所选的理由不在可选范围内"),
        ({"outcome": "integrate", "integration": "nonsense"}, "所选的融合方式不在可选范围内"),
        ({"outcome": "pass", "conclusion": "nonsense"}, "所选的论证结论不在可选范围内"),
        ({"note": "字" * 501}, "意见最多 500 字，现在是 501 字"),
    ],
)
def test_a_mark_is_one_of_a_list(world, marks, said):
    round_ = opened(world, [application_at(State.REVIEWED, world)])
    with pytest.raises(Refused) as refused:
        services.mark(item=round_.items.get(), by=world.user(Role.LEADER), marks=marks)
    assert said in words(refused)
    assert round_.items.get().version == 1


def test_an_application_is_not_merged_into_itself(world):
    application = application_at(State.REVIEWED, world)
    round_ = opened(world, [application])
    with pytest.raises(Refused, match="不能并入自己"):
        services.mark(
            item=round_.items.get(),
            by=world.user(Role.LEADER),
            marks={"outcome": "merge", "merge_into": application},
        )


@pytest.mark.parametrize("outcome", ["reject", "integrate", "resources"])
def test_the_panel_decides_only_what_is_its_own(world, outcome):
    round_ = opened(world, [application_at(State.SUBMITTED, world)], stage="appraisal")
    by = world.user(Role.PUBLICATION_CLERK)
    with pytest.raises(Refused, match="不在可选范围内"):
        services.mark(item=round_.items.get(), by=by, marks={"outcome": outcome})


def test_what_belongs_to_another_outcome_is_forgotten(world):
    other = application_at(State.SUBMITTED, world)
    round_ = opened(world, [application_at(State.REVIEWED, world)])
    item, by = round_.items.first(), world.user(Role.LEADER)
    everything = {"ground": "plan", "integration": "subject", "merge_into": other, "conclusion": "agree"}
    for outcome, kept in (
        ("pass", {"conclusion": "agree"}),
        ("integrate", {"integration": "subject"}),
        ("resources", {}),
        ("return", {"ground": "plan"}),
        ("reject", {"ground": "plan"}),
        ("merge", {"merge_into": other}),
    ):
        item = services.mark(item=item, by=by, marks={**everything, "outcome": outcome})
        empty = {"ground": "", "integration": "", "merge_into": None, "conclusion": ""}
        assert {name: getattr(item, name) for name in empty} == {**empty, **kept}


def test_a_colleagues_newer_mark_is_not_overwritten(world):
    round_ = opened(world, [application_at(State.REVIEWED, world), application_at(State.REVIEWED, world)])
    first, second = round_.items.all()
    colleague = world.user(Role.LEADER, key="second-leader")
    services.mark(item=first, by=colleague, marks={"outcome": "return"}, expected_version=1)
    asked = [Marking(item.pk, {"outcome": "pass"}, version=1) for item in (first, second)]
    refused = services.save_marks(round_=round_, by=world.user(Role.LEADER), markings=asked)
    assert list(refused) == [first.pk]
    assert isinstance(refused[first.pk], Conflicted)
    said = refused[first.pk].decision.text
    assert f"刚刚由{colleague.person.name}改为“退回补正”，没有覆盖" in said
    assert [item.outcome for item in round_.items.all()] == ["return", "pass"]


def test_a_mark_stands_on_the_content_that_was_seen(world):
    application = application_at(State.REVIEWED, world)
    round_ = opened(world, [application])
    Application.objects.filter(pk=application.pk).update(content_version=2)
    by, item = world.user(Role.LEADER), round_.items.get()
    refused = services.save_marks(
        round_=round_, by=by, markings=[Marking(item.pk, {"outcome": "pass"}, 1, content_version=1)]
    )
    assert "刚刚重新报送过" in refused[item.pk].decision.text
    marked = services.mark(item=item, by=by, marks={"outcome": "pass"}, expected_version=1)
    assert marked.content_version == 2


def test_what_left_the_stage_is_not_marked(world):
    application = application_at(State.REVIEWED, world)
    round_ = opened(world, [application])
    step(application, "withdraw", world)
    with pytest.raises(Refused, match="现在是“已撤回”，已不在这一环节，从批次移出"):
        services.mark(item=round_.items.get(), by=world.user(Role.LEADER), marks=AGREED)


def test_a_line_of_another_round_is_not_marked_through_this_one(world):
    mine, other = (opened(world, [application_at(State.REVIEWED, world)], title=t) for t in ("一", "二"))
    item = other.items.get()
    refused = services.save_marks(
        round_=mine, by=world.user(Role.LEADER), markings=[Marking(item.pk, {"outcome": "pass"})]
    )
    assert "已经移出批次" in refused[item.pk].decision.text
    assert other.items.get().outcome == ""


@pytest.mark.parametrize("role", [Role.APPLICANT, Role.EXPERT, Role.FIRST_REVIEWER, Role.SCHOOL])
def test_who_may_not_mark(world, role):
    round_ = opened(world, [application_at(State.REVIEWED, world)])
    with pytest.raises(Refused, match="批次由"):
        services.mark(item=round_.items.get(), by=world.user(role), marks=AGREED)
    assert round_.items.get().outcome == ""


# --- in force --------------------------------------------------------------------------------------------


def test_every_outcome_takes_its_step_at_once(world):
    rows = [application_at(State.REVIEWED, world, title=f"活动{n}") for n in range(6)]
    round_, by = opened(world, rows), world.user(Role.LEADER)
    marks = [
        {"outcome": "pass", "note": "同意。"},
        {"outcome": "integrate", "integration": "class_meeting", "note": "融入班会。"},
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
        Integration.PRACTICE, Integration.CLASS_MEETING, Integration.PRACTICE,
    ]  # fmt: skip
    assert [row.granted_delivery for row in found[:3]] == ["visit", "visit", Delivery.RESOURCES]
    assert found[5].merged_into_id == rows[0].pk
    last = [row.steps.first() for row in found]
    assert [row.note for row in last] == [mark["note"] for mark in marks]
    assert last[4].data["grounds"] == str([Ground.UNSUITABLE.value])
    event = Event.objects.get(action="round.put_in_force")
    assert event.data["meeting_number"] == MINUTES


def test_the_first_review_hands_its_recommendation_on(world):
    application = application_at(State.APPRAISED, world)
    round_, by = opened(world, [application], stage="review"), world.user(Role.FIRST_REVIEWER)
    mark_all(round_, by, outcome="integrate", integration="subject", note="拟同意，融入学科教学。")
    put_in_force(round_, by, meeting_number="")
    application.refresh_from_db()
    assert application.state == State.REVIEWED
    assert application.granted_integration == ""
    assert application.steps.first().data == {"delivery": "", "integration": "subject"}


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
        ({"outcome": "integrate", "integration": "none", "note": "好"}, "没有选融合方式"),
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
