"""Before and after of a tracked row, the rows of its many-to-many fields with it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from approvals.models import Application
from jianfu.kernel.workflow import save_tracked
from jianfu.organisations.states import Role
from tests.approvals.factories import draft
from tests.factories import World


@pytest.fixture
def application(world: World) -> Application:
    made = draft(world)
    made.joint_organisations.set([world.place("other_department"), world.place("school")])
    return made


def test_a_version_keeps_who_was_joined(application: Application, world: World) -> None:
    save_tracked(application, by=world.user(Role.APPLICANT), reason="联合")
    version = application.history.latest()
    joined = {row.organisation.name for row in version.joint_organisations.all()}
    assert joined == {"区公安分局", "实验小学"}
    assert version.history_change_reason == "联合"


def test_an_older_version_keeps_its_own(application: Application, world: World) -> None:
    before = application.history.latest()
    application.joint_organisations.set([])
    assert before.joint_organisations.count() == 2
    assert application.history.latest().joint_organisations.count() == 0


def test_copying_the_joined_reads_their_keys_only(application: Application, world: World) -> None:
    by = world.user(Role.APPLICANT)
    with CaptureQueriesContext(connection) as captured:
        save_tracked(application, by=by, reason="")
    through = Application.joint_organisations.through._meta.db_table
    read = [
        q["sql"] for q in captured.captured_queries if q["sql"].startswith("SELECT") and through in q["sql"]
    ]
    assert len(read) == 1
    assert "JOIN" not in read[0]


def test_the_manager_is_built_once(application: Application) -> None:
    assert type(application.history) is type(Application.history)
