"""After the visit: a school says what it was worth, the leading group decides, the public sees it."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import expect

from whitelist.models import Entry, Removal, Voice
from whitelist.states import RemovalState

from .paperwork import fits
from .walker import PHONE

pytestmark = pytest.mark.browser
ITEM = "儿童青少年近视防控与口腔健康筛查"


def test_a_school_answers_and_the_leading_group_decides(demo, walker):
    school = walker("gulin", viewport=PHONE)
    school.from_desk(f"评价“{ITEM}”（可以不填）")
    expect(school.page.locator("main")).to_contain_text("11月17日")  # known already, not asked
    for question in ("对学生的教育效果", "不影响正常教学", "不增加教师负担"):
        school.choose(question, "较好")
    fits(school)
    school.press("提交评价")
    expect(school.page.locator("main")).to_contain_text("已评价“")
    assert school.clicks <= 6
    assert Voice.objects.get(entry__title=ITEM).score == 80
    assert ITEM not in school.reads().split("待办")[-1]  # never asked twice

    leader = walker("songguoqiang")
    leader.from_desk(f"移出“{ITEM}”")
    assert "已增派两名人员" in leader.reads()  # the department was heard
    leader.fill("会议纪要文号", "云教领纪[2026]12号")
    leader.press("决定移出")
    expect(leader.page.locator("main")).to_contain_text("已决定移出")
    assert leader.clicks <= 2
    removal = Removal.objects.get(entry__title=ITEM)
    assert (removal.state, removal.meeting_number) == (RemovalState.REMOVED, "云教领纪〔2026〕12号")
    paper = leader.page.request.get(f"{leader.origin}{removal.get_absolute_url()}papers/decision/pdf/")
    assert paper.body().startswith(b"%PDF")

    visitor = walker(viewport=PHONE)
    visitor.go(Entry.objects.get(title=ITEM, removed_on=date(2026, 11, 23)))
    assert "已移出" in visitor.reads()
    assert "要求班主任逐人录入平台" in visitor.reads()
    assert "基教科11月11日到校核实" not in visitor.reads()
    fits(visitor)
