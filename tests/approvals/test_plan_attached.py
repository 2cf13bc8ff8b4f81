"""一事一审: 活动实施方案 is inside the application, or it is not handed in (R52, R53)."""

import pytest

from approvals import parts
from approvals.services import detach
from approvals.states import Road, State
from jianfu.kernel import dates
from jianfu.kernel.decisions import Refused
from jianfu.organisations.models import PolicyValue
from jianfu.organisations.states import Role
from tests.approvals.factories import attach_plan, draft, step
from tests.approvals.views.conftest import as_, page

__all__ = ["as_"]


@pytest.fixture
def bare(world):
    """A draft of the road that lacks nothing but its plan."""
    application = draft(world, Road.CAMPUS_SINGLE)
    for row in application.attachments.all():
        detach(attachment=row, by=world.user(Role.APPLICANT))
    application.refresh_from_db()
    return application


def last_page(application, **more):
    return parts.progress(application, dates.today(), **more)[-1]


def test_without_its_plan_it_is_refused_in_words(world, bare):
    with pytest.raises(Refused) as refused:
        step(bare, "submit", world)
    assert refused.value.decision.text.startswith("没有附活动实施方案：一事一审不另行报审方案")
    bare.refresh_from_db()
    assert bare.state == State.DRAFTED


def test_another_kind_of_file_is_no_plan(world, bare):
    attach_plan(bare, world.user(Role.APPLICANT), kind="safety")
    with pytest.raises(Refused):
        step(bare, "submit", world)


def test_with_its_plan_it_goes_its_way(world, bare):
    attach_plan(bare, world.user(Role.APPLICANT))
    assert step(bare, "submit", world).state == State.SUBMITTED


def test_a_plan_that_was_taken_out_after_a_return_is_missing_again(world):
    application = step(draft(world, Road.CAMPUS_SINGLE), "submit", world)
    application = step(application, "return_", world, note="请改方案")
    detach(attachment=application.attachments.get(), by=world.user(Role.APPLICANT))
    assert application.attachments.get().removed_at  # kept in store: it was judged
    with pytest.raises(Refused):
        step(application, "submit", world)


def test_the_pages_say_what_is_missing(world, bare, as_):
    assert last_page(bare).missing == {"files": "上传活动实施方案"}
    assert last_page(bare, alone=True).missing == {"files": "上传活动实施方案"}
    client = as_(Role.APPLICANT)
    tasks = client.get(page("application_form", bare.pk)).content.decode()
    assert "已填 4/5 步" in tasks
    assert "暂不能提交：还有 1 步" in tasks
    shown = client.get(page("application_part", bare.pk, "files")).content.decode()
    assert "还没有附件。请先上传活动实施方案" in shown
    assert '<option value="plan" selected>' in shown
    check = client.get(page("application_check", bare.pk)).content.decode()
    assert '<strong class="error-text">上传活动实施方案</strong>' in check


def test_once_it_is_there_nobody_asks_again(world, as_):
    application = draft(world, Road.CAMPUS_SINGLE)
    assert last_page(application).done
    client = as_(Role.APPLICANT)
    assert "已填 5/5 步" in client.get(page("application_form", application.pk)).content.decode()
    shown = client.get(page("application_part", application.pk, "files")).content.decode()
    assert "上传活动实施方案" not in shown
    assert '<option value="basis" selected>' not in shown


def test_a_district_may_only_advise_it(world, bare):
    PolicyValue.objects.create(
        district=world.district, code="R-CAM-30-SEVERITY", value="提示", effective_from=dates.today(),
        document="云教领〔2026〕1号",
    )  # fmt: skip
    found = last_page(bare)
    assert found.done
    assert [finding.rule.code for finding in found.warnings] == ["R-CAM-30"]
    assert step(bare, "submit", world).state == State.SUBMITTED
