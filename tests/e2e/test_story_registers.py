"""A form is entered once and cancelled once, row 10 follows; a problem goes to 销号; a school says no."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook
from playwright.sync_api import expect

from jianfu.kernel.indicators import INDICATORS
from jianfu.organisations.models import District
from ledger.models import Problem, RefusedRequest, ReportForm

pytestmark = pytest.mark.browser


def counted(code: str) -> int:
    return INDICATORS[code].measure(District.objects.get(code="yunling"), 2026).value or 0


def test_a_form_is_entered_once_cancelled_once_and_row_10_follows(demo, walker):
    clerk, cancelled = walker("zhoumingyuan"), counted("I10b")
    clerk.open("ledger:register_list")
    clerk.page.get_by_role("link", name="报表清单").click()
    clerk.press("登记报表")
    clerk.fill("名称", "校园周边隐患统计表")
    clerk.fill("发文单位", "区应急管理局")
    clerk.choose("填报频次", "每周")
    clerk.fill("开始填报", "2025.9.1")
    clerk.press("登记报表")
    assert "没有依据文件" in clerk.reads()
    assert "次数过密" in clerk.reads()

    clerk.press("处置意见")
    clerk.choose("处置意见", "取消")
    clerk.fill("处置依据", "清理精简涉校报表会议纪要〔2026〕9号")
    clerk.press("保存处置意见")
    assert "的处置意见：取消" in clerk.reads()
    assert counted("I10b") == cancelled + 1

    clerk.open("ledger:item_list", "forms", query="?counted=2026&figure=I10b")
    assert f"背后的 {cancelled + 1} 条记录" in clerk.reads()
    assert "校园周边隐患统计表" in clerk.reads()


def a_list(folder: Path) -> Path:
    book, kept = Workbook(), BytesIO()
    for line in (
        ("名称", "发文单位", "填报频次", "开始填报"),
        ("社区矫正宣传统计表", "区司法局", "每月", "2026.10.8"),
        ("写错的表", "区司法局", "常常", "2026.10.8"),
    ):
        book.active.append(line)
    book.save(kept)
    path = folder / "报表.xlsx"
    path.write_bytes(kept.getvalue())
    return path


def test_a_list_from_excel_is_looked_at_and_confirmed(demo, walker, tmp_path, settings):
    settings.JIANFU_BESIDE = False  # another process would not see this database
    clerk = walker("zhoumingyuan")
    clerk.open("ledger:item_list", "forms")
    clerk.press("从表格导入")
    clerk.page.locator("input[type=file]").set_input_files(a_list(tmp_path))
    clerk.page.locator("form").get_by_role("button").last.click()
    expect(clerk.page.get_by_text("社区矫正宣传统计表").first).to_be_visible(timeout=30_000)
    said = clerk.reads()
    assert "第 3 行 C 列" in said
    assert "常常" in said
    assert not ReportForm.objects.filter(name="社区矫正宣传统计表").exists()
    clerk.press("确认写入")
    expect(clerk.page.get_by_text("新增 1 条，修改 0 条").first).to_be_visible()
    assert ReportForm.objects.get(name="社区矫正宣传统计表").issuer == "区司法局"
    assert not ReportForm.objects.filter(name="写错的表").exists()


def test_a_problem_is_mended_by_one_and_struck_off_by_another(demo, walker):
    problem = Problem.objects.get(name="同月三个部门到同一所小学开展交通安全主题活动")
    clerk, office = walker("zhoumingyuan"), walker("huanghaiyan")
    clerk.from_desk(problem.name)
    clerk.fill("整改情况", "三项并为一次，安排在十二月第一周")
    clerk.press("上报整改情况")
    assert "待核销" in clerk.reads()
    office.from_desk(problem.name)
    assert "三项并为一次" in office.reads()
    office.press("销号")
    problem.refresh_from_db()
    assert (problem.state, problem.mended_by.name) == ("closed", "周明远")


def test_a_school_records_a_refusal_with_four_fields(demo, walker):
    school = walker("wanjia")
    school.open("ledger:item_list", "refusals")
    school.press("登记拒绝记录")
    school.fill("名称", "组织学生到商场门口演出")
    school.fill("提出单位", "某商场")
    school.fill("拒绝理由", "商业活动，与教育教学无关")
    school.press("登记拒绝记录")
    refused = RefusedRequest.objects.get(name="组织学生到商场门口演出")
    assert refused.refused_by == refused.section
