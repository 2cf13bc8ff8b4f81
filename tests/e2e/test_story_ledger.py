"""The ledger from 待填 to the signed and filed year and its files (points 2 and 3 of the issue)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect
from pypdf import PdfReader

from jianfu.organisations.models import User
from ledger.models import Ledger, LedgerRow
from ledger.services.filling import BlankInput, EntryInput, save_row
from ledger.states import AchievementKind, LedgerState, RowState
from ledger.workflow import ROW

from .pictures import save_first_page

pytestmark = pytest.mark.browser
NUMBER = 12
MATTER = "第 12 项：加强信息管理系统建设，提升数据采集信息化水平（2026年）"
KEPT_OUT = "谢绝第三方公司要求教师在其软件中重复录入学生信息"
REASON = "请补充涉及的学校数。"
BLANK = "减少基层信息报送"
COLUMNS = ["序号", "事项", "重点任务", "工作要求", "落实情况", "重点监测数据", "责任科室"]


def row_of(number: int) -> LedgerRow:
    return LedgerRow.objects.get(ledger__year=2026, ledger__district__code="yunling", number=number)


def fill_row(clerk: Any) -> None:
    """A structured entry of each kind, and the blank inside its sentence."""
    clerk.from_desk(MATTER)
    clerk.page.get_by_label("第 2 行类别").select_option(label="不符合要求而未开展")
    clerk.page.get_by_label("第 2 行名称").fill(KEPT_OUT)
    clerk.page.get_by_label("第 2 行数量").fill("３ 次")
    blank = clerk.page.locator(".figures-line").get_by_role("textbox")
    expect(blank).to_have_count(1)
    assert BLANK in clerk.page.locator(".figures-line").inner_text()
    blank.fill("１５６")
    clerk.fill("其余部分的依据", "学校办公室电话答复 28 次，未登记")  # the register counts 128
    clerk.picture("row")
    clerk.press("报送")
    expect(clerk.page.get_by_role("status").get_by_text("已报送台账汇总人")).to_be_visible()
    row = row_of(NUMBER)
    assert row.state == RowState.SUBMITTED
    kinds = {entry.kind: entry for entry in row.entries.all()}
    refused = kinds[AchievementKind.DECLINED]
    assert (refused.name, refused.quantity, refused.unit) == (KEPT_OUT, 3, "次")
    assert AchievementKind.HELD in kinds
    assert [blank.number for blank in row.blanks.all()] == [156]


def send_back_and_mend(office: Any, clerk: Any) -> None:
    office.from_desk(MATTER)
    office.fill("退回原因", "")
    office.press("退回")
    expect(office.page).to_have_title(re.compile("^错误：第 12 项"))
    assert row_of(NUMBER).state == RowState.SUBMITTED  # a reason is asked for first
    office.fill("退回原因", REASON)
    office.press("退回")
    expect(office.page.get_by_role("status").get_by_text("第 12 项")).to_be_visible()
    assert row_of(NUMBER).state == RowState.RETURNED

    clerk.from_desk(MATTER)
    assert REASON in clerk.reads()
    clerk.page.get_by_label("第 2 行成效").fill("涉及 4 所学校，均未录入。")
    clerk.press("报送")
    expect(clerk.page.get_by_role("status").get_by_text("已报送台账汇总人")).to_be_visible()


def test_a_row_is_filled_returned_mended_and_accepted(demo, walker):
    clerk, office = walker("wuchong"), walker("huanghaiyan")
    clerk.open("desk")
    assert "第 1 项：" not in clerk.reads()  # another 科室's
    fill_row(clerk)
    send_back_and_mend(office, clerk)
    office.from_desk(MATTER)
    office.press("审核通过")
    expect(office.page.get_by_role("status").get_by_text("第 12 项")).to_be_visible()
    row = row_of(NUMBER)
    assert row.state == RowState.ACCEPTED
    assert KEPT_OUT in row.implementation
    office.open("ledger:ledger_detail", 2026)
    office.picture("ledger")


def report_the_rest() -> None:
    """What the other 科室 do meanwhile: every row that is still open is filled and reported."""
    for row in LedgerRow.objects.filter(ledger__year=2026).order_by("number"):
        if row.state in {RowState.SUBMITTED, RowState.ACCEPTED}:
            continue
        lead = row.assignments.order_by("pk").first().organisation
        clerk = next(u for u in User.objects.all() if lead.pk in u.organisation_ids("section_clerk"))
        entry = EntryInput(kind=AchievementKind.HELD, name="按清单开展，不另行布置", outcome="已报送。")
        kept = [entry] if not row.entries.exists() else None
        typed = {b.code: "无" if b.is_text else 0 for b in row.blanks.all() if not b.is_filled}
        blanks = {code: BlankInput(value, "按科室台账") for code, value in typed.items()}
        filled = save_row(row=row, by=clerk, entries=kept, blanks=blanks)
        ROW.perform(filled, "submit", by=clerk)


def test_all_rows_are_accepted_the_year_signed_locked_filed_and_exported(demo, walker, tmp_path):
    office, leader = walker("huanghaiyan"), walker("songguoqiang")
    office.open("ledger:ledger_closing", 2026)
    sending = office.page.get_by_role("button", name="汇总送签")
    expect(sending).to_be_disabled()
    assert "没有审核通过" in (sending.get_attribute("title") or "")

    report_the_rest()
    office.open("ledger:ledger_detail", 2026)
    for box in office.page.get_by_role("checkbox", name="选择第").all():
        box.check()
    office.press("审核通过所选")
    expect(office.page.get_by_role("status").get_by_text("已审核通过")).to_be_visible()
    office.press("汇总送签")
    assert "送签后各科室不能再改" in office.reads()
    office.press("汇总送签")
    expect(office.page.get_by_role("status").get_by_text("已送领导小组签发")).to_be_visible()

    # Two clicks for the leader: the matter on the desk, and the signature under the form.
    leader.from_desk("2026年云岭区中小学教师减负工作重点任务台账")
    assert "还没有签发过" in leader.reads()
    leader.press("签发")
    expect(leader.page.get_by_role("status").get_by_text("已签发")).to_be_visible()
    assert leader.clicks == 2

    office.open("ledger:ledger_closing", 2026)
    office.press("锁定台账")
    expect(office.page.get_by_role("status").get_by_text("已锁定")).to_be_visible()
    office.fill("备案文号", "云教委文[2026]021号")
    office.press("报送备案")
    expect(office.page.get_by_role("status").get_by_text("已登记报送备案")).to_be_visible()
    assert "云教委文〔2026〕21号" in office.reads()
    ledger = Ledger.objects.get(year=2026)
    assert ledger.state == LedgerState.FILED

    clerk = walker("wuchong")
    clerk.go(row_of(NUMBER))
    assert clerk.page.get_by_role("button", name="报送").count() == 0
    office.open("ledger:ledger_detail", 2026)
    read_workbook(download(office, "导出 Excel", tmp_path), ledger)
    read_paper(download(office, "导出 PDF", tmp_path))


def download(window: Any, words: str, place: Path) -> Path:
    """The file under the name that it comes with."""
    with window.page.expect_download() as waiting:
        window.press(words)
    file = place / waiting.value.suggested_filename
    waiting.value.save_as(file)
    return file


def read_workbook(file: Path, ledger: Ledger) -> None:
    book = load_workbook(file)
    assert [(sheet.title != "", sheet.sheet_state) for sheet in book] == [(True, "visible")]
    sheet = book.active
    lines = [[str(cell.value or "") for cell in row] for row in sheet.iter_rows()]
    heads = next(line for line in lines if line[0] == "序号")
    assert [head.split("（")[0].split("\n")[0] for head in heads] == COLUMNS
    for row in ledger.rows.all():
        line = next(line for line in lines if line[0] == str(row.number))
        assert line[3] == row.requirement
        assert line[6] == row.sections_text
    merged = [area for area in sheet.merged_cells.ranges if area.min_col == area.max_col == 2]
    assert len(merged) == 4  # the four 事项


def read_paper(file: Path) -> None:
    pages = PdfReader(file).pages
    words = ["".join(page.extract_text().split()) for page in pages]
    for place, page in enumerate(words, start=1):
        assert "重点监测数据" in page  # the header on every page
        assert f"—{place}—" in page
    assert all(page.mediabox.width > page.mediabox.height for page in pages)
    assert "按清单开展，不另行布置" in "".join(words)
    save_first_page("ledger-pdf", file)
