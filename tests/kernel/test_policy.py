from datetime import date

import pytest

from jianfu.kernel import policy
from jianfu.kernel.policy import Figure, Mark, Rule, Said, Severity

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
        "不得收费（R-1，黑龙江减负工作清单第9条）",
        "还差 2 天（R-2，004）",
    ]
    assert [f.rule for f in policy.examine((fee, late), {"fee": False, "days": 2})] == [late]


FEE = Rule("R-1", "收费", "003 第9条", lambda facts: "不得收费" if facts["fee"] else None)


def severities(own, on=date(2026, 6, 1)):
    policy.declare_rule(FEE, "工作清单", date(2021, 1, 1))
    policy.install_overrides(lambda district, code, _on: own.get((district, code)))
    return [found.severity for found in policy.examine((FEE,), {"fee": True}, district_id=1, on=on)]


def test_a_district_says_how_hard_a_rule_judges():
    assert severities({}) == [Severity.BLOCK]
    assert severities({(1, "R-1-SEVERITY"): "提示"}) == [Severity.WARN]
    assert severities({(2, "R-1-SEVERITY"): "提示"}) == [Severity.BLOCK]
    assert severities({(1, "R-1-SEVERITY"): "不查"}) == []


def test_without_a_day_the_sources_severity_holds():
    assert severities({(1, "R-1-SEVERITY"): "提示"}, on=None) == [Severity.BLOCK]


def test_a_severity_is_one_of_three_words():
    policy.declare_rule(FEE, "工作清单", date(2021, 1, 1))
    switch = policy.FIGURES["R-1-SEVERITY"]
    assert [switch.of_text(word) for word in ("拦截", "提示", "不查")] == ["拦截", "提示", "不查"]
    with pytest.raises(ValueError, match="填写拦截、提示或不查"):
        switch.of_text("关")


def test_a_rule_is_switched_by_one_code():
    policy.declare_rule(FEE, "工作清单", date(2021, 1, 1))
    with pytest.raises(ValueError, match="twice"):
        policy.declare_rule(
            Rule("R-1", "别的", "003", FEE.check, Severity.WARN), "工作清单", date(2021, 1, 1)
        )


def test_a_rule_looks_at_the_value_in_force_and_the_finding_keeps_it():
    late = Rule("R-2", "时间", "004", lambda facts: f"须提前 {facts['TEST-LEAD']} 天", figures=(LEAD,))
    policy.install_overrides(lambda district, _code, _on: "21" if district == 1 else None)
    (own,) = policy.examine((late,), {}, district_id=1, on=date(2026, 6, 1))
    (other,) = policy.examine((late,), {}, district_id=2, on=date(2026, 6, 1))
    assert (own.message, own.values) == ("须提前 21 天", ((LEAD, 21),))
    assert (other.message, other.values) == ("须提前 14 天", ((LEAD, 14),))


def test_a_finding_points_at_the_words():
    mark = Mark("content", 2, 4, "打卡")
    rule = Rule("R-3", "留痕", "004", lambda _facts: Said("文中有“打卡”", (mark,)))
    (found,) = policy.examine((rule,), {})
    assert (found.message, found.marks) == ("文中有“打卡”", (mark,))


def test_a_list_of_numbers_is_read_and_shown_by_its_figure():
    def months(text):
        return tuple(int(part) for part in text.split("、"))

    figure = Figure("TEST-MONTHS", "月份", (7, 12), "月", "", "", date(2021, 1, 1), read=months, form="月份")
    assert figure.of_text("6、11") == (6, 11)
    assert figure.in_words((7, 12)) == "7、12 月"
    with pytest.raises(ValueError, match="填写月份，如 7、12 月"):
        figure.of_text("七月")
    with pytest.raises(ValueError, match="填写整数，如 14 天"):
        LEAD.of_text("两周")
