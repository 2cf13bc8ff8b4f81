"""Declared figures: differences, names, the ways to the records."""

import pytest

from jianfu.kernel import indicators
from jianfu.kernel.indicators import TEXT_LIMIT, Indicator, Measured, declare, difference, last_years, names

COUNTED = {2025: 18, 2026: 23}


@pytest.fixture(autouse=True)
def own_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indicators, "INDICATORS", {})


def figure(**more: object) -> Indicator:
    return Indicator(
        code="X1",
        name="事项",
        unit="项",
        definition="定义",
        source="来源",
        measure=lambda _district, year: Measured(COUNTED.get(year)),
        **{"records_url": lambda _district, year: f"/list/{year}/", **more},
    )


def test_a_difference_is_last_year_less_this_year_and_never_clamped() -> None:
    less = difference(figure(), code="X2", name="较上年减少", definition="定义")
    assert less.measure(None, 2026) == Measured(-5, "2025年 18 项，2026年 23 项，相减得出")
    assert (less.unit, less.compares, less.less_is_better) == ("项", "X1", False)


@pytest.mark.parametrize(("year", "lacking"), [(2025, 2024), (2027, 2027), (2030, 2029)])
def test_a_difference_with_an_unknown_side_is_unknown(year: int, lacking: int) -> None:
    less = difference(figure(), code="X2", name="较上年减少", definition="定义")
    assert less.measure(None, year) == Measured(None, f"{lacking}年的“事项”没有数，无从比较")


def test_last_year_may_be_known_from_this_years_records() -> None:
    told = figure(before=lambda _district, year: Measured(30 if year == 2026 else None))
    assert last_years(told, None, 2026).value == 30
    assert last_years(told, None, 2027).value == 23
    assert difference(told, code="X2", name="减少", definition="定义").measure(None, 2026).value == 7


def test_a_difference_leads_to_the_records_of_both_years() -> None:
    of = declare(figure())
    less = declare(difference(of, code="X2", name="较上年减少", definition="定义"))
    assert [(way.label, way.url) for way in of.records(None, 2026)] == [("看记录", "/list/2026/")]
    assert [(way.label, way.url) for way in less.records(None, 2026)] == [
        ("上年记录", "/list/2025/"),
        ("本年记录", "/list/2026/"),
    ]
    assert figure(records_url=None).records(None, 2026) == ()


def test_a_code_is_declared_once() -> None:
    declare(figure())
    with pytest.raises(ValueError, match="X1"):
        declare(figure())


@pytest.mark.parametrize(("given", "value"), [([], "无"), (["甲"], "甲"), (["甲", "乙", "丙"], "甲、乙、丙")])
def test_names_are_one_text(given: list[str], value: str) -> None:
    assert names(given) == value


def test_names_fit_the_blank_and_say_how_many_there_are() -> None:
    fits = ["创" * 99] * 10
    assert names(fits) == "、".join(fits)
    assert len(names(fits)) == TEXT_LIMIT - 1
    many = names(["创建" * 10] * 100)
    assert len(many) <= TEXT_LIMIT
    assert many.endswith("创建等 100 项")
    assert len(names(["创" * 2000, "建"])) <= TEXT_LIMIT
