"""Master data in and out of a workbook: who may, what the file holds, what is left behind."""

import io

import pytest
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from import_export.admin import ImportExportMixin
from openpyxl import Workbook, load_workbook

from approvals.models import HeldData
from jianfu.audit.models import Event
from jianfu.kernel.screens import SheetScreen
from jianfu.organisations.models import CalendarDay, Organisation, Person
from jianfu.organisations.states import ADMINISTRATORS, Role

SCREENS = {model: screen for model, screen in admin.site._registry.items() if isinstance(screen, SheetScreen)}
HEAD = ["姓名", "所在单位", "职务", "电话", "邮箱"]


def address(model, what):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{what}")


def workbook(*rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("表.xlsx", out.getvalue())


def uploaded(client, model, *rows):
    """The answer to the file, with the preview."""
    return client.post(address(model, "import"), {"format": "0", "import_file": workbook(*rows)})


def taken_in(client, model, *rows):
    """The file, looked at and confirmed."""
    preview = uploaded(client, model, *rows)
    confirmed = preview.context["confirm_form"].initial
    return client.post(address(model, "process_import"), confirmed, follow=True)


def taken_out(client, model):
    names = list(SCREENS[model].resource_classes[0]().fields)
    data = {
        "format": "0",
        **{f"{SCREENS[model].resource_classes[0].__name__.lower()}_{n}": "on" for n in names},
    }
    answer = client.post(address(model, "export"), data)
    assert answer["Content-Type"].endswith("spreadsheetml.sheet"), answer.content.decode()[:500]
    return load_workbook(io.BytesIO(answer.content)).active


@pytest.fixture
def keeper(world, client):
    user = world.user(Role.SYSTEM_ADMINISTRATOR)
    client.force_login(user)
    return user


def test_every_screen_that_takes_files_asks_for_its_right():
    assert {Organisation, Person, CalendarDay, HeldData} <= set(SCREENS)
    takers = [screen for screen in admin.site._registry.values() if isinstance(screen, ImportExportMixin)]
    assert all(isinstance(screen, SheetScreen) for screen in takers)


@pytest.mark.parametrize("what", ["import", "export"])
@pytest.mark.parametrize("role", sorted(ADMINISTRATORS))
@pytest.mark.parametrize("model", sorted(SCREENS, key=str))
def test_only_the_keeper_takes_rows_in_or_out(world, client, model, role, what):
    client.force_login(world.user(Role(role)))
    allowed = role == Role.SYSTEM_ADMINISTRATOR
    assert client.get(address(model, what)).status_code == (200 if allowed else 403)


def test_nobody_else_confirms_what_the_keeper_uploaded(world, client, keeper):
    preview = uploaded(client, Person, HEAD, ["王喆", "", "", "", ""])
    client.force_login(world.user(Role.AUDITOR))
    data = preview.context["confirm_form"].initial
    assert client.post(address(Person, "process_import"), data).status_code == 403
    assert not Person.objects.filter(name="王喆").exists()


def test_each_row_that_comes_in_has_its_history_and_its_event(world, client, keeper):
    known = Organisation.objects.get(name="实验小学")
    head = ["名称", "类别", "电话"]
    assert (
        taken_in(
            client, Organisation, head, ["实验小学", "学校", "023-1"], ["新建小学", "学校", None]
        ).status_code
        == 200
    )
    new = Organisation.objects.get(name="新建小学")
    assert new.district == world.district
    assert new.history.get().history_user == keeper
    assert known.history.latest("history_id").history_change_reason == "从表格导入"
    rows = Event.objects.filter(action__startswith="master_data.").order_by("pk")
    assert [(row.action, row.target_id) for row in rows] == [
        ("master_data.changed", str(known.pk)),
        ("master_data.added", str(new.pk)),
    ]


def test_a_preview_writes_nothing(client, keeper):
    assert "王喆" in uploaded(client, Person, HEAD, ["王喆", "", "", "", ""]).content.decode()
    assert not Person.objects.filter(name="王喆").exists()
    assert not Event.objects.filter(action__startswith="master_data.").exists()


def test_a_refused_row_is_shown_with_its_row_and_column(client, keeper):
    answer = uploaded(client, Person, HEAD, ["李敏", "", "", "", ""], ["王喆", "", "", "", "wz@"])
    (row,) = answer.context["result"].invalid_rows
    assert (row.number, row.field_specific_errors) == (
        3,
        {"邮箱": ["邮箱“wz@”的写法不对，如 name@example.cn"]},
    )
    assert "confirm_form" not in answer.context


def test_a_file_that_is_no_workbook_gets_a_sentence(client, keeper):
    data = {"format": "0", "import_file": SimpleUploadedFile("表.xlsx", b"PK\x03\x04")}
    assert "这个文件打不开" in client.post(address(Person, "import"), data).content.decode()


def test_what_goes_out_is_text_and_an_event(client, keeper):
    person = Person.objects.create(district=keeper.person.district, name="王喆", title="=1+1", phone="+86 23")
    rows = [list(row) for row in taken_out(client, Person).iter_rows()]
    assert [cell.value for cell in rows[0]] == HEAD
    (own,) = [row for row in rows if row[0].value == person.name]
    assert [cell.data_type for cell in own if cell.value] == ["s", "s", "s"]
    assert own[2].value == "=1+1"
    assert own[2].quotePrefix
    event = Event.objects.get(action="master_data.exported")
    assert event.data == {"model": "organisations.person", "rows": Person.objects.count()}


def test_nothing_of_another_district_goes_out(world, stranger_world, client, keeper):
    names = {row[0] for row in taken_out(client, Organisation).iter_rows(values_only=True)}
    assert len(names) == 1 + Organisation.objects.filter(district=world.district).count()


def test_what_went_out_comes_in_again(client, keeper):
    CalendarDay.objects.create(day="2026-10-10", is_workday=True, name="国庆节调休上班")
    CalendarDay.objects.create(day="2026-10-01", is_workday=False, name="国庆节")
    rows = list(taken_out(client, CalendarDay).iter_rows(values_only=True))
    assert rows[1:] == [("2026年10月10日", "是", "国庆节调休上班"), ("2026年10月1日", "否", "国庆节")]
    before = list(CalendarDay.objects.values())
    CalendarDay.objects.all().delete()
    taken_in(client, CalendarDay, *rows)
    after = list(CalendarDay.objects.values())
    assert [{**row, "id": 0} for row in after] == [{**row, "id": 0} for row in before]
