"""What stands around an application: its open round, what was granted, the seat that is left."""

import pytest

from approvals import services
from approvals.columns import printed_value
from approvals.states import State
from jianfu.kernel import dates
from jianfu.organisations.states import Role
from tests.approvals.factories import application_at, experts
from tests.approvals.rounds import MINUTES, opened
from tests.approvals.views.conftest import page

REASON = "与申报单位有合作"
GATHERED = "这一项在批次“"


def shown(client, application):
    return client.get(page("application_detail", application.pk)).content.decode()


@pytest.fixture
def round_(world):
    """Before the leading group, one marked and one not."""
    rows = [application_at(State.REVIEWED, world, title=f"活动{n}") for n in range(2)]
    made = opened(world, rows, title="年末一批")
    services.mark(
        item=made.items.first(),
        by=world.user(Role.LEADER),
        marks={"outcome": "integrate", "integration": ["after_school"], "note": "放到课后服务里。"},
    )
    return made


def test_who_decides_is_told_of_the_open_round(world, as_, round_):
    marked, blank = (item.application for item in round_.items.all())
    leader = as_(Role.LEADER)
    assert "拟定结果：同意，融入日常教育教学（课后服务）" in shown(leader, marked)
    assert f'<a href="{round_.get_absolute_url()}">年末一批</a>”里，还没有标记' in shown(leader, blank)
    assert GATHERED in shown(as_(Role.PUBLICATION_CLERK), marked)
    # The first reviewer is done with it, and does not see what the leaders are about to decide.
    assert GATHERED not in shown(as_(Role.FIRST_REVIEWER), marked)


def test_the_applicant_is_told_nothing_before_the_release(world, as_, round_):
    application = round_.items.first().application
    before = shown(as_(Role.APPLICANT), application)
    assert "年末一批" not in before
    assert "批准内容" not in before
    # Not even when the same person also works for the office.
    by = world.user(Role.APPLICANT)
    by.person.memberships.create(
        organisation=by.person.organisation, role=Role.PUBLICATION_CLERK, since=dates.today()
    )
    assert "年末一批" not in shown(as_(Role.APPLICANT), application)


def test_a_round_that_is_over_or_left_is_not_told_of(world, as_, round_):
    first, second = round_.items.all()
    leader = world.user(Role.LEADER)
    services.perform(application=second.application, name="return_", by=leader, note="缺方案。")
    assert GATHERED not in shown(as_(Role.LEADER), second.application)
    assert GATHERED in shown(as_(Role.LEADER), first.application)
    services.dissolve(round_=round_, by=leader)
    assert GATHERED not in shown(as_(Role.LEADER), first.application)


def test_what_was_granted_stands_beside_what_was_asked(world, as_, round_):
    first, second = round_.items.all()
    leader = world.user(Role.LEADER)
    services.mark(item=second, by=leader, marks={"outcome": "pass", "note": "同意。"})
    services.put_in_force(round_=round_, by=leader, met_on=dates.today(), meeting_number=MINUTES)
    for role in (Role.APPLICANT, Role.FIRST_REVIEWER):
        page_ = shown(as_(role), first.application)
        assert "批准内容" in page_
        asked = printed_value(first.application, "integration")
        assert f"课后服务（申请的是：{asked}）" in page_
        assert "申请的是" not in shown(as_(role), second.application)  # as it was asked for


def test_a_seat_that_was_filled_again_is_not_asked_for(world, as_):
    application = application_at(State.SUBMITTED, world)
    office_page = shown(as_(Role.PUBLICATION_CLERK), application)
    assert "请补充应急预案。" in office_page
    assert "同意。</button>" not in office_page  # beside 退回理由 no words that agree
    first, second, third, kept_out = (user.person for user in experts(world, 4))
    by = world.user(Role.PUBLICATION_CLERK)
    services.assign_experts(application=application, experts=[first], by=by)
    services.recuse(application=application, expert=first, reason=REASON, by=by)
    office = as_(Role.PUBLICATION_CLERK)
    assert f"{first.name}已回避：{REASON}。" in shown(office, application)
    services.assign_experts(application=application, experts=[second], by=by)
    assert "已回避" not in shown(office, application)
    services.recuse(application=application, expert=second, reason=REASON, by=by)
    assert f"{second.name}已回避" in shown(office, application)
    assert f"{first.name}已回避" not in shown(office, application)
    services.assign_experts(application=application, experts=[third], by=by)
    # Who is kept out before being asked leaves no seat.
    services.recuse(application=application, expert=kept_out, reason=REASON, by=by)
    assert "已回避" not in shown(office, application)
