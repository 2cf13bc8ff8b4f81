"""A stranger without an account, without scripts, with the keys alone: the list, an item, the gate."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from approvals.models import Application
from whitelist.models import Entry

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: Browser, live_server: Any) -> Page:
    context = browser.new_context(java_script_enabled=False, locale="zh-CN", base_url=live_server.url)
    yield context.new_page()
    assert context.cookies() == []
    context.close()


def tab_to(page: Page, reached: str) -> None:
    """By the tab key, as far as it takes; nothing on the way may hold it."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.locator(f"{reached}:focus").count():
            return
    raise AssertionError(f"{reached} is not reached by the keys")


def test_the_list_and_the_gate_by_keys_alone(demo: None, page: Page) -> None:
    page.goto("/whitelist/yunling/")
    tab_to(page, "[name=theme]")
    page.keyboard.press("ArrowDown")
    tab_to(page, "main button")
    page.keyboard.press("Enter")
    expect(page.get_by_label("正在使用的筛选")).to_contain_text("主题：安全教育")
    assert "theme=safety" in page.url
    page.get_by_role("link", name="青少年禁毒知识宣讲").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("青少年禁毒知识宣讲")
    page.get_by_role("link", name="进校核验").first.focus()
    page.keyboard.press("Enter")
    entry = Entry.objects.get(title="青少年禁毒知识宣讲")
    tab_to(page, "[name=q]")
    page.keyboard.type(f" {entry.verification_code[:8].lower()} {entry.verification_code[8:]} ")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("有效，可以进校")
    expect(page.get_by_text("进校园活动的批复")).to_be_visible()
    tab_to(page, "[name=q]")
    page.keyboard.type(str(Application.objects.filter(state="approved").first().number))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("查无此项")
