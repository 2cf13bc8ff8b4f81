"""A long register is exported: begun, left, followed by its true count, told on the desk, downloaded.

The process beside the server would not see this database: the test does its work with its own code.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from jianfu.handouts.models import Handout
from jianfu.handouts.services import line, making
from jianfu.kernel import beside
from ledger.exports import register
from ledger.models import ReportForm

pytestmark = pytest.mark.browser


@pytest.fixture
def nothing_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside, "start", lambda *_given: None)
    monkeypatch.setattr(making, "PAUSE", 0)
    monkeypatch.setitem(register.AT_ONCE, "pdf", 2)


@pytest.mark.usefixtures("nothing_begins")
def test_a_long_export_is_left_and_fetched_later(demo, walker, tmp_path):
    clerk = walker("zhoumingyuan")
    total = ReportForm.objects.valid().count()
    clerk.open("ledger:item_list", "forms")
    clerk.page.get_by_role("link", name="导出 PDF").or_(
        clerk.page.get_by_role("link", name="PDF")
    ).first.click()
    expect(clerk.page.get_by_text(f"排队第 1 位，共 {total} 张")).to_be_visible()

    handout = line.next_one()
    making._noting(handout)(total + 2)  # everything read, two of them written
    bar = clerk.page.get_by_role("progressbar")
    expect(clerk.page.get_by_text(f"已写 2/{total} 张")).to_be_visible()
    expect(bar).to_have_attribute("value", str(total + 2))

    clerk.open("desk")
    assert "导出完成" not in clerk.reads()
    making._make(Handout.objects.get(pk=handout.pk))
    clerk.open("desk")
    assert f"导出完成：{handout.name}" in clerk.reads()
    clerk.press("去下载")
    with clerk.page.expect_download() as waiting:
        clerk.page.get_by_role("link", name="下载").first.click()
    kept = Path(tmp_path) / "got.pdf"
    waiting.value.save_as(kept)
    assert waiting.value.suggested_filename == handout.name
    assert "报表清单" in PdfReader(kept).pages[0].extract_text()
    clerk.open("desk")
    assert "导出完成" not in clerk.reads()
