"""A round while it is open: what it gathers, and what is provisionally marked."""

import pytest

from approvals import services
from approvals.models import Application, Round, RoundItem
from approvals.services import Marking
from approvals.states import (
    RoundStage,
    RoundState,
    State,
)
from jianfu.audit.models import Event
from jianfu.kernel.decisions import Conflicted, Refused
from jianfu.organisations.states import Role
from tests.approvals.factories import application_at, step
from tests.approvals.rounds import AGREED, mark_all, opened, put_in_force
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
        ({"outcome": "integrate", "integration": ["subject", "nonsense"]}, "所选的融合方式不在可选范围内"),
        ({"outcome": "integrate", "integration": "subject"}, "所选的融合方式不在可选范围内"),
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
    everything = {"ground": "plan", "integration": ["subject"], "merge_into": other, "conclusion": "agree"}
    for outcome, kept in (
        ("pass", {"conclusion": "agree"}),
        ("integrate", {"integration": ["subject"]}),
        ("resources", {}),
        ("return", {"ground": "plan"}),
        ("reject", {"ground": "plan"}),
        ("merge", {"merge_into": other}),
    ):
        item = services.mark(item=item, by=by, marks={**everything, "outcome": outcome})
        empty = {"ground": "", "integration": [], "merge_into": None, "conclusion": ""}
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
