"""The rules of the registers, both sides of each edge; and what stands beside an item."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ledger.registers import REGISTERS
from ledger.registers.reading import YearLine, findings, rebound
from tests.factories import World

from .registers import dispose, enter
from .secondments import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]


def found(world: World, slug: str, **more: Any) -> set[str]:
    return codes_of(slug, enter(world, slug, **more))


def codes_of(slug: str, item: Any) -> set[str]:
    return {finding.rule.code for finding in findings(REGISTERS[slug], item, TODAY)}


WITH_BASIS = {"document": "教办〔2026〕2号"}
DAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("slug", "fields", "code", "flagged"),
    [
        ("forms", {"document": ""}, "R-FORM-01", True),
        ("forms", WITH_BASIS, "R-FORM-01", False),
        ("forms", {"noticed_on": DAY, "due_on": date(2026, 3, 3)}, "R-FORM-02", True),
        ("forms", {"noticed_on": DAY, "due_on": date(2026, 3, 4)}, "R-FORM-02", False),
        ("forms", {"noticed_on": None, "due_on": DAY}, "R-FORM-02", False),
        ("forms", {"frequency": "weekly"}, "R-FORM-03", True),
        ("forms", {"frequency": "monthly"}, "R-FORM-03", False),
        ("channels", {"is_compulsory": True}, "R-CHAN-01", True),
        ("channels", {"is_compulsory": False}, "R-CHAN-01", False),
        ("channels", {"document": ""}, "R-CHAN-02", True),
        ("channels", WITH_BASIS, "R-CHAN-02", False),
        ("gatherings", {"is_related": False}, "R-GATH-01", True),
        ("gatherings", {"is_related": True}, "R-GATH-01", False),
        ("gatherings", {"is_statutory": True}, "R-GATH-01", False),
        ("gatherings", {"bureau_consented": True}, "R-GATH-01", False),
        ("gatherings", {"distance": 50, "from_one_county": 5}, "R-GATH-02", True),
        ("gatherings", {"distance": 49, "from_one_county": 5}, "R-GATH-02", False),
        ("gatherings", {"distance": 50, "from_one_county": 4}, "R-GATH-02", False),
        ("gatherings", {"distance": 50, "from_one_county": 5, "has_branch_venue": True}, "R-GATH-02", False),
        ("duties", {"bureau_consented": False}, "R-DUTY-01", True),
        ("duties", {"bureau_consented": True}, "R-DUTY-01", False),
        ("duties", {"kind": "special", "bureau_consented": False, "is_emergency": True}, "R-DUTY-01", False),
        ("duties", {"kind": "city", "bureau_consented": False, "is_emergency": True}, "R-DUTY-01", True),
        ("duties", {"on_the_street": True}, "R-DUTY-02", True),
        ("duties", {"on_the_street": False}, "R-DUTY-02", False),
        ("reuses", {"document": ""}, "R-DATA-01", True),
        ("reuses", {}, "R-DATA-01", False),
    ],
)
def test_each_rule_at_its_edge(world, slug, fields, code, flagged):
    assert (code in found(world, slug, **fields)) is flagged


def test_forms_that_ask_the_same_are_named_with_what_they_share(world):
    enter(world, "forms", name="甲表", asked_for="学校名称\n学生人数\n教师人数")
    enter(world, "forms", name="乙表", asked_for="学校名称、食堂面积")
    item = enter(world, "forms", name="丙表", asked_for="学校名称\n学生人数\n教师人数\n校车数")
    said = [each for each in findings(REGISTERS["forms"], item, TODAY) if each.rule.code == "R-FORM-04"]
    assert "与“甲表”重复 3 项（学校名称、学生人数、教师人数）" in said[0].message
    assert "乙表" not in said[0].message


def test_a_form_that_ended_repeats_nothing(world):
    old = enter(world, "forms", name="甲表", asked_for="学校名称\n学生人数")
    item = enter(world, "forms", name="乙表", asked_for="学校名称\n学生人数")
    assert "R-FORM-04" in codes_of("forms", item)
    dispose(world, old, "cancel")
    assert "R-FORM-04" not in codes_of("forms", item)
    assert codes_of("forms", dispose(world, item, "cancel")) == set()


@pytest.mark.parametrize(("count", "flagged"), [(5, False), (6, True)])
def test_five_exams_a_year_at_a_school_and_not_six(world, count, flagged):
    school = world.place("school")
    for number in range(count):
        item = enter(world, "duties", name=f"考试{number}", kind="exam", schools=[school])
    enter(world, "duties", name="去年的", kind="exam", schools=[school], begun_on=date(2025, 5, 1))
    assert ("R-DUTY-03" in codes_of("duties", item)) is flagged


def line(year: int, before: int, added: int) -> YearLine:
    return YearLine(year, before, added, 0, 0, 0, before, 0)


@pytest.mark.parametrize(
    ("now", "before", "flagged"), [((3, 1), (3, 0), True), ((3, 0), (3, 0), False), ((2, 0), (3, 0), False)]
)
def test_more_than_last_year_is_a_rebound(world, now, before, flagged):
    said = rebound(REGISTERS["forms"], world.district.pk, line(2026, *now), line(2025, *before))
    assert bool(said) is flagged


def test_nothing_to_compare_with_is_no_rebound(world):
    forms = REGISTERS["forms"]
    assert not rebound(forms, world.district.pk, line(2026, 5, 5), None)
    assert not rebound(forms, world.district.pk, line(2026, 5, 5), line(2025, 0, 0))
