"""The scripts of the house in a real browser: paste, keys, drafts, small conveniences."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.stage import Stage

pytestmark = pytest.mark.browser
PIECES = Path(__file__).parent / "pieces"


def piece(name: str) -> str:
    return (PIECES / f"{name}.html").read_text()


@pytest.fixture
def stage(browser: Browser) -> Iterator[Stage]:
    context = browser.new_context(locale="zh-CN", viewport={"width": 1440, "height": 900})
    yield Stage(context.new_page())
    context.close()


def value(stage, selector):
    return stage.page.locator(selector).input_value()


def test_a_block_from_excel_fills_its_cells(stage):
    stage.show(piece("grid"))
    stage.paste("#text1", '"取消 6 项\n合并 ""两"" 项"\t１８项\t项\r\n第二行\t1,200\t项\r\n')
    assert value(stage, "#text1") == '取消 6 项\n合并 "两" 项'
    assert (value(stage, "#value1"), value(stage, "#value2")) == ("18", "1200")
    assert (value(stage, "#unit2"), value(stage, "#text3")) == ("x", "旧3")
    expect(stage.page.locator("[data-grid-report]")).to_contain_text("已粘贴 6 格")
    assert stage.page.locator("td.dirty").count() == 6


def test_what_does_not_fit_is_reported_and_left(stage):
    stage.show(piece("grid"))
    stage.paste("#value2", "约二十\t斤\n7\t项\n8\t项")
    assert (value(stage, "#value2"), value(stage, "#value3")) == ("2", "7")
    report = stage.page.locator("[data-grid-report]")
    expect(report).to_contain_text("已粘贴 2 格，4 格没有粘贴")
    expect(report).to_contain_text("第 1 行数量“约二十”不是数字")
    expect(report).to_contain_text("第 1 行单位“斤”不在可选范围内")
    expect(report).to_contain_text("没有对应的格子")
    assert stage.page.locator("td.bad").count() == 2


def test_a_paste_can_be_taken_back(stage):
    stage.show(piece("grid"))
    stage.paste("#text1", "甲\t5\n乙\t6")
    stage.page.get_by_role("button", name="撤销这次粘贴").click()
    assert [value(stage, f"#text{n}") for n in (1, 2)] == ["旧1", "旧2"]
    assert stage.page.locator("td.dirty").count() == 0


def test_one_cell_is_pasted_by_the_browser_itself(stage):
    stage.show(piece("grid"))
    stage.paste("#text1", "一格")
    assert value(stage, "#text1") == "旧1"


def test_a_paste_adds_the_rows_it_needs_up_to_the_limit(stage):
    stage.show(piece("entries"))
    stage.paste("#name0", "甲\t1\n乙\t2\n丙\t3\n丁\t4\n戊\t5")
    assert value(stage, "#total") == "4"
    assert value(stage, '[name="entries-3-name"]') == "丁"
    expect(stage.page.locator('[role="status"]')).to_contain_text("2 格没有粘贴")


def test_rows_are_added_and_removed(stage):
    stage.show(piece("entries"))
    expect(stage.page.locator('[name="entries-0-DELETE"]')).to_be_hidden()
    stage.page.get_by_role("button", name="添加一行").click()
    expect(stage.page.locator('[name="entries-1-name"]')).to_be_focused()
    stage.page.get_by_role("button", name="删除").last.click()
    expect(stage.page.locator('[name="entries-1-name"]')).to_be_hidden()
    stage.page.get_by_role("button", name="删除").first.click()
    assert stage.page.locator('[name="entries-0-DELETE"]').is_checked()
    stage.page.get_by_role("button", name="恢复").click()
    assert not stage.page.locator('[name="entries-0-DELETE"]').is_checked()


def test_enter_goes_down_and_escape_takes_back(stage):
    stage.show(piece("grid"))
    stage.page.locator("#text1").fill("新")
    stage.page.keyboard.press("Enter")
    expect(stage.page.locator("#text2")).to_be_focused()
    stage.page.keyboard.press("Control+ArrowUp")
    expect(stage.page.locator("#text1")).to_be_focused()
    stage.page.keyboard.press("Escape")
    assert value(stage, "#text1") == "旧1"


def test_enter_of_an_input_method_stays_in_the_cell(stage):
    stage.show(piece("grid"))
    stayed = stage.page.locator("#text1").evaluate(
        """(box) => {
            const key = {key: "Enter", bubbles: true, cancelable: true};
            const enter = (more) => box.dispatchEvent(new KeyboardEvent("keydown", {...key, ...more}));
            box.focus();
            const during = enter({isComposing: true});
            box.dispatchEvent(new CompositionEvent("compositionend", {bubbles: true}));
            const after = enter({});
            return during && after && document.activeElement === box;
        }"""
    )
    assert stayed
    stage.page.wait_for_timeout(80)
    stage.page.keyboard.press("Enter")
    expect(stage.page.locator("#text2")).to_be_focused()


def test_a_draft_saves_itself_and_says_when(stage):
    stage.answer = lambda _: {"status": 200, "json": {"saved_at": "10:42", "version": 2}}
    stage.page.clock.install()
    stage.show(piece("draft"))
    stage.page.locator("#title").fill("消防演练")
    stage.page.clock.fast_forward(4_000)
    assert stage.posted == []
    stage.page.clock.fast_forward(2_000)
    expect(stage.page.locator("[data-autosave-status]")).to_have_text("10:42 已自动保存")
    assert len(stage.posted) == 1
    assert value(stage, '[name="version"]') == "2"


def test_without_a_network_the_draft_stays_in_this_browser(stage):
    stage.answer = lambda _: {"status": 0}
    stage.page.clock.install()
    stage.show(piece("draft"))
    stage.page.locator("#title").fill("消防演练")
    stage.page.clock.fast_forward(6_000)
    expect(stage.page.locator("[data-autosave-status]")).to_have_text("未保存：网络断开，已存在本机")
    stage.page.on("dialog", lambda dialog: dialog.accept())
    stage.reload()
    assert value(stage, "#title") == ""
    stage.page.get_by_role("button", name="恢复").click()
    assert value(stage, "#title") == "消防演练"
    stage.answer = lambda _: {"status": 200, "json": {"saved_at": "10:43"}}
    stage.page.clock.fast_forward(6_000)
    expect(stage.page.locator("[data-autosave-status]")).to_have_text("10:43 已自动保存")
    assert stage.page.evaluate("localStorage.length") == 0


def test_a_refused_draft_says_why(stage):
    stage.answer = lambda _: {"status": 409, "json": {"message": "内容已被他人更新"}}
    stage.page.clock.install()
    stage.show(piece("draft"))
    stage.page.locator("#title").fill("甲")
    stage.page.clock.fast_forward(6_000)
    expect(stage.page.locator("[data-autosave-status]")).to_have_text("未保存：内容已被他人更新")


def test_what_the_rules_say_appears_without_leaving_the_page_and_goes_again(stage):
    answers = iter(["<ul><li>文中写了<mark>打卡</mark></li></ul>", ""])
    stage.answer = lambda _: {"status": 200, "json": {"saved_at": "10:42", "findings": next(answers)}}
    stage.page.clock.install()
    stage.show(piece("draft").replace("</form>", "<section data-autosave-findings></section></form>"))
    region, title = stage.page.locator("[data-autosave-findings]"), stage.page.locator("#title")
    title.fill("每天打卡")
    stage.page.clock.fast_forward(6_000)
    expect(region.locator("mark")).to_have_text("打卡")
    expect(title).to_be_focused()
    title.fill("不要求打卡")
    stage.page.clock.fast_forward(6_000)
    expect(region).to_be_empty()


def test_the_error_summary_has_focus_and_leads_to_the_field(stage):
    stage.show(
        '<div data-error-summary tabindex="-1"><a href="#title">填写名称</a></div>'
        '<div class="field"><label for="title">名称</label><input id="title"></div>'
    )
    expect(stage.page.locator("[data-error-summary]")).to_be_focused()
    stage.page.get_by_role("link", name="填写名称").click()
    expect(stage.page.locator("#title")).to_be_focused()


def test_a_second_click_sends_nothing(stage):
    stage.show('<form method="post" action="/send/"><button class="btn">提交申请</button></form>')
    stopped = stage.page.evaluate(
        """() => {
            const stopped = [];
            window.addEventListener("submit", (event) => {
                stopped.push(event.defaultPrevented);
                event.preventDefault();
            });
            const button = document.querySelector("button");
            button.click();
            button.click();
            return [...stopped, button.disabled];
        }"""
    )
    assert stopped == [False, True, False]


def test_phrases_write_the_opinion(stage):
    stage.show("{% opinion_box '意见' value='拟同意。' phrases=phrases %}", phrases=["同意。", "请补充。"])
    box = stage.page.locator("#id_note")
    stage.page.get_by_role("button", name="同意。").click()
    expect(box).to_have_value("同意。")
    box.fill("时间太紧。")
    stage.page.get_by_role("button", name="请补充。").click()
    expect(box).to_have_value("时间太紧。请补充。")


def test_too_many_characters_are_counted_not_cut(stage):
    stage.show("{% opinion_box '意见' limit=10 %}")
    stage.page.locator("#id_note").fill("一二三四五六七八九十十一")
    expect(stage.page.locator("#id_note_count")).to_have_text("超出 2 字，最多 10 字")
    assert len(value(stage, "#id_note")) == 12


def test_ticked_rows_are_counted_and_summed(stage):
    stage.show(
        piece("bulk"),
        sums=[{"label": "合计", "unit": "课时", "key": "hours"}],
    )
    button = stage.page.get_by_role("button", name="同意所选")
    expect(button).to_be_disabled()
    stage.page.get_by_label("全选").check()
    expect(stage.page.locator(".bulk")).to_contain_text("已选 2 项")
    expect(stage.page.locator("[data-bulk-sum]")).to_have_text("1")
    expect(button).to_be_enabled()


def test_the_file_box_speaks_chinese(stage):
    stage.show('<label for="plan">应急预案</label><input type="file" id="plan" name="plan">')
    expect(stage.page.locator(".file-line")).to_contain_text("还没有选择文件")
    stage.page.set_input_files(
        "#plan", {"name": "预案.pdf", "mimeType": "application/pdf", "buffer": b"x" * 2048}
    )
    expect(stage.page.locator(".file-line")).to_contain_text("预案.pdf（2 KB）")


def test_slash_goes_to_the_search(stage):
    stage.show(piece("search"))
    stage.page.keyboard.press("/")
    expect(stage.page.locator("#q")).to_be_focused()
    stage.page.locator("#t").press("/")
    assert value(stage, "#t") == "/"


def test_the_question_mark_shows_the_keys(stage):
    stage.show('<input id="q" aria-label="查找">')
    stage.page.keyboard.press("?")
    expect(stage.page.get_by_role("dialog", name="快捷键")).to_contain_text("从表格软件粘贴多格")
    stage.page.keyboard.press("Escape")
    expect(stage.page.get_by_role("dialog")).to_have_count(0)
    stage.page.locator("#q").press("?")
    expect(stage.page.get_by_role("dialog")).to_have_count(0)
