"""The list of inspections for everybody: no sign-in, nothing personal, new bytes once it is published."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from approvals.models import Application
from approvals.selectors import INSPECTION_COLUMNS, filed_plan_report
from approvals.states import PlanState, State
from jianfu.kernel import dates
from jianfu.kernel.decisions import Refused
from jianfu.organisations.states import Role
from tests.approvals.plans import collected, item_step, plan_at, plan_of, plan_step, single_at
from whitelist import services
from whitelist.inspections import listing_of
from whitelist.models import Release
from whitelist.states import Kind, LineChange
from whitelist.workflow import RELEASE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_march")]
HOME = "/whitelist/yunling/inspections/"


@pytest.fixture
def in_march(settings):
    settings.JIANFU_TODAY = date(2026, 3, 2)


def read(client, address=HOME):
    return client.get(address).content.decode()


def test_nothing_is_told_before_the_plan_is_published(client, world):
    plan = plan_at(PlanState.APPROVED, world)
    text = read(client)
    assert "还没有公布清单" in text
    assert "校园消防安全检查" not in text
    for end in ("", "list.xlsx", "list.pdf"):
        assert client.get(f"{HOME}{plan.year}/{end}").status_code == 404


def test_the_bytes_change_with_the_publication(client, world):
    plan = plan_at(PlanState.APPROVED, world)
    before = client.get(HOME)
    plan_step(plan, "publish", world)
    after = client.get(HOME)
    assert after["ETag"] != before["ETag"]
    assert "校园消防安全检查" in after.content.decode()
    assert client.get(HOME, headers={"if-none-match": after["ETag"]}).status_code == 304
    assert not after.cookies
    assert "s-maxage=1" in after["Cache-Control"]


def test_single_items_stand_apart_as_soon_as_they_are_announced(client, world):
    plan_at(PlanState.PUBLISHED, world)
    single = single_at(State.CLEARED, world)
    assert "一事一报事项" not in read(client)
    item_step(single, "announce", world)
    text = read(client)
    assert "一事一报事项（计划外单独报批，另计）（1 项）" in text
    assert "上级临时部署" in text


def test_a_published_page_is_made_once(client, world, django_assert_num_queries):
    plan_at(PlanState.PUBLISHED, world)
    read(client)
    with django_assert_num_queries(0):
        read(client)


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow(client, world, django_assert_num_queries, count):
    for number in range(count):
        made = collected(world, title=f"检查{number}")
    plan = plan_of(made)
    for name in ("send", "party_review", "government_review", "approve", "publish"):
        plan = plan_step(plan, name, world)
    with django_assert_num_queries(9):
        client.get(f"{HOME}{plan.year}/")


def test_nothing_of_a_person_is_on_it(client, world):
    item = collected(world, materials="材料发13800138000", sampling="联系023-55550101")
    plan = plan_of(item)
    for name in ("send", "party_review", "government_review", "approve", "publish"):
        plan = plan_step(plan, name, world)
    book = client.get(f"{HOME}{plan.year}/list.xlsx").content
    cells = [
        str(cell) for row in load_workbook(BytesIO(book)).active.iter_rows(values_only=True) for cell in row
    ]
    application = Application.objects.get()
    for text in (read(client), " ".join(cells)):
        assert "13800138000" not in text
        assert "55550101" not in text
        assert application.contact_name not in text
        assert application.handler.name not in text
        assert "［联系方式略］" in text


def test_page_and_workbook_have_the_columns_of_the_list(client, world):
    plan = plan_at(PlanState.PUBLISHED, world)
    headings = [heading for heading, _width in INSPECTION_COLUMNS]
    book = client.get(f"{HOME}{plan.year}/list.xlsx").content
    rows = list(load_workbook(BytesIO(book)).active.iter_rows(values_only=True))
    assert list(rows[1]) == headings
    assert rows[2][1:4] == ("校园消防安全检查", "检查", "区消防救援支队")
    assert "".join(f'<th scope="col">{heading}</th>' for heading in headings) in read(client)
    assert client.get(f"{HOME}{plan.year}/list.pdf").content.startswith(b"%PDF")


def test_it_is_reached_from_the_public_navigation(client, world):
    plan_at(PlanState.PUBLISHED, world)
    text = read(client, "/whitelist/yunling/")
    assert 'href="/whitelist/inspections/"' in text
    assert client.get("/whitelist/inspections/", follow=True).redirect_chain[-1][0] == HOME


def test_another_districts_list_is_not_this_one(client, world, stranger_world):
    plan_at(PlanState.PUBLISHED, world)
    assert "校园消防安全检查" not in read(client, "/whitelist/qinghe/inspections/")


def test_the_filing_report_is_given_once_published(world):
    plan = plan_at(PlanState.APPROVED, world)
    assert filed_plan_report(plan.district_id, plan.year) is None
    plan_step(plan, "publish", world)
    report = filed_plan_report(plan.district_id, plan.year)
    assert [line.title for line in report["planned"]] == ["校园消防安全检查"]
    assert report["single"] == []
    assert report["reduction"].before is None


def versions(world):
    return Release.objects.filter(district=world.district, kind=Kind.INSPECTION).order_by("serial")


def test_a_version_follows_the_plan_and_each_single_item(client, world):
    """One for the plan with all of its items, one for each single item; what stays the same makes none."""
    plan = plan_at(PlanState.PUBLISHED, world)
    (first,) = versions(world)
    assert (first.published_on, first.inspection_lines.count()) == (date(2026, 3, 2), plan.items.count())
    single = single_at(State.CLEARED, world)
    assert versions(world).count() == 1
    item_step(single, "announce", world)
    plan_step(plan, "file", world)
    _first, second = versions(world)
    told = {(line.single, line.change) for line in second.inspection_lines.all()}
    assert told == {(False, LineChange.KEPT), (True, LineChange.ADDED)}
    page = read(client, f"{HOME}2026/releases/2/")
    assert "上级临时部署" in page
    assert "新增" in page
    assert "上级临时部署" not in read(client, f"{HOME}2026/releases/1/")
    assert "releases/1/" in read(client)
    assert client.get(f"{HOME}2026/releases/3/").status_code == 404


def test_the_last_version_says_what_the_list_says(world):
    """The plan stays approvals' own; after every step that publishes, both say the same."""
    plan_at(PlanState.PUBLISHED, world)
    item_step(single_at(State.CLEARED, world), "announce", world)
    listing = listing_of(world.district, 2026)
    said = [[str(cell) for cell in line.cells] for _name, lines in listing.sections for line in lines]
    assert [line.cells for line in versions(world).last().inspection_lines.all()] == said


def test_what_was_reworded_or_left_is_told(world):
    plan = plan_at(PlanState.PUBLISHED, world)
    (item,) = plan.items.all()
    Application.objects.filter(pk=item.pk).update(frequency="每学年 1 次，不打分")
    by, at = world.user(Role.PUBLICATION_CLERK), dates.now()
    asked = {"district": world.district, "year": 2026, "by": by, "at": at}
    second = services.follow_inspections(**asked)
    assert [line.change for line in second.inspection_lines.all()] == [LineChange.CHANGED]
    assert services.follow_inspections(**asked) is None
    Application.objects.filter(pk=item.pk).update(state=State.WITHDRAWN)
    third = services.follow_inspections(**asked)
    assert [line.change for line in third.inspection_lines.all()] == [LineChange.REMOVED]


def test_nobody_prepares_or_removes_a_version_by_hand(client, world):
    plan_at(PlanState.PUBLISHED, world)
    version, office = versions(world).get(), world.user(Role.PUBLICATION_CLERK)
    for name in RELEASE.transitions:
        assert not RELEASE.decide(version, name, office)
    with pytest.raises(Refused, match="督查检查清单随年度计划"):
        services.open_release(
            by=office, district=world.district, year=2026, applications=(), kind=Kind.INSPECTION
        )
    client.force_login(office)
    assert client.get(f"/whitelist/office/releases/{version.pk}/").status_code == 404
    assert version.title not in client.get("/whitelist/office/releases/").content.decode()
