"""Opening a year: its own copy of the words, who is asked, by when, and only once."""

from datetime import date
from typing import Any

import pytest

from jianfu.audit.models import Event
from jianfu.kernel.decisions import Refused
from jianfu.organisations.states import Role
from ledger.models import LedgerTemplate, TemplateRow
from ledger.services.opening import due, open_ledger, plan
from ledger.services.templates import load_templates
from tests.factories import World
from tests.ledger.forms import FILL_BY, office, opened, row_of


def test_title_rows_and_blanks(world: World) -> None:
    ledger = opened(world)
    assert ledger.title == "云岭区中小学教师减负工作重点任务台账"
    assert [row.number for row in ledger.rows.all()] == list(range(1, 15))
    assert sum(row.blanks.count() for row in ledger.rows.all()) == 15
    assert Event.objects.filter(action="ledger.open", target_id=str(ledger.pk)).count() == 1


def test_a_ledger_keeps_its_words_when_the_template_is_edited(world: World) -> None:
    ledger = opened(world)
    TemplateRow.objects.filter(template=ledger.template, number=1).update(task="改过")
    assert row_of(ledger, 1).task.startswith("建立归口管理原则")


def test_sections_are_found_by_name_and_alias_and_the_first_leads(world: World) -> None:
    world.place("other_section").name = "体育卫生与艺术教育科"
    world.place("other_section").aliases = "体卫艺科、体艺科"
    world.place("other_section").save()
    row = row_of(opened(world), 6)
    found = [(str(item.organisation), item.is_lead) for item in row.assignments.order_by("pk")]
    assert found == [("办公室", True), ("基教科", False), ("体育卫生与艺术教育科", False)]
    assert row.sections_text == "办公室、基教科、体卫艺科及相关科室"


def test_names_that_no_section_bears_are_told(world: World) -> None:
    load_templates(pattern="wulong-000.json")
    template = LedgerTemplate.objects.get(code="wulong-000")
    planned = plan(template=template, district_id=world.district.pk, year=2026, fill_by=FILL_BY)
    assert planned[6].unknown == ("机关支部",)
    assert [str(section) for section in planned[6].sections] == ["办公室"]


@pytest.mark.parametrize(
    ("deadlines", "day"),
    [
        ([], FILL_BY),
        ([{"month": 5, "day": 15, "text": "5月15日前"}], date(2026, 5, 15)),
        ([{"month": 2, "day": None, "text": "2月底前"}], date(2026, 2, 28)),
        ([{"month": 8, "day": 20, "text": "八"}, {"month": 7, "day": 30, "text": "七"}], date(2026, 7, 30)),
    ],
)
def test_due_days(deadlines: list[dict[str, Any]], day: date) -> None:
    assert due(deadlines, 2026, FILL_BY)[0] == day


def test_rows_take_their_own_deadline(world: World) -> None:
    ledger = opened(world)
    days = {number: row_of(ledger, number).due_on for number in (1, 2, 3, 13)}
    assert days == {1: date(2026, 5, 15), 2: date(2026, 6, 15), 3: FILL_BY, 13: date(2026, 6, 15)}


def test_one_ledger_a_year(world: World) -> None:
    opened(world)
    with pytest.raises(Refused, match="一年只有一本"):
        opened(world)


def test_two_districts_open_the_same_year(world: World, stranger_world: World) -> None:
    assert opened(world).district_id != opened(stranger_world).district_id


@pytest.mark.parametrize("role", [role for role in Role if role != Role.LEDGER_OFFICE])
def test_only_the_office_opens(world: World, role: Role) -> None:
    load_templates(pattern="wulong-000.json")
    template = LedgerTemplate.objects.get(code="wulong-000")
    with pytest.raises(Refused, match="台账汇总人"):
        open_ledger(template=template, year=2026, fill_by=FILL_BY, by=world.user(role))


@pytest.mark.parametrize(("year", "allowed"), [(2018, False), (2019, True), (2027, True), (2028, False)])
def test_the_first_and_the_last_year(world: World, stopped_clock: None, year: int, allowed: bool) -> None:
    load_templates(pattern="wulong-000.json")
    template = LedgerTemplate.objects.get(code="wulong-000")
    kwargs = {"template": template, "year": year, "fill_by": date(year, 12, 10), "by": office(world)}
    if allowed:
        assert open_ledger(**kwargs).year == year
    else:
        with pytest.raises(Refused, match="2019 至 2027"):
            open_ledger(**kwargs)
