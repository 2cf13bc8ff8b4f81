"""What an application must fulfil before a step."""

import pytest

from approvals import guards, parts, services
from approvals.facts import facts_of
from approvals.rules import CAMPUS_RULES
from approvals.states import State
from jianfu.kernel import dates
from jianfu.kernel.decisions import Refused
from jianfu.kernel.policy import examine
from jianfu.organisations.models import PolicyValue
from jianfu.organisations.states import Role
from tests.approvals.factories import ALL_AGREE, draft, experts, give_opinions, step, step_data


def test_a_bare_draft_is_told_all_that_is_missing(world):
    made = services.open_draft(by=world.user(Role.APPLICANT), organisation=world.place("department"))
    reasons = guards.complete(made, None).reasons
    assert "填写活动名称" in reasons
    assert len(reasons) == 19  # contact name and phone are known


def test_blocking_rules_block_and_cite(world):
    application = draft(world, charges_fee=True)
    assert "R-CAM-05，黑龙江减负工作清单第9条" in guards.complete(application, None).text
    with pytest.raises(Refused):
        step(application, "submit", world)


def test_two_opinions_are_not_enough_and_three_are(world):
    application = step(draft(world), "submit", world)
    rows = services.assign_experts(
        application=application,
        experts=[user.person for user in experts(world)],
        by=world.user(Role.PUBLICATION_CLERK),
    )
    for given, (row, user) in enumerate(zip(rows, experts(world), strict=True)):
        assert f"已收到 {given} 份" in guards.quorum(application, None).text
        services.save_opinion(
            assignment=row, by=user, items=ALL_AGREE, conclusion="agree", comment="好", submit=True
        )
    assert guards.quorum(application, None)


def test_the_district_sets_its_own_quorum(world):
    application = step(draft(world), "submit", world)
    give_opinions(application, world)
    PolicyValue.objects.create(
        district=world.district,
        code="CAM-QUORUM",
        value="4",
        effective_from=dates.today(),
        document="云教领〔2026〕1号",
    )
    assert "须满 4 份" in guards.quorum(application, None).text


def test_opinions_on_older_content_do_not_count(world):
    application = step(draft(world), "submit", world)
    give_opinions(application, world)
    application = step(application, "return_", world)
    application = step(application, "submit", world)
    assert application.content_version == 2
    assert "已收到 0 份" in guards.quorum(application, None).text
    with pytest.raises(Refused, match="须满 3 份"):
        services.perform(
            application=application,
            name="conclude",
            by=world.user(Role.PUBLICATION_CLERK),
            note="同意",
            data=step_data("conclude"),
        )
    assert application.state == State.SUBMITTED


def severity(world, code, value):
    PolicyValue.objects.create(
        district=world.district,
        code=f"{code}-SEVERITY",
        value=value,
        effective_from=dates.today(),
        document="云教领〔2026〕1号",
    )


@pytest.mark.parametrize(("value", "passes"), [("拦截", False), ("提示", True), ("不查", True)])
def test_the_district_says_how_hard_a_rule_judges(world, value, passes):
    application = draft(world, appraises_schools=True)
    assert "考核" in guards.complete(application, None).text
    severity(world, "R-CAM-06", value)
    assert bool(guards.complete(application, None)) is passes
    said = [f.rule.code for part in parts.progress(application, dates.today()) for f in part.findings]
    assert ("R-CAM-06" in said) is (value != "不查")


def test_severities_are_looked_up_all_at_once(world, django_assert_num_queries):
    facts = facts_of(draft(world), dates.today())
    severity(world, "R-CAM-06", "提示")
    with django_assert_num_queries(1):
        examine(CAMPUS_RULES, facts, district_id=world.district.pk, on=dates.today())
