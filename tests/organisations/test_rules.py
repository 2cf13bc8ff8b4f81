import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianfu.organisations.rules import may_hold_together
from jianfu.organisations.states import ADMINISTRATORS, Role


@pytest.mark.parametrize("administrator", sorted(ADMINISTRATORS))
@pytest.mark.parametrize("other", [role for role in Role if role is not Role.AUDITOR])
def test_each_administrator_excludes_every_other_role(administrator, other):
    assert bool(may_hold_together([administrator, other])) == (administrator == other)


@given(st.lists(st.sampled_from([role for role in Role if role not in ADMINISTRATORS])))
def test_business_roles_go_together(roles):
    assert may_hold_together(roles)


def test_the_refusal_names_the_roles_and_the_way_out():
    text = may_hold_together([Role.AUDITOR, Role.LEADER]).text
    assert "领导小组成员、审计员" in text
    assert "另一人担任" in text
