"""The grid state x action x role, from the table itself; an unforeseen cell fails."""

import re

import pytest
from django.conf import settings

from approvals import services
from approvals.states import Road, State
from approvals.workflow import WORKFLOWS, workflow_of
from jianfu.kernel.decisions import Conflicted, Refused
from jianfu.organisations.states import Role
from tests.approvals.factories import application_at, draft, give_opinions, step_data

CAMPUS_ANNUAL = WORKFLOWS[Road.CAMPUS_ANNUAL]
REACHED = sorted(CAMPUS_ANNUAL.reached - {State.MERGED})

# Who takes each step; the negative answers belong to whoever holds the matter.
ACTORS = {
    "submit": {Role.APPLICANT},
    "withdraw": {Role.APPLICANT},
    "conclude": {Role.PUBLICATION_CLERK},
    "pass_review": {Role.FIRST_REVIEWER},
    "approve": {Role.LEADER},
    "file": {Role.PUBLICATION_CLERK},
    "publish": {Role.PUBLICATION_CLERK},
}
HOLDERS = {
    State.SUBMITTED: Role.PUBLICATION_CLERK,
    State.APPRAISED: Role.FIRST_REVIEWER,
    State.REVIEWED: Role.LEADER,
}


def actors(name, state):
    return ACTORS.get(name) or {HOLDERS[state]}


@pytest.mark.parametrize("state", REACHED)
def test_every_cell_of_the_grid(world, state):
    application = application_at(state, world)
    wrong = []
    for name, row in CAMPUS_ANNUAL.transitions.items():
        for role in Role:
            by = world.user(role)
            allowed = state in row.sources and role in actors(name, State(state))
            if name == "conclude" and allowed:
                continue  # waits for the panel: its own test
            if bool(CAMPUS_ANNUAL.decide(application, name, by)) is not allowed:
                wrong.append((name, role, allowed))
    assert wrong == []


def test_the_table_names_no_other_step():
    assert set(CAMPUS_ANNUAL.transitions) == {*ACTORS, "return_", "reject", "merge"}


def test_the_ends_of_the_road():
    assert CAMPUS_ANNUAL.terminal == {State.PUBLISHED, State.REJECTED, State.WITHDRAWN, State.MERGED}


@pytest.mark.parametrize("state", REACHED)
def test_every_other_district_is_refused(world, stranger_world, state):
    application = application_at(state, world)
    for name in CAMPUS_ANNUAL.transitions:
        for role in Role:
            assert not CAMPUS_ANNUAL.decide(application, name, stranger_world.user(role)), (name, role)


@pytest.mark.parametrize("name", ["conclude", "pass_review", "approve", "return_", "reject", "withdraw"])
def test_words_are_required(world, name):
    source = {"conclude": "submitted", "pass_review": "appraised", "approve": "reviewed"}.get(
        name, "appraised"
    )
    application = application_at(source, world)
    if name == "conclude":
        give_opinions(application, world)
    (role,) = actors(name, State(source))
    with pytest.raises(Refused, match="填写"):
        services.perform(
            application=application, name=name, by=world.user(role), note="  ", data=step_data(name)
        )
    application.refresh_from_db()
    assert application.state == source


def test_too_many_words_are_refused_with_the_count(world):
    application = application_at(State.APPRAISED, world)
    with pytest.raises(Refused, match="最多 500 字，现在是 501 字"):
        services.perform(
            application=application, name="return_", by=world.user(Role.FIRST_REVIEWER), note="补" * 501
        )


def test_a_stale_page_moves_nothing(world):
    application = application_at(State.REVIEWED, world)
    stale = application.version
    services.perform(application=application, name="return_", by=world.user(Role.LEADER), note="请补")
    with pytest.raises(Conflicted, match="刚刚被别人改动过"):
        services.perform(
            application=application,
            name="approve",
            by=world.user(Role.LEADER),
            note="同意",
            expected_version=stale,
            data=step_data("approve"),
        )
    application.refresh_from_db()
    assert application.state == State.RETURNED


def test_every_road_has_its_table(world):
    assert set(WORKFLOWS) == set(Road)
    assert workflow_of(draft(world, road=Road.SURVEY)).name == Road.SURVEY


def test_the_page_never_offers_publication(world):
    application = application_at(State.FILED, world)
    options = CAMPUS_ANNUAL.available(application, world.user(Role.PUBLICATION_CLERK))
    assert [option.transition.name for option in options] == []


def test_the_readme_draws_the_table_as_it_is():
    readme = (settings.BASE_DIR / "approvals" / "README.md").read_text("utf-8")
    drawn = readme.split("<!-- states:begin -->")[1].split("<!-- states:end -->")[0]
    found = set()
    for line in drawn.strip().strip("`").strip().splitlines():
        words = [part.strip() for part in re.split(r"--|-->", line.replace("-->", "--"))]
        for sources, label, target in zip(words[::2], words[1::2], words[2::2], strict=False):
            found |= {(source, label, target) for source in sources.split("、")}
    table = {
        (State(source).label, row.label, State(target).label)
        for row in CAMPUS_ANNUAL.transitions.values()
        for source, target in row.moves.items()
    }
    assert found == table
