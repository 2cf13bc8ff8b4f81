"""What every road has in common at the browser: the form, the check, the receipt, a step, a panel."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from playwright.sync_api import expect

from approvals.models import Application
from jianfu.kernel import dates
from jianfu.organisations.models import User

PLAN = {"name": "实施方案.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n%%EOF\n" + b" " * 200}
Act = Callable[[Any], None]


def wrote(label: str, words: str) -> Act:
    return lambda window: window.fill(label, words)


def chose(label: str, option: str) -> Act:
    return lambda window: window.choose(label, option)


def ticked(label: str) -> Act:
    return lambda window: window.tick(label)


def claimed(criterion: str, document: str, number: str = "") -> Act:
    """A condition of admission is ticked, and the document that says so stands under it."""

    def claim(window: Any) -> None:
        box = window.page.locator(".claim").filter(has_text=criterion)
        box.get_by_role("checkbox").check()
        window.clicks += 1
        box.get_by_label("文件名称").fill(document)
        box.get_by_label("文号").fill(number)

    return claim


def day(ahead: int) -> str:
    """A day so many days from today, as a clerk types it."""
    return dates.chinese_date(dates.today() + timedelta(days=ahead))


def begin(window: Any, road: str) -> Application:
    """From 我的申请 over 办什么事 to the list of the form's pages."""
    window.open("approvals:application_mine")
    window.press("新建申请")
    window.press(f"开始填写：{road}")
    expect(window.page.get_by_text("已为您带出")).to_be_visible()
    return Application.objects.latest("pk")


def fill_page(window: Any, heading: str, *acts: Act) -> None:
    """One page of the form, up to 保存并继续."""
    expect(window.page.get_by_role("heading", name=heading)).to_be_visible()
    for act in acts:
        act(window)
    window.press("保存并继续")


def promise(window: Any, heading: str, *acts: Act, kind: str = "") -> None:
    """The last page: a file where one is needed, and the promise."""
    expect(window.page.get_by_role("heading", name=heading)).to_be_visible()
    if kind:
        window.choose("材料类别", kind)
        window.page.locator("input[type=file]").set_input_files(PLAN)
        window.press("上传附件")
        expect(window.page.get_by_role("link", name="实施方案.pdf")).to_be_visible()
    fill_page(window, heading, *acts, ticked("本单位承诺"))


def hand_in(window: Any, application: Application) -> None:
    """核对 and 提交, up to the receipt with its number and the next day."""
    expect(window.page.get_by_role("heading", name="核对并提交")).to_be_visible()
    window.press("提交申请")
    expect(window.page.get_by_role("heading", name="申请已提交")).to_be_visible()
    application.refresh_from_db()
    assert application.number in window.reads()
    assert dates.chinese_date(application.due_on) in window.reads()


def act(window: Any, application: Application, button: str, words: str = "", **asked: str) -> None:
    """Take the matter up from the desk, write what is asked, press."""
    window.from_desk(application.title)
    take(window, application, button, words, **asked)


def take(window: Any, application: Application, button: str, words: str = "", **asked: str) -> None:
    """The step from the page that lies open."""
    for label, value in asked.items():
        field = window.field(label)
        if field.evaluate("e => e.tagName") == "SELECT":
            field.select_option(label=value)
        else:
            field.fill(value)
    if words:
        window.page.locator("textarea[name=note]").fill(words)
    window.press(button)
    expect(window.page.get_by_role("status").get_by_text("已办理")).to_be_visible()
    application.refresh_from_db()


def judge(window: Any, application: Application) -> None:
    """One expert's sheet: all points, the conclusion, the words; the colleagues' sheets stay closed."""
    window.from_desk(application.title)
    expect(window.page.get_by_role("heading", name="论证要点")).to_be_visible()
    assert window.page.get_by_role("table").count() == 0
    for row in window.page.locator(".judge-row").all():
        row.get_by_label("同意", exact=True).or_(row.get_by_label("是", exact=True)).first.check()
    window.choose("论证结论", "同意")
    window.fill("论证意见", "贴近生活，用时短，同意。")
    window.press("提交并下一项")


def appraise(walker: Any, office: Any, application: Application) -> None:
    """The office asks three experts; each answers at a window of their own."""
    office.from_desk(application.title)
    office.press("指派专家")
    boxes = office.page.locator("input[name=expert]:enabled")
    for place in range(3):
        boxes.nth(place).check()
    office.press("请所选专家论证")
    expect(office.page.get_by_role("status").get_by_text("3")).to_be_visible()
    for assignment in application.assignments.filter(content_version=application.content_version):
        account = User.objects.get(person=assignment.expert)
        judge(walker(account.username), application)
    assert application.assignments.filter(opinion__submitted_at__isnull=False).count() == 3


def sum_up(office: Any, application: Application) -> None:
    """At the meeting: the drafted words are changed, the head is chosen, the rest is there already."""
    office.from_desk(application.title)
    office.press("汇总论证意见，送初审")
    expect(office.page.get_by_role("table")).to_contain_text("贴近生活")
    office.page.locator("textarea[name=note]").fill("专家一致同意。")
    office.field("组长").select_option(index=1)
    office.press("定稿，送区教委初审")
    expect(office.page.get_by_role("status").get_by_text("已汇总")).to_be_visible()
    application.refresh_from_db()


def release(walker: Any, office: Any, number: str, *titles: str) -> None:
    """A version of the whitelist with these on it: looked at and sent, signed by a leader, published."""
    office.open("whitelist:release_form")
    office.fill("公布文号", number)
    office.press("保存并预览")
    for title in titles:
        assert title in office.reads()
    office.press("送领导小组签发")
    named = office.page.get_by_role("heading", level=1).inner_text()
    leader = walker("songguoqiang")
    leader.from_desk(named)
    for title in titles:
        assert title in leader.reads()
    leader.press("签发")
    assert leader.clicks <= 2
    office.from_desk(named)
    _publish(office)


def catalogue(office: Any, *titles: str) -> None:
    """What was only registered: a list of its own, which nobody signs."""
    office.open("whitelist:release_form_exempt")
    office.press("保存并预览")
    for title in titles:
        assert title in office.reads()
    _publish(office)


def _publish(office: Any) -> None:
    office.press("公布这一版")
    expect(office.page.get_by_role("status").get_by_text("公众可见")).to_be_visible()


def fits(window: Any) -> None:
    """The page is no wider than its window, and no cell is squeezed to a strip of single characters."""
    width = window.page.viewport_size["width"]
    window.page.wait_for_load_state()  # a click before may still be on its way to the page
    assert window.page.evaluate("document.documentElement.scrollWidth") <= width, window.page.url
    strips = window.page.evaluate(STRIPS)
    assert strips == [], window.page.url


# Cells whose words run down the page, three characters a line or fewer (ux.md 0.1, R7).
STRIPS = """() => [...document.querySelectorAll("main td, main th, main dd, main dt")].filter((cell) => {
    const style = getComputedStyle(cell);
    const room = cell.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    return cell.offsetParent && cell.innerText.trim().length > 4 && room < 3.5 * parseFloat(style.fontSize);
}).map((cell) => cell.innerText)"""
