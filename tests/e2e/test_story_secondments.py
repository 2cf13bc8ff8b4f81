"""A borrowed teacher is entered once, and row 13 follows (point 5 of the issue)."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from jianfu.kernel import dates
from jianfu.kernel.indicators import INDICATORS
from jianfu.organisations.models import District
from ledger.models import LedgerRow

pytestmark = pytest.mark.browser
NAME = "夏堃"
ROW_13 = "从严规范借用中小学教师行为，落实审批报备制度"


def counted() -> int:
    return INDICATORS["I13a"].measure(District.objects.get(code="yunling"), 2026).value or 0


def borrow(clerk, name: str, kind: str = "") -> None:
    clerk.open("ledger:secondment_list")
    clerk.press("登记借用")
    clerk.choose("原学校", "实验一小")
    clerk.fill("教师姓名", name)
    clerk.fill("借用单位", "区应急管理局")
    clerk.fill("工作事项", "冬季安全专班")
    clerk.fill("借用开始", dates.chinese_date(dates.today()))
    clerk.fill("审批单位", "中共云岭区委教育工作领导小组")
    if kind:
        clerk.choose("类别", kind)
    clerk.press("保存借用记录")
    expect(clerk.page.get_by_role("heading", level=1)).to_contain_text(name)


def test_a_borrowed_teacher_is_counted_in_row_13(demo, walker):
    clerk, before = walker("zhengkun"), counted()
    borrow(clerk, NAME)
    assert "剩" in clerk.reads()  # the half year has begun to run
    assert counted() == before + 1
    borrow(clerk, "戚晓彤", kind="交流轮岗")
    assert counted() == before + 1  # 交流轮岗 is not borrowing

    row = LedgerRow.objects.get(ledger__year=2026, number=13)
    clerk.go(row)
    clerk.press("撤回")
    line = clerk.page.get_by_role("row").filter(has=clerk.page.get_by_role("link", name="看记录")).first
    expect(line).to_contain_text(str(before + 1))
    line.get_by_role("link", name="看记录").click()
    records = clerk.reads()
    assert NAME in records
    assert "戚晓彤" not in records
    assert f"共 {before + 1} 人" in records

    other = walker("limin")
    other.page.goto(clerk.page.url)
    assert "夏＊" in other.reads()
    assert NAME not in other.page.content()
