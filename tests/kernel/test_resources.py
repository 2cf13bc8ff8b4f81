"""Rows in and out of a workbook: read as typed, refused with row and column, written through the service."""

from datetime import date, datetime

import pytest
import tablib
from import_export import fields

from approvals.models import HeldData
from approvals.resources import HeldDataResource
from jianfu.audit.models import Event
from jianfu.kernel.decisions import allow, refuse, require
from jianfu.kernel.fields import ChineseDateField, IntegerField
from jianfu.kernel.resources import DistrictResource, Labelled, Typed, YesNo, problems
from jianfu.organisations.models import Person
from jianfu.organisations.resources import CalendarDayResource, OrganisationResource, PersonResource
from jianfu.organisations.states import Kind, Role
from tests.factories import add_person


@pytest.fixture
def keeper(world):
    return world.user(Role.SYSTEM_ADMINISTRATOR)


def take_in(resource, keeper, head, *rows, **more):
    return resource(user=keeper).import_data(tablib.Dataset(*rows, headers=head), **more)


@pytest.mark.parametrize(
    "cell",
    ["2026年10月1日", "2026.10.1", "2026-10-01", date(2026, 10, 1), datetime(2026, 10, 1, 8)],  # noqa: DTZ001 - a cell has no zone
)
def test_a_day_in_any_form_that_a_cell_holds(cell):
    assert Typed(ChineseDateField(label="日期")).clean(cell) == date(2026, 10, 1)


def test_what_is_no_day_is_refused_in_words():
    with pytest.raises(ValueError, match="日期要写成 2026年9月1日 这样的日期"):
        Typed(ChineseDateField(label="日期")).clean("2026年13月1日")


@pytest.mark.parametrize(("cell", "number"), [(18.0, 18), ("１８项", 18), (None, None)])
def test_a_number_that_excel_made_a_fraction(cell, number):
    assert Typed(IntegerField(label="课时", required=False)).clean(cell) == number


@pytest.mark.parametrize(
    ("cell", "answer"), [("是", True), (1, True), (True, True), ("否", False), (None, False)]
)
def test_yes_and_no(cell, answer):
    assert YesNo().clean(cell) is answer


def test_nothing_else_is_guessed_at():
    with pytest.raises(ValueError, match="填“是”或“否”，现在是“上班”"):
        YesNo().clean("上班")


def test_a_label_is_one_of_the_list():
    widget = Labelled(Kind, "类别")
    assert widget.clean(" 学校 ") == Kind.SCHOOL
    assert widget.render(Kind.SCHOOL) == "学校"
    with pytest.raises(ValueError, match="类别“大学”不在可选范围，可选："):
        widget.clean("大学")


def test_each_reason_names_its_row_and_column(world, keeper):
    result = take_in(
        OrganisationResource,
        keeper,
        ["名称", "类别", "简称"],
        ["新建小学", "学校", ""],
        ["旧建小学", "大学", "字" * 31],
        ["", "学校", ""],
    )
    words = problems(result)
    assert words[0].startswith("第 3 行“简称”：")
    assert words[1].startswith("第 3 行“类别”：类别“大学”不在可选范围")
    assert words[2].startswith("第 4 行“名称”：")
    assert len(words) == 3


def test_the_columns_that_name_the_row_are_needed(world, keeper):
    result = take_in(PersonResource, keeper, ["姓名", "电话"], ["王喆", "023"])
    assert problems(result) == [
        "表格第一行没有“所在单位”。第一行写列名，可用的列：姓名、所在单位、职务、电话、邮箱"
    ]
    assert not Person.objects.filter(name="王喆").exists()


def test_a_name_that_nobody_knows_is_told_by_its_column(world, keeper):
    result = take_in(PersonResource, keeper, ["姓名", "所在单位"], ["王喆", "云中小学"])
    assert problems(result) == ["第 2 行“所在单位”：没有名为“云中小学”的单位，请先登记单位或改正名称"]


def test_an_organisation_of_another_district_is_not_known(world, stranger_world, keeper):
    foreign = stranger_world.place("school")
    foreign.name = "清河小学"
    foreign.save()
    result = take_in(PersonResource, keeper, ["姓名", "所在单位"], ["王喆", "清河小学"])
    assert "没有名为“清河小学”的单位" in problems(result)[0]


def test_of_two_rows_alike_none_is_changed_by_guess(world, keeper):
    for _ in range(2):
        add_person(world.district, name="王喆", organisation=world.place("school"))
    result = take_in(
        PersonResource, keeper, ["姓名", "所在单位", "电话"], ["王喆", world.place("school").name, "1"]
    )
    assert problems(result) == ["第 2 行：已有几条姓名、所在单位相同的记录，分不清改哪一条，请在网页上改"]


def test_a_row_of_another_district_stays_and_an_own_one_is_made(world, stranger_world):
    HeldData.objects.create(district=world.district, name="学生人数", kept_in="外区学籍")
    by = stranger_world.user(Role.SYSTEM_ADMINISTRATOR)
    assert problems(take_in(HeldDataResource, by, ["数据项", "存放处"], ["学生人数", "学籍平台"])) == []
    own = HeldData.objects.visible_to(by).get()
    assert (own.district, own.kept_in, own.version) == (stranger_world.district, "学籍平台", 1)
    assert HeldData.objects.get(district=world.district).kept_in == "外区学籍"
    assert own.history.get().history_user == by
    assert Event.objects.get(action="master_data.added").target_id == str(own.pk)


def test_an_unchanged_row_is_left_alone(world, keeper):
    sheet = (HeldDataResource, keeper, ["数据项", "存放处"], ["学生人数", "学籍平台"])
    take_in(*sheet)
    take_in(*sheet)
    assert HeldData.objects.get().version == 1
    assert Event.objects.filter(action__startswith="master_data.").count() == 1


class Judged(DistrictResource):
    """As an app declares it: through a service, which may refuse."""

    name = fields.Field(attribute="name", column_name="数据项")
    kept_in = fields.Field(attribute="kept_in", column_name="存放处")

    class Meta:
        model = HeldData
        fields = ("name", "kept_in")
        import_id_fields = ("name",)

    def write(self, instance, *, made):
        require(refuse("本学期已经结账，不能再登记") if instance.kept_in == "旧" else allow())


def test_what_the_service_refuses_is_the_row_s(world, keeper):
    result = take_in(Judged, keeper, ["数据项", "存放处"], ["甲", "旧"])
    assert problems(result) == ["第 2 行：本学期已经结账，不能再登记"]


def test_all_rows_or_none(world, keeper):
    rows = (["王喆", "", "wz@"], ["李敏", "", ""])
    result = take_in(
        PersonResource, keeper, ["姓名", "所在单位", "邮箱"], *rows, rollback_on_validation_errors=True
    )
    assert len(problems(result)) == 1
    assert not Person.objects.filter(name="李敏").exists()


def test_holidays_are_the_country_s(world, keeper):
    head = ["日期", "上班", "说明"]
    assert problems(take_in(CalendarDayResource, keeper, head, ["2026.10.10", "是", "调休"])) == []
    assert problems(take_in(CalendarDayResource, keeper, head, ["十月", "是", "调休"])) == [
        "第 2 行“日期”：日期要写成 2026年9月1日 这样的日期"
    ]
