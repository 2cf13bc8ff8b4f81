"""What makes a row complete, and the warnings of its figures: the last quiet and the first loud value."""

from dataclasses import dataclass

import pytest

from ledger.rules import form as rules


@dataclass
class Blank:
    name: str = "事项数"
    number: int | None = 5
    computed: int | None = None
    override_reason: str = ""
    source: str = ""
    is_text: bool = False

    @property
    def is_filled(self) -> bool:
        return self.number is not None

    @property
    def is_settled(self) -> bool:
        return self.is_filled or self.source == "no_past"

    @property
    def value(self) -> int | None:
        return self.number

    @property
    def counted(self) -> int | None:
        return self.computed


def codes(found: object) -> list[str]:
    return [refusal.code for refusal in found.refusals]


def test_a_complete_row_lacks_nothing() -> None:
    assert rules.lacks(1, [Blank(), Blank(number=0), Blank(computed=5)])


@pytest.mark.parametrize(
    ("entries", "blank", "code"),
    [
        (0, Blank(), "R-LED-01"),
        (1, Blank(number=None), "R-LED-02"),
        (1, Blank(number=5, computed=6), "R-LED-03"),
    ],
)
def test_what_a_row_lacks(entries: int, blank: Blank, code: str) -> None:
    assert codes(rules.lacks(entries, [blank])) == [code]


def test_everything_that_is_missing_is_said_at_once() -> None:
    assert codes(rules.lacks(0, [Blank(number=None), Blank(computed=1)])) == [
        "R-LED-01",
        "R-LED-02",
        "R-LED-03",
    ]


def test_nothing_to_compare_is_nothing_missing() -> None:
    assert rules.lacks(1, [Blank(number=None, source="no_past")])
    assert codes(rules.lacks(1, [Blank(number=None, source="computed")])) == ["R-LED-02"]


def test_a_reason_makes_an_override_good() -> None:
    assert rules.lacks(1, [Blank(number=5, computed=6, override_reason="含一事一报")])


def findings(values: dict, last: dict | None = None, reading: str = "printed") -> list:
    return rules.doubts(values, last or {}, 50, reading)


def loud(values: dict, last: dict | None = None, reading: str = "printed") -> list[str]:
    return [finding.rule.code for finding in findings(values, last, reading)]


FORMS = {"I10b": 12, "I10c": 31, "I10d": 4}


@pytest.mark.parametrize(
    ("reading", "total", "said"),
    [
        ("printed", 47, []),
        ("printed", 46, ["R-LED-10"]),
        ("printed", 48, ["R-LED-10"]),
        ("printed", 35, ["R-LED-10"]),
        ("sensible", 35, []),
        ("sensible", 34, ["R-LED-10"]),
        ("sensible", 36, ["R-LED-10"]),
        ("sensible", 47, ["R-LED-10"]),
    ],
)
def test_the_sum_is_read_as_the_template_says(reading: str, total: int, said: list[str]) -> None:
    assert loud({**FORMS, "I10a": total}, reading=reading) == said


@pytest.mark.parametrize("reading", ["printed", "sensible"])
def test_both_sums_are_told(reading: str) -> None:
    (found,) = findings({**FORMS, "I10a": 40}, reading=reading)
    assert "47 张" in found.message
    assert "35 张" in found.message
    assert found.message.index("47") < found.message.index("35") or reading == "sensible"


@pytest.mark.parametrize("last", [{}, {"I10c": 38}, {"I10d": 5}])
def test_without_last_year_the_forms_are_not_compared(last: dict) -> None:
    assert loud({"I10b": 12, "I10c": 30}, last) == []


@pytest.mark.parametrize(("kept", "said"), [(31, []), (30, ["R-LED-11"])])
def test_forms_follow_from_last_year(kept: int, said: list[str]) -> None:
    assert loud({"I10b": 12, "I10c": kept}, {"I10c": 38, "I10d": 5}) == said


@pytest.mark.parametrize(("less", "said"), [(13, []), (12, ["R-LED-12"]), (-1, ["R-LED-12"])])
def test_half_of_an_odd_number_is_rounded_up(less: int, said: list[str]) -> None:
    assert loud({"I2": less}, {"I1": 25}) == said


@pytest.mark.parametrize("before", [None, 0])
def test_without_last_year_the_target_says_nothing(before: int | None) -> None:
    assert loud({"I2": 0}, {"I1": before}) == []


@pytest.mark.parametrize(("now", "said"), [(8, []), (9, ["R-LED-13"])])
def test_a_rebound_is_seen(now: int, said: list[str]) -> None:
    assert loud({"I13a": now}, {"I13a": 8}) == said
