"""The registers in from files: their own export back changes nothing, every edited cell is one change."""

from __future__ import annotations

import io
import tempfile
from datetime import date
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from jianfu.kernel.decisions import Conflicted, Refused
from jianfu.kernel.documents import reading
from jianfu.kernel.intake import Plan, targets
from jianfu.organisations.states import Role
from ledger.models import Intake
from ledger.registers import REGISTERS
from ledger.resources.register import PURPOSE
from ledger.services import intake as intakes
from tests.factories import World

from .intakes import uploaded
from .registers import SLUGS, USUAL, clerk, dispose, enter
from .secondments import get, post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock", "read_here")]


def exported(world: World, slug: str) -> bytes:
    return get(clerk(world), f"/ledger/registers/{slug}/export.xlsx").content


def edited(content: bytes, *changes: tuple[int, str, Any]) -> bytes:
    """Row of the sheet, heading, new value."""
    book = load_workbook(io.BytesIO(content))
    page = book.worksheets[0]
    columns = {cell.value: cell.column for cell in page[2]}
    for row, heading, value in changes:
        page.cell(row, columns[heading]).value = value
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def sheet(*lines: tuple[Any, ...]) -> bytes:
    book, kept = Workbook(), io.BytesIO()
    for line in lines:
        book.active.append(line)
    book.save(kept)
    return kept.getvalue()


def plan_of(world: World, slug: str, content: bytes, by: Any = None) -> Plan:
    by = by or clerk(world)
    target = targets[PURPOSE]
    with tempfile.TemporaryFile() as file:
        file.write(content)
        file.seek(0)
        book = reading.read(file, "表.xlsx")
    return target.read(target.find(slug, by), book, by)


def write(world: World, slug: str, plan: Plan) -> str:
    by = clerk(world)
    target = targets[PURPOSE]
    return target.write(target.find(slug, by), plan, chosen=frozenset(), by=by, at=None)


def told(plan: Plan) -> list[str]:
    return [f"{problem.place}：{problem.words}" for problem in plan.problems if not problem.is_remark]


@pytest.mark.parametrize("slug", SLUGS)
def test_what_went_out_comes_back_without_a_change(world, slug):
    enter(world, slug)
    enter(world, slug, name="另一条", begun_on=date(2025, 3, 1))
    plan = plan_of(world, slug, exported(world, slug))
    assert plan.changes == ()
    assert told(plan) == []
    assert "没有变化 2 条" in plan.summary


@pytest.mark.parametrize("slug", SLUGS)
def test_a_whole_export_fills_an_empty_district(world, stranger_world, slug):
    enter(world, slug)
    content = exported(world, slug)
    by = clerk(stranger_world)
    target = targets[PURPOSE]
    if slug == "refusals":  # the places of another district are not known here
        content = edited(content, (3, "拒绝单位", None))
    plan = plan_of(stranger_world, slug, content, by)
    assert told(plan) == []
    words = target.write(target.find(slug, by), plan, chosen=frozenset(), by=by, at=None)
    assert words == "新增 1 条，修改 0 条"
    here = REGISTERS[slug].model.objects.get(district=world.district)
    there = REGISTERS[slug].model.objects.get(district=stranger_world.district)
    for name in USUAL[slug]:
        assert getattr(there, name) == getattr(here, name)


def test_each_edited_cell_is_one_change_and_no_more_is_written(world):
    item = enter(world, "forms")
    content = edited(exported(world, "forms"), (3, "填报频次", "每学期"), (3, "发文单位", "区消防支队"))
    plan = plan_of(world, "forms", content)
    assert {(each.column, each.before, each.after) for each in plan.changes} == {
        ("填报频次", "每月", "每学期"),
        ("发文单位", "区应急局", "区消防支队"),
    }
    assert write(world, "forms", plan) == "新增 0 条，修改 1 条"
    item.refresh_from_db()
    assert (item.frequency, item.issuer, item.respondents, item.version) == (
        "termly",
        "区消防支队",
        "schools",
        2,
    )
    again = plan_of(world, "forms", content)
    assert again.changes == ()


def test_an_empty_cell_changes_nothing(world):
    item = enter(world, "forms", document="教办〔2026〕2号")
    content = edited(exported(world, "forms"), (3, "依据文件", None), (3, "发文单位", "  "))
    plan = plan_of(world, "forms", content)
    assert plan.changes == ()
    assert not plan.may_confirm
    item.refresh_from_db()
    assert item.document == "教办〔2026〕2号"


def test_what_is_wrong_is_told_by_its_cell_and_left_out(world):
    content = sheet(
        ("名称", "发文单位", "填报频次", "开始填报", "填报对象", "上交期限"),
        ("好的", "某局", "每月", "2026年3月1日", "学校", ""),
        ("错的", "某局", "经常", "2026年3月1日", "学校", ""),
        ("缺的", "", "每月", "2026.3.1", "学校", ""),
        ("怪的", "某局", "每月", "2026年13月1日", "学校", "不知道"),
        ("好的", "某局", "每月", "2026-03-01", "学校", ""),
    )
    plan = plan_of(world, "forms", content)
    said = told(plan)
    assert any("第 3 行 C 列" in each and "填一次性、每日" in each and "经常" in each for each in said)
    assert any("第 4 行" in each and "发文单位" in each for each in said)
    assert any("第 5 行 D 列" in each for each in said)
    assert any("第 5 行 F 列" in each for each in said)
    assert any("第 6 行" in each and "和第 2 行是同一条" in each for each in said)
    assert "新增 1 条" in plan.summary
    assert write(world, "forms", plan) == "新增 1 条，修改 0 条"


def test_a_row_takes_nothing_from_the_row_before(world):
    content = sheet(
        ("名称", "发文单位", "填报频次", "开始填报", "填报对象", "上交期限"),
        ("全的", "某局", "每月", "2026年3月1日", "学校", "2026年4月1日"),
        ("坏的", "某局", "每月", "2026年3月1日", "学校", "不知道"),
        ("少的", "另一局", "每月", "2026年3月1日", "", ""),
    )
    assert write(world, "forms", plan_of(world, "forms", content)) == "新增 2 条，修改 0 条"
    full, short = REGISTERS["forms"].model.objects.order_by("pk")
    assert (full.issuer, full.due_on) == ("某局", date(2026, 4, 1))
    assert (short.issuer, short.due_on) == ("另一局", None)


@pytest.mark.parametrize(("slug", "queries"), [("forms", 1), ("duties", 2), ("refusals", 4)])
def test_a_preview_costs_the_same_with_any_number_of_rows(world, slug, queries, django_assert_num_queries):
    by, target = clerk(world), targets[PURPOSE]
    for count in (1, 3):
        while REGISTERS[slug].model.objects.count() < count:
            enter(world, slug, name=f"第{REGISTERS[slug].model.objects.count()}条")
        content = edited(exported(world, slug), *((row, "备注", "改了") for row in range(3, 3 + count)))
        with tempfile.TemporaryFile() as file:
            file.write(content)
            book = reading.read(file, "表.xlsx")
        found = target.find(slug, by)
        with django_assert_num_queries(queries):
            assert len(target.read(found, book, by).changes) == count


def test_unknown_headings_are_told_and_our_own_results_remarked(world):
    plan = plan_of(
        world,
        "channels",
        sheet(("名称", "建立日期", "备用列", "处置意见"), ("群", "2026年3月1日", "x", "取消")),
    )
    assert any("不认识列名“备用列”" in each for each in told(plan))
    assert any("“处置意见”由系统得出" in problem.words for problem in plan.problems if problem.is_remark)


@pytest.mark.parametrize("content", [sheet(("甲", "乙"), (1, 2)), sheet()])
def test_a_table_without_our_headings_is_not_read(world, content):
    plan = plan_of(world, "forms", content)
    assert plan.stopping[0].words.startswith("没有找到表头")
    assert "名称、开始填报" in plan.stopping[0].words
    assert not plan.may_confirm


def test_headings_are_found_below_a_title(world):
    content = sheet(
        ("某区报表清单",),
        (),
        ("名 称", "发文单位", "填报频次", "开始填报"),
        ("表", "局", "每月", date(2026, 3, 1)),
    )
    assert "新增 1 条" in plan_of(world, "forms", content).summary


def test_whoever_changed_a_row_since_the_preview_wins(world):
    item = enter(world, "forms")
    plan = plan_of(world, "forms", edited(exported(world, "forms"), (3, "发文单位", "别的局")))
    dispose(world, item, "keep")
    with pytest.raises(Conflicted, match="第 3 行：这一条刚刚被别人改动过"):
        write(world, "forms", plan)
    item.refresh_from_db()
    assert item.issuer == "区应急局"


def test_rows_of_another_section_are_refused_with_their_row(world):
    enter(world, "forms", by=clerk(world, "personnel"))
    content = edited(exported(world, "forms"), (3, "发文单位", "别的局"))
    plan = plan_of(world, "forms", content)
    assert plan.changes == ()
    assert any("第 3 行" in each and "登记" in each for each in told(plan))


def test_a_row_refused_while_writing_takes_all_back(world):
    content = sheet(
        ("名称", "发文单位", "填报频次", "开始填报", "填报对象"),
        ("甲", "局", "每月", "2026年3月1日", "学校"),
        ("乙", "局", "每月", "2026年3月1日", "学校"),
    )
    uploaded_by = clerk(world)
    intake = uploaded(uploaded_by, content=content, purpose=PURPOSE, about="forms")
    enter(world, "forms", name="乙", by=world.user(Role.LEDGER_OFFICE))
    with pytest.raises(Refused, match="第 3 行"):
        intakes.confirm(intake=intake, by=uploaded_by)
    assert not REGISTERS["forms"].model.objects.filter(name="甲").exists()


def test_from_the_list_to_the_written_rows(world):
    by = clerk(world)
    assert f"/intake/{PURPOSE}/" in get(by, "/ledger/registers/forms/").content.decode()
    content = sheet(("名称", "发文单位", "填报频次", "开始填报"), ("甲表", "局", "每月", "2026年3月1日"))
    intake = uploaded(by, content=content, purpose=PURPOSE, about="forms")
    shown = get(by, intake.get_absolute_url()).content.decode()
    assert "甲表" in shown
    answer = post(by, f"{intake.get_absolute_url()}act/", {"act": "confirm", "version": intake.version})
    assert answer.status_code == 302
    assert REGISTERS["forms"].model.objects.get().name == "甲表"
    assert Intake.objects.get().state == "confirmed"


def test_who_may_not_keep_the_register_reads_nothing_into_it(world):
    leader = world.user(Role.LEADER)
    target = targets[PURPOSE]
    assert not target.may(target.find("forms", leader), leader)
    assert target.find("forms", world.user(Role.SCHOOL)) is None
    assert target.find("nonsense", leader) is None


def test_a_formula_is_not_taken_for_what_it_shows(world):
    content = sheet(
        ("名称", "发文单位", "填报频次", "开始填报"), ("表", '=CONCAT("某","局")', "每月", "2026年3月1日")
    )
    plan = plan_of(world, "forms", content)
    assert any("第 2 行 B 列" in each and "是公式" in each for each in told(plan))
    assert plan.changes == ()
