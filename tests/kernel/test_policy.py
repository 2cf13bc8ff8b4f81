from datetime import date

import pytest

from jianfu.kernel import policy
from jianfu.kernel.policy import Figure, Rule, Severity

LEAD = Figure("TEST-LEAD", "提前天数", 14, "天", "004 四（三）", "合川区行动方案", date(2024, 7, 16))


@pytest.fixture(autouse=True)
def _restore(monkeypatch):
    monkeypatch.setattr(policy, "FIGURES", dict(policy.FIGURES))
    monkeypatch.setattr(policy, "_override", list(policy._override))


def test_a_figure_is_declared_once():
    policy.declare(LEAD)
    policy.declare(LEAD)
    with pytest.raises(ValueError, match="twice"):
        policy.declare(Figure("TEST-LEAD", "提前天数", 15, "天", "", "", date(2024, 1, 1)))


def test_the_sources_value_holds_until_a_district_sets_its_own():
    policy.declare(LEAD)
    policy.install_overrides(
        lambda district, _code, on: "21" if district == 1 and on >= date(2026, 1, 1) else None
    )
    assert policy.figure_value(LEAD, 2, date(2026, 6, 1)) == 14
    assert policy.figure_value("TEST-LEAD", 1, date(2025, 12, 31)) == 14
    assert policy.figure_value("TEST-LEAD", 1, date(2026, 1, 1)) == 21


def test_findings_come_in_the_rules_order_and_cite_them():
    fee = Rule("R-1", "收费", "003 第9条", lambda facts: "不得收费" if facts["fee"] else None)
    late = Rule("R-2", "时间", "004", lambda facts: f"还差 {facts['days']} 天", Severity.WARN)
    assert [str(f) for f in policy.examine((fee, late), {"fee": True, "days": 2})] == [
        "不得收费（R-1，003 第9条）",
        "还差 2 天（R-2，004）",
    ]
    assert [f.rule for f in policy.examine((fee, late), {"fee": False, "days": 2})] == [late]
