"""The register of borrowed teachers in from files: its own export, an old list, and what is not guessed."""

from __future__ import annotations

import tempfile
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from jianfu.kernel.decisions import Refused
from jianfu.kernel.documents import reading
from jianfu.kernel.intake import Plan, targets
from jianfu.organisations.states import Role
from ledger.models import Secondment
from ledger.resources.secondment import PURPOSE
from tests.factories import World

from .secondments import LIST, NAME, borrow, get, give_back, keeper

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]

HEAD = (
    "序号",
    "姓名",
    "原学校",
    "借用单位",
    "工作事项",
    "类别",
    "借用开始",
    "借用到期",
    "审批单位",
    "返岗日期",
)


def plan_of(world: World, content: bytes) -> Plan:
    by = keeper(world)
    with tempfile.TemporaryFile() as file:
        file.write(content)
        file.seek(0)
        book = reading.read(file, "表.xlsx")
    target = targets[PURPOSE]
    return target.read(target.find("", by), book, by)


def exported(world: World) -> bytes:
    return get(keeper(world), f"{LIST}export/").content


def write(world: World, plan: Plan) -> str:
    by, target = keeper(world), targets[PURPOSE]
    return target.write(target.find("", by), plan, chosen=frozenset(), by=by, at=None)


def sheet(*lines: tuple[Any, ...]) -> bytes:
    book, kept = Workbook(), BytesIO()
    for line in (HEAD, *lines):
        book.active.append(line)
    book.save(kept)
    return kept.getvalue()


def told(plan: Plan) -> list[str]:
    return [f"{problem.place}：{problem.words}" for problem in plan.problems if not problem.is_remark]


def test_what_went_out_comes_back_without_a_change(world):
    borrow(world, is_head_teacher=True, subject="语文")
    give_back(world, borrow(world, name="何喆", kind="village", ends_on=None), date(2026, 9, 1))
    plan = plan_of(world, exported(world))
    assert (plan.changes, told(plan)) == ((), [])
    assert "没有变化 2 条" in plan.summary


def test_an_edited_cell_is_one_change(world):
    record = borrow(world)
    book = load_workbook(BytesIO(exported(world)))
    page = book.worksheets[0]
    columns = {cell.value: cell.column for cell in page[2]}
    page.cell(3, columns["工作事项"]).value = "森林防火专班"
    page.cell(3, columns["同意情况"]).value = "仅本人"
    kept = BytesIO()
    book.save(kept)
    plan = plan_of(world, kept.getvalue())
    assert {(each.column, each.before, each.after) for each in plan.changes} == {
        ("工作事项", "消防安全宣传专班", "森林防火专班"),
        ("原学校同意", "是", "否"),
    }
    assert write(world, plan) == "新增 0 条，修改 1 条"
    record.refresh_from_db()
    assert (record.work_item, record.school_consented, record.teacher_consented) == (
        "森林防火专班",
        False,
        True,
    )
    assert (record.document_number, record.filed_on) == ("云委〔2026〕5号", date(2026, 6, 28))


def test_an_old_list_comes_in_with_who_is_back(world):
    school = world.place("school").name
    content = sheet(
        (
            1,
            "何喆",
            school,
            "区人口普查办",
            "人口普查",
            "专班",
            "2025.3.1",
            "2025.8.31",
            "区委",
            "2025年9月1日",
        ),
        (2, "欧阳 文婷", school, "区信访局", "信访", "其他", date(2026, 9, 1), "", "未经批准", ""),
    )
    plan = plan_of(world, content)
    assert told(plan) == []
    assert write(world, plan) == "新增 2 条，修改 0 条"
    first, second = Secondment.objects.order_by("starts_on")
    assert (first.teacher.name, first.returned_on) == ("何喆", date(2025, 9, 1))
    assert (second.teacher.name, second.ends_on, second.approving_body) == (NAME, date(2027, 2, 28), "")
    assert plan_of(world, content).changes == ()


@pytest.mark.parametrize("count", [1, 3])
def test_a_preview_costs_the_same_with_any_number_of_rows(world, count, django_assert_num_queries):
    school, by, target = world.place("school").name, keeper(world), targets[PURPOSE]
    lines = [(n, f"教师{n}", school, "某局", "事", "专班", "2026.3.1", "", "", "") for n in range(count)]
    with tempfile.TemporaryFile() as file:
        file.write(sheet(*lines))
        book = reading.read(file, "表.xlsx")
    found = target.find("", by)
    with django_assert_num_queries(3):
        assert len(target.read(found, book, by).changes) == 6 * count


def test_what_cannot_be_known_is_not_guessed(world):
    school = world.place("school").name
    plan = plan_of(
        world,
        sheet(
            (1, "何*", school, "某局", "事", "专班", "2026.3.1", "", "", ""),
            (2, "何喆", "没有的学校", "某局", "事", "专班", "2026.3.1", "", "", ""),
            (3, "何喆", school, "某局", "事", "帮忙", "2026.3.1", "", "", ""),
            (4, "何喆", school, "某局", "事", "专班", "2026年820日", "", "", ""),
            (5, "何喆", school, "", "事", "专班", "2026.3.1", "", "", ""),
        ),
    )
    said = told(plan)
    for row, words in enumerate(("隐去的姓名", "没有名为“没有的学校”", "“类别”填", "", "借用单位"), start=2):
        assert any(f"第 {row} 行" in each and words in each for each in said), (row, said)
    assert plan.changes == ()


def test_the_rules_hold_and_the_row_is_named(world):
    school = world.place("school").name
    plan = plan_of(
        world,
        sheet(
            (1, "何喆", school, "某局", "事", "专班", "2026.1.1", "2026.6.30", "区委", ""),
            (2, "何喆", school, "另一局", "事", "专班", "2026.2.1", "2026.6.30", "区委", ""),
        ),
    )
    with pytest.raises(Refused, match=r"第 3 行.*已有借用记录"):
        write(world, plan)


@pytest.mark.parametrize("role", [Role.LEDGER_OFFICE, Role.SCHOOL, Role.LEADER])
def test_only_who_keeps_the_register_reads_files_into_it(world, role):
    by, target = world.user(role), targets[PURPOSE]
    assert not target.may(target.find("", by), by)
    assert target.find("", world.user(Role.APPLICANT)) is None
    assert "从表格导入" not in get(by, LIST).content.decode()
    assert "从表格导入" in get(keeper(world), LIST).content.decode()
