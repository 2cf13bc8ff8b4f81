"""The pages of the registers, each register through the same pages."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import openpyxl
import pytest

from jianfu.organisations.states import Role
from ledger.registers import REGISTERS

from .registers import SLUGS, clerk, dispose, enter, posted
from .secondments import get, page, post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]


def url(slug: str, rest: str = "") -> str:
    return f"/ledger/registers/{slug}/{rest}"


@pytest.mark.parametrize("slug", SLUGS)
def test_a_clerk_enters_an_item_and_finds_it_in_the_list(world, slug):
    by = clerk(world)
    answer = post(by, url(slug, "add/"), posted(world, slug))
    assert answer.status_code == 302, answer.content.decode()
    item = REGISTERS[slug].model.objects.get()
    assert (item.section, item.begun_on) == (world.place("section"), date(2026, 3, 1))
    assert item.name in page(by, url(slug))
    assert item.name in page(by, item.get_absolute_url())


@pytest.mark.parametrize("slug", SLUGS)
def test_the_same_item_is_not_entered_twice(world, slug):
    enter(world, slug)
    answer = post(clerk(world), url(slug, "add/"), posted(world, slug))
    assert "登记过，不用再登记" in answer.content.decode()
    assert REGISTERS[slug].model.objects.count() == 1


@pytest.mark.parametrize("slug", SLUGS)
def test_correcting_keeps_what_is_not_on_the_form(world, slug):
    item = enter(world, slug)
    data = posted(world, slug, name="改过的名称", version=item.version)
    answer = post(clerk(world), url(slug, f"{item.pk}/change/"), data)
    assert answer.status_code == 302, answer.content.decode()
    item.refresh_from_db()
    assert (item.name, item.version, item.section) == ("改过的名称", 2, world.place("section"))


def test_who_was_slower_sees_it_and_loses_nothing(world):
    item = enter(world, "forms")
    page_of = url("forms", f"{item.pk}/change/")
    post(clerk(world), page_of, posted(world, "forms", name="先改的", version=1))
    answer = post(clerk(world), page_of, posted(world, "forms", name="后改的", version=1)).content.decode()
    assert "刚刚被别人改动过" in answer
    assert "后改的" in answer
    item.refresh_from_db()
    assert item.name == "先改的"


@pytest.mark.parametrize("slug", ["forms", "channels", "gatherings", "duties"])
def test_an_opinion_is_given_with_day_and_basis(world, slug):
    item = enter(world, slug, begun_on=date(2025, 3, 1))
    data = {
        "verdict": "cancel",
        "decided_on": "2026年6月10日",
        "basis": "纪要〔2026〕3号",
        "version": item.version,
    }
    assert post(clerk(world), url(slug, f"{item.pk}/dispose/"), data).status_code == 302
    item.refresh_from_db()
    assert (item.verdict, item.ended_on, item.basis) == ("cancel", date(2026, 6, 10), "纪要〔2026〕3号")


@pytest.mark.parametrize("slug", SLUGS)
def test_a_mistake_is_taken_out_and_still_readable(world, slug):
    item = enter(world, slug)
    data = {"reason": "重复登记", "version": item.version}
    assert post(clerk(world), url(slug, f"{item.pk}/void/"), data).status_code == 302
    assert "共 0 " in page(clerk(world), url(slug))
    assert "重复登记" in page(clerk(world), item.get_absolute_url())
    assert item.name in page(clerk(world), url(slug, "?voided=1"))


@pytest.mark.parametrize("slug", SLUGS)
def test_another_district_does_not_see_it(world, stranger_world, slug):
    item = enter(world, slug)
    stranger = clerk(stranger_world)
    assert item.name not in page(stranger, url(slug))
    for rest in ("", "change/", "dispose/", "void/"):
        assert get(stranger, f"{item.get_absolute_url()}{rest}").status_code == 404


@pytest.mark.parametrize("role", [Role.APPLICANT, Role.EXPERT, Role.SYSTEM_ADMINISTRATOR, None])
def test_who_does_not_work_for_the_bureau_is_not_let_in(world, role):
    enter(world, "forms")
    for rest in ("", "add/", "years/", "export.xlsx"):
        assert get(role and world.user(role), url("forms", rest)).status_code == (403 if role else 302)


@pytest.mark.parametrize("slug", SLUGS)
def test_the_workbook_holds_the_rows_of_the_list_as_filtered(world, slug):
    enter(world, slug)
    enter(world, slug, name="=1+1")
    by = clerk(world)
    book = openpyxl.load_workbook(BytesIO(get(by, url(slug, "export.xlsx")).content))
    sheet = book.worksheets[0]
    headings = [cell.value for cell in sheet[2]]
    assert headings == [column.heading for column in REGISTERS[slug].columns]
    assert sheet.max_row == 4
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    few = openpyxl.load_workbook(BytesIO(get(by, url(slug, "export.xlsx?q=%3D1")).content)).worksheets[0]
    assert few.max_row == 3


@pytest.mark.parametrize("slug", SLUGS)
def test_the_paper_is_a_pdf(world, slug):
    enter(world, slug)
    assert get(clerk(world), url(slug, "export.pdf")).content.startswith(b"%PDF")


def test_unknown_registers_and_formats_are_not_found(world):
    by = clerk(world)
    assert get(by, url("nonsense")).status_code == 404
    assert get(by, url("forms", "export.exe")).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("slug", SLUGS)
def test_the_list_asks_as_often_for_one_row_as_for_three(
    world, client, slug, count, django_assert_num_queries, own_queries_only
):
    for number in range(count):
        enter(world, slug, name=f"第{number}条")
    client.force_login(clerk(world))
    more = {"duties": 1, "problems": 2}.get(slug, 0)  # complaints that are offered
    disposes = 1 if REGISTERS[slug].disposes else 0
    with django_assert_num_queries(6 + more + disposes):
        assert client.get(url(slug)).status_code == 200


def test_the_overview_compares_with_last_year(world):
    enter(world, "forms", begun_on=date(2025, 2, 1), name="旧表")
    enter(world, "forms", name="新表一")
    text = page(clerk(world), "/ledger/registers/")
    assert "2 张" in text
    assert "出现反弹" in text
    assert "1 张待提出意见" in text


def test_the_years_stand_side_by_side(world):
    old = enter(world, "channels", begun_on=date(2024, 2, 1), name="旧群")
    enter(world, "channels", begun_on=date(2025, 2, 1), name="另一个")
    dispose(world, old, "cancel", day=date(2025, 7, 1))
    text = page(clerk(world), url("channels", "years/"))
    assert all(f"{year}年" in text for year in (2024, 2025, 2026))
    assert "2023年" not in text


def test_a_school_keeps_its_own_refusals_and_nothing_else(world):
    school = world.user(Role.SCHOOL)
    answer = post(school, url("refusals", "add/"), posted(world, "refusals"))
    assert answer.status_code == 302, answer.content.decode()
    item = REGISTERS["refusals"].model.objects.get()
    assert (item.section, item.refused_by) == (world.place("school"), world.place("school"))
    enter(world, "refusals", name="区教委拒绝的")
    text = page(school, url("refusals"))
    assert item.name in text
    assert "区教委拒绝的" not in text
    assert get(school, url("forms")).status_code == 403
    assert item.name in page(clerk(world), url("refusals"))


@pytest.mark.parametrize("slug", ["problems", "reuses", "refusals"])
def test_a_register_without_opinions_has_no_page_for_them(world, slug):
    item = enter(world, slug)
    data = {"verdict": "cancel", "decided_on": "2026年6月10日", "basis": "x", "version": item.version}
    assert get(clerk(world), f"{item.get_absolute_url()}dispose/").status_code == 404
    assert post(clerk(world), f"{item.get_absolute_url()}dispose/", data).status_code == 404
    item.refresh_from_db()
    assert item.ended_on is None
