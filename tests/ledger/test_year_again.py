"""A year from the year before: structure and days carried, official words never rewritten in silence (R9)."""

from datetime import date
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from jianfu.kernel.decisions import Refused
from jianfu.organisations.states import Role
from ledger.models import Ledger, LedgerTemplate, TemplateRow
from ledger.selectors import figures
from ledger.services import year as services
from ledger.services.assigning import assign_sections
from ledger.states import RowState, Wording
from tests.factories import World
from tests.ledger.forms import YEAR, brought_to, clerk, office, opened, row_of, signed_in, url

pytestmark = pytest.mark.usefixtures("stopped_clock")
NEXT = YEAR + 1
UNTIL = date(NEXT, 11, 30)
MENTION = 2  # the row that names 2020年度


def carry(ledger: Ledger) -> dict[int, services.Carried]:
    return {each.place: each for each in services.carry(last=ledger, year=NEXT, fill_by=UNTIL)}


def again(ledger: Ledger, by: Any, **wordings: str) -> Ledger:
    seen = services.digest(services.carry(last=ledger, year=NEXT, fill_by=UNTIL))
    chosen = {name.replace("_", "-"): value for name, value in wordings.items()}
    return services.open_again(
        last=ledger, year=NEXT, fill_by=UNTIL, wordings={f"000-{k[-2:]}": v for k, v in chosen.items()},
        seen=seen, by=by,
    )  # fmt: skip


def newer(ledger: Ledger) -> LedgerTemplate:
    """The second version of the template: row 3 reworded, row 14 gone, row 15 new."""
    old = LedgerTemplate.objects.get(pk=ledger.template_id)
    made = LedgerTemplate.objects.create(
        code=old.code, version=old.version + 1, title=old.title, columns=old.columns, document=old.document
    )
    for row in old.rows.exclude(number=14).prefetch_related("blanks"):
        blanks = list(row.blanks.all())
        row.pk, row.template = None, made
        row.requirement = "改过的工作要求" if row.number == 3 else row.requirement
        row.save()
        for blank in blanks:
            blank.pk, blank.row = None, row
            blank.save()
    TemplateRow.objects.create(
        template=made, key="000-15", number=15, group=4, subject="新增事项", task="新增的任务",
        requirement="按新要求办理", sections=["督导室"], topics=["T20"],
    )  # fmt: skip
    return made


def test_rows_sections_leads_and_days_come_along(world: World) -> None:
    last = opened(world)
    assign_sections(
        row=row_of(last, 12), lead=world.place("personnel"), others=[world.place("office")], by=office(world)
    )
    assign_sections(
        row=row_of(last, 7), lead=world.place("office"), due_on=date(YEAR, 10, 9), by=office(world)
    )
    brought_to(RowState.ACCEPTED, row_of(last, 8), world)
    made = again(last, office(world))
    assert [row.number for row in made.rows.all()] == list(range(1, 15))
    named = [(str(each.organisation), each.is_lead) for each in row_of(made, 12).assignments.order_by("pk")]
    assert named == [("组织人事科", True), ("办公室", False)]
    days = {number: row_of(made, number).due_on for number in (1, 2, 7, 3)}
    assert days == {1: date(NEXT, 5, 15), 2: date(NEXT, 6, 15), 7: date(NEXT, 10, 9), 3: UNTIL}
    assert row_of(made, 1).due_text == row_of(last, 1).due_text != ""
    assert sum(row.blanks.count() for row in made.rows.all()) == 15
    fresh = row_of(made, 8)
    assert (fresh.state, fresh.entries.count(), fresh.implementation) == (RowState.ASSIGNED, 0, "")
    assert made.milestones.count() == 7
    assert made.template == last.template


def test_last_years_figures_are_the_baseline_without_being_copied(world: World) -> None:
    last = opened(world)
    brought_to(RowState.ACCEPTED, row_of(last, 8), world)
    made = again(last, office(world))
    assert figures.last_year(made)["I8a"].number == 5
    assert not made.baselines.exists()


def test_words_stay_unless_the_office_says_otherwise(world: World) -> None:
    last = opened(world)
    newer(last)
    TemplateRow.objects.filter(number=MENTION).update(task="另一种说法")
    made = again(last, office(world))
    for row in last.rows.all():
        kept = row_of(made, row.number)
        assert (kept.task, kept.requirement, kept.figures) == (row.task, row.requirement, row.figures)
    assert "2020年度" in row_of(made, MENTION).requirement


def test_years_inside_the_words_are_shown_and_moved_only_when_chosen(world: World) -> None:
    last = opened(world)
    found = carry(last)
    assert [number for number, each in found.items() if each.moved_years] == [MENTION]
    assert "2021年度" in found[MENTION].moved_years[0].new
    made = again(last, office(world), row_02=Wording.SHIFTED)
    assert "2021年度" in row_of(made, MENTION).requirement
    assert "2020年度" not in row_of(made, MENTION).requirement
    assert made.template == last.template


def test_what_a_newer_template_says_is_shown_row_by_row(world: World) -> None:
    last = opened(world)
    version = newer(last)
    found = carry(last)
    asks = {number: [w.value for w in each.wordings] for number, each in found.items() if each.asks}
    assert asks == {
        2: ["kept", "shifted"],
        3: ["kept", "template"],
        14: ["kept", "left_out"],
        15: ["template", "left_out"],
    }
    (difference,) = found[3].differences
    assert (difference.label, difference.new) == ("工作要求", "改过的工作要求")
    assert found[14].news == "现行表样里没有这一项"
    assert [str(section) for section in found[15].sections] == ["督导室"]
    made = again(
        last, office(world), row_03=Wording.TEMPLATE, row_14=Wording.LEFT_OUT, row_15=Wording.TEMPLATE
    )
    assert row_of(made, 3).requirement == "改过的工作要求"
    assert [row.number for row in made.rows.all()] == list(range(1, 15))
    assert [row.task for row in made.rows.filter(number__gte=13)][-1] == "新增的任务"
    assert made.template == version


def test_a_section_that_is_gone_is_told(world: World) -> None:
    last = opened(world)
    place = world.place("supervision")
    place.is_active = False
    place.save()
    found = carry(last)[1]
    assert (found.sections, found.gone) == ((), ("督导室",))
    assert row_of(again(last, office(world)), 1).assignments.count() == 0


class TestRefusals:
    def test_only_what_is_offered(self, world: World) -> None:
        with pytest.raises(Refused, match="第 3 项只能选照上年原文"):
            again(opened(world), office(world), row_03=Wording.TEMPLATE)

    def test_nothing_opens_on_words_that_changed_since_the_preview(self, world: World) -> None:
        last = opened(world)
        seen = services.digest(services.carry(last=last, year=NEXT, fill_by=UNTIL))
        newer(last)
        with pytest.raises(Refused, match="刚刚改动过"):
            services.open_again(last=last, year=NEXT, fill_by=UNTIL, wordings={}, seen=seen, by=office(world))

    @pytest.mark.parametrize("role", [role for role in Role if role != Role.LEDGER_OFFICE])
    def test_only_the_office_opens(self, world: World, role: Role) -> None:
        with pytest.raises(Refused, match="台账汇总人"):
            again(opened(world), world.user(role))

    def test_another_districts_year_is_not_carried(self, world: World, stranger_world: World) -> None:
        with pytest.raises(Refused, match="本区县"):
            again(opened(stranger_world), office(world))

    def test_once_a_year(self, world: World) -> None:
        last = opened(world)
        again(last, office(world))
        with pytest.raises(Refused, match="一年只有一本"):
            again(last, office(world))


class TestThePage:
    def data(self, ledger: Ledger, **more: str) -> dict[str, str]:
        return {"source": str(ledger.pk), "year": str(NEXT), "fill_by": "2027年11月30日", **more}

    def test_preview_then_open(self, world: World) -> None:
        last = opened(world)
        newer(last)
        client = signed_in(office(world))
        assert "从上年打开" in client.get(url("ledger_list")).content.decode()
        assert f'value="{NEXT}"' in client.get(url("ledger_again")).content.decode()
        answer = client.post(url("ledger_again"), self.data(last, step="preview"))
        page = answer.content.decode()
        for words in ("改过的工作要求", "顺延后", "2021年度", "现行表样新增的任务", "还没有签发"):
            assert words in page, words
        assert not Ledger.objects.filter(year=NEXT).exists()
        seen = answer.context["wording"].initial["seen"]
        kept = {
            "row-000-02": "kept",
            "row-000-03": "template",
            "row-000-14": "kept",
            "row-000-15": "left_out",
        }
        lacking = client.post(url("ledger_again"), self.data(last, step="open", seen=seen)).content.decode()
        assert "错误：" in lacking
        stale = self.data(last, step="open", seen="x", **kept)
        assert "看过新的预览再打开" in client.post(url("ledger_again"), stale).content.decode()
        answer = client.post(url("ledger_again"), self.data(last, step="open", seen=seen, **kept))
        assert answer.url == url("ledger_detail", NEXT)
        made = Ledger.objects.get(year=NEXT)
        assert row_of(made, 3).requirement == "改过的工作要求"
        assert made.rows.count() == 14

    @pytest.mark.parametrize(
        ("wrong", "words"),
        [
            ({"year": str(YEAR)}, f"要晚于 {YEAR}"),
            ({"year": "2030"}, "最晚可填 2027"),
            ({"fill_by": "2030-01-01"}, "填报截止要在 2027 年或次年"),
        ],
    )
    def test_what_is_wrong_is_said(self, world: World, wrong: dict[str, str], words: str) -> None:
        data = self.data(opened(world), step="preview") | wrong
        assert words in signed_in(office(world)).post(url("ledger_again"), data).content.decode()

    def test_who_may_not_and_who_has_nothing_to_carry(self, world: World, stranger_world: World) -> None:
        opened(stranger_world)
        assert signed_in(office(world)).get(url("ledger_again")).url == url("ledger_open")
        assert signed_in(clerk(world)).get(url("ledger_again")).status_code == 403

    @pytest.mark.parametrize("asked", [1, 3])
    @pytest.mark.usefixtures("own_queries_only")
    def test_the_preview_costs_the_same(
        self, world: World, django_assert_num_queries: DjangoAssertNumQueries, asked: int
    ) -> None:
        last = opened(world)
        TemplateRow.objects.filter(number__lte=asked, template=last.template).update(task="另一种说法")
        client = signed_in(office(world))
        client.get(url("ledger_list"))
        with django_assert_num_queries(17):
            client.post(url("ledger_again"), self.data(last, step="preview"))
