"""督查检查评比考核: the plan returned, mended and published; one item outside it; a year begun on paper."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from playwright.sync_api import expect

from approvals.models import Application, InspectionPlan
from approvals.states import Disposition, PlanState, State

from .paperwork import act, begin, chose, claimed, day, fill_page, fits, hand_in, promise, ticked, wrote
from .walker import PHONE

pytestmark = pytest.mark.browser
ITEM = "沿河学校防溺水设施检查"
DROPPED = "文明校园复查"
SINGLE = "冬季校园燃气安全专项检查"
PLAN = "2027年督查检查评比考核计划"
PAPER = """校园消防检查\t区消防救援支队\t检查
开学消防检查\t区消防救援支队\t检查
绿化评比\t区生态环境局\t评比"""
WHY = "没有上级依据，请删去文明校园复查。"


def step(window: Any, button: str, words: str = "", **asked: str) -> None:
    """A step of the plan from its page, the way a judge takes it: what is asked, words, the button."""
    for label, value in asked.items():
        window.fill(label, value)
    if words:
        window.page.locator("textarea[name=note]").fill(words)
    window.press(button)
    expect(window.page.get_by_role("status").get_by_text(f"已办理：{button}")).to_be_visible()


def tile(window: Any, label: str) -> str:
    """The number over the label."""
    return window.page.locator(".kpi", has_text=label).locator("b").inner_text()


def test_a_plan_is_returned_mended_and_published(demo, walker):
    plan = InspectionPlan.objects.get(year=2027)
    committee = walker("yanzheng")
    committee.from_desk(f"{PLAN}（5 项）")
    fits(committee)
    step(committee, "退回修改", WHY)

    apply_for(walker("pengtao"))
    application = Application.objects.latest("pk")
    act(walker("zhoumingyuan"), application, "归口审核同意")
    assert application.state == State.COLLECTED

    office = walker("fengxiaodong")
    office.from_desk(f"{PLAN}（6 项）")
    assert WHY in office.reads()
    drop(office)
    clean_up(office, plan)
    assert (tile(office, "2027年计划内事项"), tile(office, "减少 50% 的目标")) == ("5", "已达到")
    step(office, "报党委办、政府办审核")

    judge_and_publish(walker, office, plan)
    application.refresh_from_db()
    assert application.state == State.RECORDED
    assert Application.objects.get(title=DROPPED, year=2027).state == State.REJECTED


def apply_for(clerk: Any) -> None:
    """A department's item, four pages; what a school must hand over is asked for line by line."""
    application = begin(clerk, "对学校的督查检查评比考核，年度计划")
    clerk.press("一 事项名称和依据")
    fill_page(
        clerk,
        "一 事项名称和依据",
        wrote("事项名称", ITEM),
        chose("事项类型", "检查"),
        chose("来源级别", "市"),
        chose("年度", "2027年"),
        claimed("①", "中华人民共和国防洪法"),
    )
    fill_page(
        clerk,
        "二 内容、方式和需要的材料",
        wrote("内容", "查沿河护栏和救生器材，学校派人带路。"),
        ticked("现场"),
        wrote("工作部署日期", day(-40)),
    )
    fill_page(
        clerk,
        "三 学校和日期",
        ticked("小学"),
        wrote("开始日期", "2027年6月7日"),
        wrote("结束日期", "2027.6.11"),
        wrote("频次", "每年 1 次"),
    )
    promise(clerk, "四 附件和承诺")
    hand_in(clerk, application)
    assert clerk.clicks <= 15


def drop(office: Any) -> None:
    """What the committee struck out leaves the plan with its reason, and stays readable."""
    office.press(DROPPED)
    office.page.locator("textarea[name=note]").fill("区委督查室退回：没有上级依据。")
    office.press("不予通过")
    expect(office.page.get_by_role("status").get_by_text("已办理")).to_be_visible()


def clean_up(office: Any, plan: InspectionPlan) -> None:
    """Last year's item follows: tick, say why, press."""
    office.go(plan)
    assert "没有列入的 1 项" in office.reads()
    before = office.clicks
    office.tick(f"选择 {DROPPED}")
    office.fill("依据或理由", "没有上级依据")
    office.press("取消所选")
    expect(office.page.get_by_role("status").get_by_text("已记下清理意见：1 项")).to_be_visible()
    assert office.clicks - before == 2
    assert plan.past_items.get(title=DROPPED).disposition == Disposition.CANCELLED


def judge_and_publish(walker: Any, office: Any, plan: InspectionPlan) -> None:
    """Both offices, one of them on a phone; the committee; then everybody may read the list."""
    government = walker("haoming", viewport=PHONE)
    government.from_desk(f"{PLAN}（5 项）")
    fits(government)
    government.press("办理")
    step(government, "政府办审核同意", 审核文号="云府办审[2026]28号")
    assert government.clicks <= 3
    party = walker("caorui")
    party.from_desk(f"{PLAN}（5 项）")
    step(party, "党委办审核同意", "同意，请审批。", 审核文号="云委办审〔2026〕40号")
    committee = walker("yanzheng")
    committee.from_desk(f"{PLAN}（5 项）")
    step(committee, "批准", 批准文号="云委〔2026〕51号", 批准日期=day(0))

    visitor = walker(viewport=PHONE)
    visitor.open("whitelist:inspection_latest", "yunling")
    assert ITEM not in visitor.reads()
    office.from_desk(f"{PLAN}（5 项）")
    assert "公众不用登录就能看到这 5 项" in office.reads()
    step(office, "公布清单")
    step(office, "登记备案", 备案文号="云教领备〔2026〕9号", 备案日期=day(0))
    plan.refresh_from_db()
    assert plan.state == PlanState.FILED
    visitor.open("whitelist:inspection_latest", "yunling")
    assert ITEM in visitor.reads()
    assert DROPPED not in visitor.reads()
    assert "彭涛" not in visitor.page.content()
    fits(visitor)


def test_one_item_outside_the_plan_is_counted_apart(demo, walker):
    application = Application.objects.get(title=SINGLE)
    act(walker("haoming"), application, "政府办审核同意")
    act(walker("yanzheng"), application, "批准", 批准日期=day(0), 批准文号="云委批〔2026〕44号")
    office = walker("fengxiaodong")
    act(office, application, "公布")
    act(office, application, "登记备案", 备案文号="云教领备〔2026〕10号", 备案日期=day(0))
    assert application.state == State.RECORDED
    office.go(InspectionPlan.objects.get(year=2026))
    assert tile(office, "2026年计划内事项") == "18"
    assert tile(office, "一事一报，另计") == "1"
    visitor = walker()
    visitor.open("whitelist:inspection_list", "yunling", 2026)
    assert SINGLE in visitor.reads()


def test_a_year_whose_last_list_is_on_paper(demo, walker, settings):
    settings.JIANFU_TODAY = date(2027, 11, 8)
    office = walker("fengxiaodong")
    office.open("approvals:plan_list")
    office.choose("年度", "2028年")
    office.press("建立年度计划")
    expect(office.page.get_by_role("heading", level=1)).to_contain_text("2028年")
    office.press("登记上年事项")
    paper = (
        "校园消防检查\t区消防救援支队\t检查\n开学消防检查\t区消防救援支队\t检查\n绿化评比\t区生态环境局\t评比"
    )
    office.fill("上年事项，一行一项", paper)
    office.fill("来源", "云委办发〔2027〕6号")
    office.press("登记这些事项")
    expect(office.page.get_by_role("status").get_by_text("已登记上年事项 3 项")).to_be_visible()
    assert "3 项还没有意见" in office.reads()

    office.tick("选择 绿化评比")
    office.press("取消所选")
    assert "填写取消的依据或理由" in office.reads()  # and the line is ticked still
    office.fill("依据或理由", "自行设置，没有上级依据")
    office.press("取消所选")
    expect(office.page.get_by_text("2 项还没有意见")).to_be_visible()
    office.tick("选择 开学消防检查")
    office.fill("依据或理由", "内容相同")
    office.choose("合并到", "校园消防检查")
    office.press("合并所选")
    expect(office.page.get_by_text("保留 1 项，合并 1 项，取消 1 项")).to_be_visible()
    phone = walker("fengxiaodong", viewport=PHONE)
    phone.go(InspectionPlan.objects.get(year=2028))
    fits(phone)
