"""填报表 out and back: what was filled in is shown cell by cell, and nothing else is touched."""

from __future__ import annotations

import io
import subprocess
from decimal import Decimal
from pathlib import Path
from shutil import which
from typing import Any

import pytest
from openpyxl import load_workbook

from jianfu.audit.models import Event
from jianfu.kernel.decisions import Refused
from jianfu.organisations.states import Role
from ledger.intake import layout
from ledger.models import Ledger, LedgerRow
from ledger.services import intake as services
from ledger.services.filling import BlankInput, EntryInput, as_input, save_row
from ledger.states import LedgerState, RowState
from tests.factories import World
from tests.ledger.forms import HELD, brought_to, clerk, filled, office, opened, row_of, signed_in, url

from .workbooks import Form, confirmed, exported, plan_of, said, uploaded

pytestmark = pytest.mark.usefixtures("read_here")
R8, R6, R9 = "000-08", "000-06", "000-09"


@pytest.fixture
def ledger(world: World) -> Ledger:
    ledger = opened(world)
    filled(row_of(ledger, 8), clerk(world))
    return ledger


def entry_keys(ledger: Ledger, number: int = 8) -> list[str]:
    return [str(pk) for pk in row_of(ledger, number).entries.values_list("pk", flat=True)]


def test_as_it_was_exported_it_changes_nothing(world: World, ledger: Ledger) -> None:
    plan = plan_of(clerk(world), exported(ledger))
    assert (plan.changes, plan.problems) == ((), ())
    assert not plan.may_confirm
    assert "没有要写入的" in plan.summary


def test_what_was_filled_in_cell_by_cell(world: World, ledger: Ledger) -> None:
    by, form = clerk(world), exported(ledger)
    held, declined = entry_keys(ledger)
    form.entry(R8, held, "quantity").value = "１８项"
    form.entry(R8, held, "ratio").value = 0.25
    form.entry(R8, held, "ratio").number_format = "0%"
    form.entry(R8, declined, "outcome").value = "已退回"
    form.blank(R8, "I8a").value = "9 项"
    form.add(R8, name="新的一条", quantity=3, unit="次")
    form.add(R6, name="只此一条", kind="不符合要求而未开展")
    plan = plan_of(by, form)
    assert said(plan) == [
        ("第 6 项", "落实情况（新增不符合要求而未开展）", "", "只此一条。"),
        ("第 8 项", "统筹进校园活动：数量", "12", "18"),
        ("第 8 项", "统筹进校园活动：比例%", "50", "25"),
        ("第 8 项", "本年度各类“进校园”活动数量", "5 项", "9 项"),
        ("第 8 项", "推销讲座：成效", "", "已退回"),
        ("第 8 项", "落实情况（新增已组织开展）", "", "新的一条，3 次。"),
    ]
    assert not plan.problems
    assert not any(change.conflict for change in plan.changes)
    assert plan.changes[1].place.row == form.line(R8, entry=held)
    assert plan.changes[1].place.column == "H"
    services.confirm(intake=uploaded(by, form.saved()), by=by)
    row = row_of(ledger, 8)
    assert [as_input(entry, new=True) for entry in row.entries.all()] == [
        EntryInput("held", "统筹进校园活动", Decimal(18), "项", Decimal(25), "减少一半"),
        EntryInput("declined", "推销讲座", Decimal(3), "次", None, "已退回"),
        EntryInput("held", "新的一条", Decimal(3), "次"),
    ]
    assert row.blanks.get(code="I8a").number == 9
    assert row_of(ledger, 6).entries.get().kind == "declined"
    assert Event.objects.filter(action="ledger_row.fill", target_id=str(row.pk)).count() == 2


def test_the_same_file_twice_changes_nothing(world: World, ledger: Ledger) -> None:
    """Not the new entries, not the deleted one, not the numbers."""
    by, form = clerk(world), exported(ledger)
    held, declined = entry_keys(ledger)
    form.add(R8, name="新的一条")
    form.blank(R8, "I8a").value = 9
    for name in layout.ENTRY_COLUMNS:
        form.entry(R8, declined, name).value = None
    confirmed(by, form.saved())
    contents = list(row_of(ledger, 8).entries.values_list("pk", "name"))
    assert [name for _pk, name in contents] == ["统筹进校园活动", "新的一条"]
    plan = plan_of(by, form)
    assert (plan.changes, plan.problems) == ((), ())
    assert list(row_of(ledger, 8).entries.values_list("pk", "name")) == contents
    assert held == str(contents[0][0])


def test_a_file_of_some_rows_touches_only_those(world: World, ledger: Ledger) -> None:
    by = clerk(world)
    form = exported(ledger, (6,))
    assert {line.row for _number, line in form.lines()} == {R6}
    form.blank(R6, "I6").value = "全国文明城区"
    before = row_of(ledger, 8)
    confirmed(by, form.saved())
    assert row_of(ledger, 6).blanks.get().text == "全国文明城区"
    assert row_of(ledger, 8).version == before.version


def test_someone_was_faster(world: World, ledger: Ledger) -> None:
    """Shown with their name, and written only where it is chosen, cell by cell."""
    by, form = clerk(world), exported(ledger)
    held, declined = entry_keys(ledger)
    form.blank(R8, "I8a").value = 9
    form.blank(R8, "I8b").value = 1
    form.entry(R8, held, "quantity").value = 20
    form.entry(R8, declined, "name").value = "推销讲座两场"
    colleague = world.user(Role.SECTION_CLERK, place="section", key="colleague")
    row = row_of(ledger, 8)
    entries = [as_input(entry) for entry in row.entries.all()]
    entries[0] = EntryInput(**{**entries[0].__dict__, "quantity": Decimal(15)})
    save_row(row=row, by=colleague, entries=entries, blanks={"I8a": BlankInput(7, "核对过")})
    intake = uploaded(by, form.saved())
    plan = intake.read_plan()
    shown = {change.column: (change.before, change.after, change.conflict) for change in plan.changes}
    assert shown == {
        "统筹进校园活动：数量": ("15", "20", True),
        "推销讲座：名称": ("推销讲座", "推销讲座两场", False),
        "本年度各类“进校园”活动数量": ("7 项", "9 项", True),
        "各类“进校园”活动较上年度减少": ("5 项", "1 项", False),
    }
    conflicts = {change.key: change for change in plan.changes if change.conflict}
    assert set(conflicts) == {f"{R8}|{held}|quantity", f"{R8}||I8a"}
    assert all(colleague.person.name in change.changed_by for change in conflicts.values())
    services.confirm(intake=intake, by=by, chosen=[f"{R8}||I8a"])
    row = row_of(ledger, 8)
    assert row.blanks.get(code="I8a").number == 9
    assert row.blanks.get(code="I8b").number == 1
    assert row.entries.get(pk=held).quantity == 15
    assert row.entries.get(pk=declined).name == "推销讲座两场"


def test_what_others_changed_and_i_did_not_stays_theirs(world: World, ledger: Ledger) -> None:
    form = exported(ledger)
    save_row(row=row_of(ledger, 8), by=clerk(world), entries=[HELD], blanks={"I8a": BlankInput(7, "核对过")})
    assert plan_of(clerk(world), form).changes == ()


def test_deleted_there_and_filled_in_here(world: World, ledger: Ledger) -> None:
    by, form = clerk(world), exported(ledger)
    _held, declined = entry_keys(ledger)
    form.entry(R8, declined, "outcome").value = "已退回"
    row = row_of(ledger, 8)
    save_row(row=row, by=by, entries=[as_input(row.entries.first())])
    (change,) = plan_of(by, form).changes
    assert change.conflict
    assert "删去了这一条" in change.changed_by
    assert change.after == "推销讲座，3 次。已退回。"


def test_deleted_here_and_filled_in_there(world: World, ledger: Ledger) -> None:
    by, form = clerk(world), exported(ledger)
    _held, declined = entry_keys(ledger)
    for name in layout.ENTRY_COLUMNS:
        form.entry(R8, declined, name).value = None
    row = row_of(ledger, 8)
    entries = [as_input(entry) for entry in row.entries.all()]
    save_row(row=row, by=by, entries=[entries[0], EntryInput(**{**entries[1].__dict__, "outcome": "改了"})])
    (change,) = plan_of(by, form).changes
    assert (change.conflict, change.before, change.after) == (True, "推销讲座，3 次。改了。", "")


def test_clearing_a_number_is_not_zero(world: World, ledger: Ledger) -> None:
    by, form = clerk(world), exported(ledger)
    form.blank(R8, "I8a").value = None
    (change,) = plan_of(by, form).changes
    assert (change.before, change.after) == ("5 项", "")
    confirmed(by, form.saved())
    assert row_of(ledger, 8).blanks.get(code="I8a").number != 0


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("无", "没有就填 0"),
        ("18人", "单位是“项”"),
        ("约18", "要填数字"),
        (18.5, "整数"),
        (-1, "不能小于 0"),
        ("=9+9", "是公式"),
    ],
)
def test_what_is_no_number(world: World, ledger: Ledger, value: Any, words: str) -> None:
    """Named with its place, and the rest of the file is read."""
    by, form = clerk(world), exported(ledger)
    form.blank(R8, "I8a").value = value
    form.blank(R8, "I8b").value = 2
    plan = plan_of(by, form)
    (problem,) = plan.problems
    assert words in problem.words
    assert (problem.place.row, problem.place.column) == (form.line(R8, blank="I8a"), "M")
    assert "没有读入" in problem.words
    assert [change.key for change in plan.changes] == [f"{R8}||I8b"]


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"kind": None, "name": "甲"}, "没有选类别"),
        ({"kind": "开展了", "name": "甲"}, "只能选：已组织开展、不符合要求而未开展"),
        ({"quantity": 3}, "名称空着"),
        ({"name": "甲", "ratio": 120}, "不能大于 100"),
        ({"name": "甲", "quantity": 1.234}, "2 位小数"),
        ({"name": "字" * 201}, "最多 200 字"),
    ],
)
def test_half_an_entry_is_not_written(
    world: World, ledger: Ledger, cells: dict[str, Any], words: str
) -> None:
    form = exported(ledger)
    form.add(R8, **cells)
    plan = plan_of(clerk(world), form)
    assert words in plan.problems[0].words
    assert plan.changes == ()


def test_a_name_that_was_cleared(world: World, ledger: Ledger) -> None:
    form = exported(ledger)
    form.entry(R8, entry_keys(ledger)[0], "name").value = None
    plan = plan_of(clerk(world), form)
    assert "要删去就整行清空" in plan.problems[0].words
    assert plan.changes == ()


def test_rows_of_another_section_are_refused_in_words(world: World, ledger: Ledger) -> None:
    form = exported(ledger)
    form.blank("000-01", "I1").value = 3
    form.blank(R8, "I8a").value = 9
    plan = plan_of(clerk(world), form)
    assert [change.key for change in plan.changes] == [f"{R8}||I8a"]
    (problem,) = plan.problems
    assert "第 1 项：1 处没有读入，这一项由" in problem.words
    assert "填报" in problem.words


def test_a_reported_row_is_refused_in_words(world: World, ledger: Ledger) -> None:
    form = exported(ledger)
    brought_to(RowState.SUBMITTED, row_of(ledger, 6), world)
    form.blank(R6, "I6").value = "全国文明城区"
    plan = plan_of(clerk(world), form)
    assert plan.changes == ()
    assert "现在是“已报送”，撤回或退回后再导入" in plan.problems[0].words


def test_keys_that_are_unknown_or_stand_twice(world: World, ledger: Ledger) -> None:
    form = exported(ledger)
    held, declined = entry_keys(ledger)
    form.page.cell(form.line(R9, entry="+1"), layout.KEY).value = "001-77||"
    form.page.cell(form.line(R8, entry=declined), layout.KEY).value = f"{R8}|{held}|"
    form.page.cell(form.line(R8, entry="+2"), layout.KEY).value = f"{R8}|99999|"
    form.page.cell(form.line(R8, entry="+3"), layout.KEY).value = None
    for name in ("+2", "+3"):
        line = form.line(R8, entry="+1") + (1 if name == "+2" else 2)
        form.page.cell(line, layout.ENTRY_COLUMNS["name"]).value = "甲"
    words = [problem.words for problem in plan_of(clerk(world), form).problems]
    assert sum("和另一行相同" in each for each in words) == 2
    assert sum("不在这本台账里" in each for each in words) == 1
    assert sum("不是从这里导出的" in each for each in words) == 1
    assert sum("没有行标记" in each for each in words) == 1


def test_without_its_stamp_nothing_is_read(world: World, ledger: Ledger) -> None:
    form = exported(ledger)
    del form.book[layout.STAMP]
    plan = plan_of(clerk(world), form)
    assert "“填报信息”页不见了" in plan.stopping[0].words
    assert not plan.may_confirm


def test_the_form_of_another_year(world: World, ledger: Ledger) -> None:
    last = opened(world, year=2025)
    form = exported(last)
    form.blank(R8, "I8a").value = 9
    plan = plan_of(clerk(world), form)
    assert "云岭区2025年的填报表，不是云岭区2026年的" in plan.stopping[0].words


def test_a_locked_year_refuses(world: World, ledger: Ledger) -> None:
    """Before the upload, and where it was locked between preview and confirmation."""
    by, form = clerk(world), exported(ledger)
    form.blank(R8, "I8a").value = 9
    intake = uploaded(by, form.saved())
    Ledger.objects.filter(pk=ledger.pk).update(state=LedgerState.LOCKED)
    with pytest.raises(Refused, match="不能再改"):
        services.confirm(intake=intake, by=by)
    with pytest.raises(Refused, match="不能再改"):
        uploaded(by, form.saved())
    assert row_of(ledger, 8).blanks.get(code="I8a").number == 5


def test_saved_by_libreoffice(world: World, ledger: Ledger, tmp_path: Path) -> None:
    """Keys, stamp and numbers survive another program's saving."""
    office_suite = which("soffice") or which("libreoffice")
    if office_suite is None:
        pytest.skip("no LibreOffice")
    form = exported(ledger)
    form.blank(R8, "I8a").value = 9
    form.add(R8, name="新的一条", quantity=2.5, unit="次")
    (tmp_path / "in.xlsx").write_bytes(form.saved())
    out = tmp_path / "out"
    subprocess.run(
        [office_suite, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to",
         "xlsx", "--outdir", str(out), str(tmp_path / "in.xlsx")],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    intake = uploaded(clerk(world), (out / "in.xlsx").read_bytes())
    plan = intake.read_plan()
    assert [(c.column, c.after) for c in plan.changes] == [
        ("本年度各类“进校园”活动数量", "9 项"),
        ("落实情况（新增已组织开展）", "新的一条，2.5 次。"),
    ]
    assert plan.problems == ()


def test_what_the_workbook_guards_and_offers(world: World, ledger: Ledger) -> None:
    book = load_workbook(io.BytesIO(exported(ledger).saved()))
    page = book.worksheets[0]
    form = Form(exported(ledger).saved())
    assert page.protection.sheet
    assert not page.protection.password
    assert book[layout.STAMP].sheet_state == "veryHidden"
    assert page.column_dimensions["A"].hidden
    line = form.line(R8, entry=entry_keys(ledger)[0])
    assert [page.cell(line, column).protection.locked for column in (layout.TASK, 7, layout.VALUE)] == [
        True,
        False,
        False,
    ]
    assert page.cell(line, layout.VALUE).value == 5
    lists = [v.formula1 for v in page.data_validations.dataValidation if v.type == "list"]
    assert '"已组织开展,不符合要求而未开展"' in lists
    assert all(len(formula) < 256 for formula in lists)


def test_through_the_pages(world: World, ledger: Ledger, stranger_world: World) -> None:
    client = signed_in(clerk(world))
    page = client.get(url("working_form", 2026)).content.decode()
    assert "导出本科室的 5 项" in page
    answer = client.get(url("working_form_export", 2026) + "?rows=mine")
    rows = {line.row for _number, line in Form(answer.content).lines()}
    assert rows == {"000-06", "000-08", "000-09", "000-10", "000-14"}
    assert (
        len({line.row for _n, line in Form(client.get(url("working_form_export", 2026)).content).lines()})
        == 14
    )
    events = Event.objects.filter(action="ledger.export").order_by("pk")
    assert [event.data["rows"] for event in events] == ["mine", "all"]
    assert (
        signed_in(stranger_world.user(Role.LEDGER_OFFICE)).get(url("working_form", 2026)).status_code == 404
    )
    assert (
        "由责任科室的填报员导入" in signed_in(office(world)).get(url("working_form", 2026)).content.decode()
    )
    assert "填报表" in client.get(url("ledger_detail", 2026)).content.decode()


def test_as_many_queries_for_all_rows_as_for_one(
    world: World, ledger: Ledger, own_queries_only: None, django_assert_num_queries: Any
) -> None:
    from ledger.intake.working import read_form

    from .workbooks import book_of

    for numbers in ((8,), (6, 8, 9, 10)):
        form = exported(ledger, numbers)
        for row in numbers:
            form.add(f"000-{row:02}", name="新的一条")
        book, fresh = book_of(form), Ledger.objects.select_related("district").get(pk=ledger.pk)
        by = clerk(world)
        by.organisation_ids(Role.SECTION_CLERK)
        with django_assert_num_queries(6):
            assert len(read_form(fresh, book, by).changes) == len(numbers)


def test_rows_keep_their_state(world: World, ledger: Ledger) -> None:
    """Reading starts an untouched row only when something is written into it."""
    by, form = clerk(world), exported(ledger)
    form.blank(R6, "I6").value = "全国文明城区"
    confirmed(by, form.saved())
    states = dict(LedgerRow.objects.filter(ledger=ledger).values_list("number", "state"))
    assert (states[6], states[9]) == (RowState.STARTED, RowState.ASSIGNED)
