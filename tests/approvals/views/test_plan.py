"""The page of the yearly plan: what each role finds on it, its steps, last year's list, the exports."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from approvals import services
from approvals.models import InspectionPlan
from approvals.states import PlanState
from jianfu.kernel import dates
from jianfu.organisations.states import Role
from tests.approvals.plans import collected, data_of, item_step, plan_at, plan_of, plan_step, single_at
from tests.approvals.views.conftest import page

pytestmark = pytest.mark.usefixtures("in_march")


def shown(client, plan):
    return client.get(page("plan_detail", plan.pk)).content.decode()


def act(client, plan, name, **data):
    data = {"transition": name, "note": "同意", "version": plan.version, **data_of(name), **data}
    return client.post(page("plan_act", plan.pk), data)


def test_the_road_by_its_pages(world, as_):
    plan = plan_of(collected(world))
    who = {
        "send": Role.PUBLICATION_CLERK,
        "government_review": Role.GOVERNMENT_OFFICE,
        "party_review": Role.PARTY_OFFICE,
        "approve": Role.COMMITTEE,
        "publish": Role.PUBLICATION_CLERK,
        "file": Role.PUBLICATION_CLERK,
    }
    for name, role in who.items():
        client = as_(role)
        desk = client.get("/desk/").content.decode()
        assert f'href="{plan.get_absolute_url()}"' in desk, name
        assert "校园消防安全检查" not in desk, name
        assert f'value="{name}"' in shown(client, plan), name
        assert act(client, plan, name).status_code == 302, name
        plan.refresh_from_db()
    assert plan.state == PlanState.FILED
    assert plan.items.get().state == "recorded"


def test_who_has_nothing_to_do_is_offered_nothing(world, as_):
    plan = plan_at(PlanState.VETTED, world)
    for role in (Role.PUBLICATION_CLERK, Role.PARTY_OFFICE, Role.FIRST_REVIEWER, Role.SECTION_CLERK):
        assert 'name="transition"' not in shown(as_(role), plan), role
    assert 'value="approve"' in shown(as_(Role.COMMITTEE), plan)
    assert as_(Role.APPLICANT).get(page("plan_detail", plan.pk)).status_code == 404


def test_departments_read_what_was_published_and_no_draft(world, as_):
    plan = plan_at(PlanState.PUBLISHED, world)
    client = as_(Role.SCHOOL)
    assert "校园消防安全检查" in shown(client, plan)
    assert 'name="transition"' not in shown(client, plan)


def test_a_refused_step_keeps_what_was_typed(world, as_):
    plan = plan_at(PlanState.VETTED, world)
    client = as_(Role.COMMITTEE)
    answer = act(client, plan, "approve", document_number="", note="按清单执行").content.decode()
    assert "错误：" in answer
    assert "填写批准文号" in answer
    assert "按清单执行" in answer
    stale = act(client, plan, "approve", version=plan.version - 1)
    assert stale.status_code == 409
    assert "刚刚被别人改动过" in stale.content.decode()
    assert InspectionPlan.objects.get().state == PlanState.VETTED
    assert act(client, plan, "nonsense").status_code == 302


def test_the_number_is_brought_into_its_form(world, as_):
    plan = plan_at(PlanState.VETTED, world)
    act(as_(Role.COMMITTEE), plan, "approve", document_number="云委[2026]018号")
    assert InspectionPlan.objects.get().approved_number == "云委〔2026〕18号"


def test_figures_and_findings(world, as_):
    plan = plan_of(collected(world))
    office = world.user(Role.PUBLICATION_CLERK)
    client = as_(Role.PUBLICATION_CLERK)
    assert "还不知道上年有多少项" in shown(client, plan)
    services.set_baseline(plan=plan, by=office, count=1, source="云委办发〔2025〕11号")
    text = shown(client, plan)
    assert "还差 1 项" in text
    assert "要减少 50%，本年最多 0 项，还须再减 1 项（R-PLAN-03" in text
    services.set_baseline(plan=plan, by=office, count=2, source="云委办发〔2025〕11号")
    text = shown(client, plan)
    assert "已达到" in text
    assert "R-PLAN" not in text


def test_single_items_stand_apart_and_are_not_counted(world, as_):
    plan = plan_of(collected(world))
    single_at("consented", world)
    text = shown(as_(Role.PUBLICATION_CLERK), plan)
    assert "本年事项（1 项，1 个部门）" in text
    assert "一事一报（1 项，不计入计划内事项）" in text


def test_what_left_the_plan_is_told_apart(world, as_):
    one, two = collected(world), collected(world, title="食堂检查")
    item_step(two, "withdraw", world)
    text = shown(as_(Role.PUBLICATION_CLERK), plan_of(one))
    assert "本年事项（1 项" in text
    assert "没有列入的 1 项" in text


@pytest.fixture
def cleaning(world, as_):
    plan = plan_of(collected(world))
    client = as_(Role.PUBLICATION_CLERK)
    pasted = "消防检查\t区消防救援支队\t检查\r\n食堂检查\t区市场监管局\r\n\r\n宿舍检查"
    client.post(page("plan_past", plan.pk), {"lines": pasted, "source": "云委办发〔2025〕11号"})
    return client, plan, list(plan.past_items.all())


def dispose(client, plan, items, disposition, **more):
    chosen = [f"{item.pk}-{item.version}" for item in items]
    data = {"chosen": chosen, "disposition": disposition, "reason": "同类", **more}
    return client.post(page("plan_dispose", plan.pk), data)


def test_last_years_list_is_pasted_as_it_lies_in_excel(cleaning):
    _client, _plan, items = cleaning
    assert [(i.title, i.unit_name, i.inspection_kind) for i in items] == [
        ("消防检查", "区消防救援支队", "inspection"),
        ("食堂检查", "区市场监管局", ""),
        ("宿舍检查", "", ""),
    ]
    assert {item.source for item in items} == {"云委办发〔2025〕11号"}


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("消防检查", "“消防检查”已经登记过"),
        ("好的\n\t区消防救援支队", "第 2 行：填写事项名称"),
        ("活动\t单位\t大检查", "第 1 行：类型“大检查”不在"),
        ("长" * 201, "第 1 行：事项名称最多 200 字，现在是 201 字"),
        ("\n".join(f"第{n}项" for n in range(201)), "一次最多登记 200 项"),
    ],
)
def test_a_bad_line_is_named_and_nothing_kept(cleaning, lines, words):
    client, plan, _items = cleaning
    answer = client.post(page("plan_past", plan.pk), {"lines": lines, "source": "清单"})
    assert words in answer.content.decode()
    assert plan.past_items.count() == 3


def test_several_lines_are_disposed_at_once(cleaning):
    client, plan, items = cleaning
    assert dispose(client, plan, items, "merged", merged_with=items[1].pk).status_code == 302
    assert [row.disposition for row in plan.past_items.all()] == ["merged", "kept", "merged"]
    text = shown(client, plan)
    assert "保留 1 项，合并 2 项，取消 0 项" in text
    assert "合并到“食堂检查”" in text


def test_a_refused_clean_up_keeps_ticks_and_reason(cleaning):
    client, plan, items = cleaning
    answer = dispose(client, plan, items[:1], "merged", reason="与综合检查重复").content.decode()
    assert "选择合并到上年的哪一项" in answer
    assert "与综合检查重复" in answer
    assert answer.count(" checked>") == 1
    for data, words in (
        ({"chosen": []}, "先勾选上年事项"),
        ({"disposition": "nonsense"}, "选择清理意见"),
        ({"chosen": [f"{items[0].pk}-99"]}, "刚刚被同事改过"),
    ):
        given = {"chosen": [f"{items[0].pk}-{items[0].version}"], "disposition": "kept", **data}
        assert words in client.post(page("plan_dispose", plan.pk), given).content.decode()
    assert {row.disposition for row in plan.past_items.all()} == {""}


def test_a_mistyped_line_is_deleted(cleaning):
    client, plan, items = cleaning
    dispose(client, plan, items[:2], "remove")
    assert [row.title for row in plan.past_items.all()] == ["宿舍检查"]


def test_the_plan_is_opened_from_the_list(world, as_):
    client = as_(Role.PUBLICATION_CLERK)
    assert "还没有年度计划" in client.get(page("plan_list")).content.decode()
    year = dates.today().year
    assert client.post(page("plan_open"), {"year": year}).status_code == 302
    assert f"{year}年督查检查评比考核计划" in client.get(page("plan_list")).content.decode()
    client.post(page("plan_open"), {"year": "1999"})
    assert InspectionPlan.objects.get().year == year
    assert "plans/open/" not in as_(Role.COMMITTEE).get(page("plan_list")).content.decode()


def test_the_list_as_excel_and_paper(world, as_):
    plan = plan_at(PlanState.VETTED, world)
    client = as_(Role.COMMITTEE)
    book = load_workbook(BytesIO(client.get(page("plan_workbook", plan.pk)).content))
    rows = list(book.active.iter_rows(values_only=True))
    assert rows[0][0] == f"云岭区{plan.year}年中小学督查检查评比考核清单（未公布）"
    assert rows[1][:4] == ("序号", "事项名称", "类型", "牵头单位")
    assert rows[2][:4] == (1, "校园消防安全检查", "检查", "区消防救援支队")
    assert rows[2][10] == "消防设施检测报告"
    assert client.get(page("plan_paper", plan.pk)).content.startswith(b"%PDF")


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow(world, as_, django_assert_num_queries, count):
    for number in range(count):
        made = collected(world, title=f"检查{number}")
    plan = plan_of(made)
    office = world.user(Role.PUBLICATION_CLERK)
    rows = [{"title": f"上年{n}", "source": "清单"} for n in range(count)]
    services.add_past_items(plan=plan, by=office, rows=rows)
    office_client = as_(Role.PUBLICATION_CLERK)
    shown(office_client, plan)
    with django_assert_num_queries(QUERIES):
        shown(office_client, plan)


QUERIES = 20


def test_a_returned_plan_says_where_it_was_returned(world, as_):
    plan = plan_at(PlanState.PARTY_PASSED, world)
    act(as_(Role.GOVERNMENT_OFFICE), plan, "return_", note="同类事项再合并")
    text = shown(as_(Role.PUBLICATION_CLERK), plan)
    assert '<li class="returned">' in text
    assert "同类事项再合并" in text
    plan.refresh_from_db()
    plan_step(plan, "send", world)
    assert (
        '<li class="returned">' not in shown(as_(Role.PUBLICATION_CLERK), plan).split('class="timeline"')[0]
    )
