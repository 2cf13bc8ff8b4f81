"""The register's pages to read: who sees which rows and names, what is found, the file that leaves."""

from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jianfu.audit.models import Event
from jianfu.kernel import registry
from jianfu.kernel.indicators import INDICATORS
from jianfu.organisations.models import User
from jianfu.organisations.states import STAFF, Role
from ledger.desk import secondment as desk
from ledger.models import Secondment
from tests.factories import World

from .secondments import LIST, NAME, TODAY, borrow, get, keeper, page, post, posted

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]

GIVEN_NAME = "文婷"
MASKED = "欧阳＊＊"
MASKED_ROLES = sorted(STAFF - {Role.LEDGER_OFFICE})
CLOSED_ROLES = sorted(set(Role) - STAFF - {Role.SCHOOL})


def sheet(by: User, query: str = "") -> list[tuple[Any, ...]]:
    answer = get(by, f"{LIST}export/{query}")
    content = answer.content
    return list(openpyxl.load_workbook(BytesIO(content)).active.values)


# ---- Names


def test_the_keeper_the_office_and_the_own_school_read_names(world: World) -> None:
    record = borrow(world, note="身体不便")
    for by in (keeper(world), world.user(Role.LEDGER_OFFICE), world.user(Role.SCHOOL)):
        assert NAME in page(by, LIST)
        detail = page(by, record.get_absolute_url())
        assert NAME in detail
        assert "身体不便" in detail


@pytest.mark.parametrize("role", MASKED_ROLES)
def test_everybody_else_in_the_bureau_reads_a_masked_name(world: World, role: Role) -> None:
    record = borrow(world, note="身体不便", extension_reason="个人原因")
    by = world.user(role)
    for url in (LIST, record.get_absolute_url(), f"{LIST}?standing=now", f"{LIST}?counted=2026"):
        text = page(by, url)
        assert MASKED in text
        for secret in (GIVEN_NAME, "身体不便", "个人原因"):
            assert secret not in text
    rows = sheet(by)
    assert MASKED in rows[2]
    for secret in (GIVEN_NAME, "身体不便", "个人原因"):
        assert secret not in str(rows)
    assert "姓名已隐去" in rows[0][0]


@pytest.mark.parametrize("role", CLOSED_ROLES)
def test_departments_experts_and_administrators_do_not_read_it(world: World, role: Role) -> None:
    record, by = borrow(world), world.user(role)
    for url in (LIST, f"{LIST}export/", f"{LIST}add/", f"{LIST}teachers/", f"{LIST}last-day/"):
        assert get(by, url).status_code == 403
    for step in ("", "change/", "return/", "void/"):
        assert get(by, f"{LIST}{record.pk}/{step}").status_code == 404


def test_the_public_is_asked_to_sign_in(world: World) -> None:
    record = borrow(world)
    for url in (LIST, f"{LIST}export/", f"{LIST}add/", record.get_absolute_url()):
        assert get(None, url).status_code == 302


def test_a_school_sees_its_own_teachers_only(world: World) -> None:
    record = borrow(world)
    foreign = borrow(world, name="司马青山", school="other_school")
    school = world.user(Role.SCHOOL)
    text = page(school, LIST)
    assert NAME in text
    assert "司马" not in text
    assert get(school, foreign.get_absolute_url()).status_code == 404
    assert get(school, f"{record.get_absolute_url()}change/").status_code == 403
    assert [row[1] for row in sheet(school)[2:]] == [NAME]


def test_a_name_cannot_be_found_out_by_searching(world: World) -> None:
    borrow(world)
    reviewer = world.user(Role.FIRST_REVIEWER)
    hit, miss = page(reviewer, f"{LIST}?q={GIVEN_NAME}"), page(reviewer, f"{LIST}?q=建国")
    assert hit.count(MASKED) == miss.count(MASKED) > 0
    assert 'name="q"' not in hit
    assert NAME in page(keeper(world), f"{LIST}?q={GIVEN_NAME}")
    assert "没有找到" in page(keeper(world), f"{LIST}?q=建国")


def test_a_school_clerk_in_the_bureau_searches_only_its_own_names(world: World) -> None:
    """One person with both roles: a foreign school's teacher is listed masked and cannot be searched for."""
    borrow(world, name="司马青山", school="other_school")
    by = world.user(Role.SCHOOL)
    by.person.memberships.create(organisation=world.place("section"), role=Role.FIRST_REVIEWER)
    assert "司马＊＊" in page(by, LIST)
    assert "没有找到" in page(by, f"{LIST}?q=青山")


def test_a_name_that_leaves_in_a_file_is_an_event(world: World) -> None:
    borrow(world)
    sheet(keeper(world), f"?standing=now&q={GIVEN_NAME}")
    event = Event.objects.get(action="ledger.secondments_exported")
    assert event.data == {"rows": 1, "named": True, "kind": "xlsx", "query": "standing=now"}
    assert event.person_id == keeper(world).person_id


def test_history_is_for_readers_of_the_name(world: World) -> None:
    record = borrow(world)
    door = registry.historied["secondment"].visible_to
    assert list(door(keeper(world))) == [record]
    assert list(door(world.user(Role.SCHOOL))) == [record]
    assert list(door(world.user(Role.FIRST_REVIEWER))) == []
    assert list(door(world.user(Role.APPLICANT))) == []


def test_what_is_printed_of_a_record_elsewhere_names_no_teacher(world: World) -> None:
    record = borrow(world)
    assert str(record) == f"借用第{record.pk}号（实验小学）"
    assert GIVEN_NAME not in str(record.history.get())


def test_the_admin_does_not_know_the_register() -> None:
    assert Secondment not in admin.site._registry


# ---- Rows


def test_another_district_finds_nothing(world: World, stranger_world: World) -> None:
    record, stranger = borrow(world), keeper(stranger_world)
    for step in ("", "change/", "return/", "void/"):
        assert get(stranger, f"{LIST}{record.pk}/{step}").status_code == 404
    assert "欧阳" not in page(stranger, LIST)
    assert sheet(stranger)[2:] == []
    assert "欧阳" not in page(stranger, f"{LIST}teachers/?school={world.place('school').pk}")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"甲", "乙", "丙", "丁"}),
        ("?standing=now", {"甲", "乙", "丙"}),
        ("?standing=ending", {"乙"}),
        ("?standing=overdue", {"丙"}),
        ("?standing=planned", {"丁"}),
        ("?kind=meeting", {"乙"}),
        ("?year=2027", {"丁", "丙", "甲"}),
        ("?counted=2026", {"甲", "乙", "丙"}),
        ("?counted=2026&figure=I4", set()),
        ("?unit=公安", {"甲"}),
        ("?q=丙", {"丙"}),
    ],
)
def test_filters(world: World, query: str, found: set[str]) -> None:
    borrow(
        world, name="甲", borrowing_unit_name="区公安分局", ends_on=date(2027, 2, 1), extension_reason="续借"
    )
    borrow(world, name="乙", kind="meeting", ends_on=date(2026, 12, 20))
    borrow(world, name="丙", ends_on=date(2026, 11, 19))
    borrow(world, name="丁", starts_on=date(2027, 1, 1), ends_on=None)
    if query == "?year=2027":
        found = found - {"丙"}  # not back today says nothing of next year
    text = page(keeper(world), f"{LIST}{query}")
    assert {name for name in "甲乙丙丁" if f">{name}</a>" in text} == found
    assert {row[1] for row in sheet(keeper(world), query)[2:]} == found


def test_the_counted_view_is_exactly_the_figure(world: World) -> None:
    borrow(world)
    borrow(world, name="马成", kind="rotation", ends_on=date(2029, 6, 30))
    url = INDICATORS["I13a"].records_url(world.district, 2026)
    text = page(keeper(world), url)
    assert "1 条记录，共 1 人" in text
    assert "马成" not in text


def test_school_choices_are_the_own_districts(world: World, stranger_world: World) -> None:
    foreign = stranger_world.place("school").pk
    assert f'value="{foreign}"' not in page(keeper(world), f"{LIST}add/")
    answer = post(keeper(world), f"{LIST}add/", posted(world, school=foreign))
    assert "不在可选范围" in answer.content.decode()
    assert not Secondment.objects.exists()


@pytest.mark.usefixtures("own_queries_only")
@pytest.mark.parametrize("role", [Role.SECTION_CLERK, Role.FIRST_REVIEWER, Role.SCHOOL])
def test_the_list_costs_four_queries_beyond_its_frame_at_any_length(world: World, role: Role) -> None:
    """The tiles, the number of rows, the rows, the schools to choose from."""
    by = keeper(world) if role == Role.SECTION_CLERK else world.user(role)
    client, frame = Client(), reverse("change_password")
    client.force_login(by)

    def queries(url: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    for names in (["甲"], ["乙", "丙"]):
        for name in names:
            borrow(world, name=name)
        client.get(frame)  # what waits is counted once after each event
        assert queries(LIST) - queries(frame) == 4


def test_sorting(world: World) -> None:
    borrow(world, name="甲", starts_on=date(2026, 7, 2), ends_on=date(2026, 12, 1))
    borrow(world, name="乙", school="other_school")
    by = keeper(world)

    def order(key: str) -> str:
        text = page(by, f"{LIST}?sort={key}")
        return "".join(sorted("甲乙", key=lambda name: text.index(f">{name}</a>")))

    assert [order(key) for key in ("end", "-end", "start", "-start", "name", "x")] == [
        "甲乙", "乙甲", "乙甲", "甲乙", "甲乙", "甲乙",
    ]  # fmt: skip


def test_a_formula_does_not_run_in_the_workbook(world: World) -> None:
    borrow(world, work_item="=1+1")
    content = get(keeper(world), f"{LIST}export/").content
    cell = openpyxl.load_workbook(BytesIO(content)).active["G3"]
    assert (cell.data_type, cell.value) == ("s", "=1+1")


# ---- Desk and bar


LATE = "乙（实验小学）借用，超期未返岗，在编不在岗风险"


def test_the_keeper_is_reminded(world: World) -> None:
    borrow(world, name="甲", ends_on=date(2026, 12, 20))
    borrow(world, name="乙", ends_on=date(2026, 11, 19))
    borrow(world, name="丙", ends_on=date(2026, 12, 21))
    matters = {matter.title: matter for matter in desk.todo(keeper(world), TODAY)}
    assert set(matters) == {"甲（实验小学）借用，30 天内到期", LATE}
    assert matters[LATE].remaining.words == "超期 1 天"
    assert desk.todo_count(keeper(world), TODAY) == 2


def test_nobody_else_is_reminded(world: World) -> None:
    borrow(world, ends_on=date(2026, 11, 19))
    for role in Role:
        assert desk.todo(world.user(role), TODAY) == []
        assert desk.todo_count(world.user(role), TODAY) == 0


def test_the_bar_offers_it_to_who_keeps_it_and_to_schools(world: World) -> None:
    entry = registry.navigation["secondments"]
    assert reverse(entry.url_name) == LIST
    assert {role for role in Role if entry.visible(world.user(role))} == {Role.SCHOOL}
    assert entry.visible(keeper(world))


def test_the_other_readers_find_it_among_the_registers(world: World) -> None:
    entry = registry.navigation["registers"]
    assert {role for role in Role if entry.visible(world.user(role))} == STAFF
    assert LIST in page(world.user(Role.LEADER), reverse(entry.url_name))
