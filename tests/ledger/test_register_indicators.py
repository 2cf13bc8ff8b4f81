"""Rows 3, 6, 10, 12 and 14, each counted from its register, and the way to exactly those records."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jianfu.kernel.indicators import INDICATORS, Measured
from ledger.models import LedgerTemplate, ReportForm
from ledger.querysets import register as conditions
from ledger.registers.counted import COUNTED
from ledger.registers.reading import year_lines
from ledger.services.register import void_item
from ledger.states import FormsReading
from tests.factories import World

from .forms import opened
from .registers import clerk, dispose, enter
from .secondments import page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]


def measured(world: World, code: str, year: int = 2026) -> Measured:
    return INDICATORS[code].measure(world.district, year)


def void(world: World, item: Any) -> None:
    item.refresh_from_db()
    void_item(item=item, reason="重复登记", expected_version=item.version, by=clerk(world))


@pytest.mark.parametrize("code", COUNTED)
def test_an_empty_register_says_nothing(world, code):
    assert measured(world, code).value is None


@pytest.mark.parametrize("code", COUNTED)
def test_a_register_that_began_later_says_nothing_of_the_year(world, code):
    enter(world, COUNTED[code][0], begun_on=date(2026, 1, 1))
    assert measured(world, code, 2025).value is None
    assert measured(world, code, 2026).value is not None


@pytest.mark.parametrize("code", COUNTED)
def test_another_districts_records_do_not_count(world, stranger_world, code):
    enter(stranger_world, COUNTED[code][0])
    assert measured(world, code).value is None


def test_groups_merged_and_revoked_in_the_year_count(world):
    for number, (verdict, day) in enumerate(
        [("cancel", date(2026, 1, 1)), ("cancel", date(2026, 11, 20)), ("cancel", date(2025, 12, 31))]
    ):
        group = enter(world, "channels", name=f"群{number}", begun_on=date(2024, 1, 1))
        dispose(world, group, verdict, day=day)
    kept = enter(world, "channels", name="留着的群", begun_on=date(2024, 1, 1))
    merged = enter(world, "channels", name="并掉的群", begun_on=date(2026, 2, 1))
    dispose(world, merged, "merge", merged_into=kept)
    app = enter(world, "channels", name="某 APP", kind="app", begun_on=date(2024, 1, 1))
    dispose(world, app, "cancel")
    enter(world, "channels", name="新建的群", begun_on=date(2026, 3, 1))
    said = measured(world, "I3")
    assert said.value == 3
    assert "新建 2 个，净减少 1 个" in said.explanation


def test_the_names_of_the_citys_tasks_each_once(world):
    enter(world, "duties", name="创建卫生城市", begun_on=date(2025, 5, 1))
    enter(world, "duties", name="创建文明城区", begun_on=date(2026, 5, 1))
    enter(world, "duties", name="创建文明城区", begun_on=date(2026, 9, 1))
    enter(world, "duties", name="防汛值守", kind="special")
    ended = enter(world, "duties", name="去年的评先", begun_on=date(2025, 1, 1))
    dispose(world, ended, "cancel", day=date(2025, 12, 31))
    assert measured(world, "I6").value == "创建卫生城市、创建文明城区"
    assert measured(world, "I6", 2025).value == "去年的评先、创建卫生城市"


def test_no_city_task_in_a_kept_register_is_none_of_them(world):
    enter(world, "duties", kind="special")
    assert measured(world, "I6").value == "无"


def forms_of_the_year(world: World) -> None:
    """Two cancelled, three kept, one added, one that came and went, one that a later year brings."""
    for number in range(2):
        form = enter(world, "forms", name=f"取消{number}", begun_on=date(2025, 9, 1))
        dispose(world, form, "cancel", day=date(2026, 6, 10))
    for number in range(3):
        enter(world, "forms", name=f"保留{number}", begun_on=date(2025, 12, 31))
    enter(world, "forms", name="新增", begun_on=date(2026, 1, 1))
    brief = enter(world, "forms", name="来了又走", begun_on=date(2026, 2, 1))
    dispose(world, brief, "cancel", day=date(2026, 5, 1))
    void(world, enter(world, "forms", name="登记错的", begun_on=date(2025, 9, 1)))


def test_the_four_numbers_of_the_forms(world):
    forms_of_the_year(world)
    values = {code: measured(world, code).value for code in ("I10a", "I10b", "I10c", "I10d")}
    assert values == {"I10a": 6, "I10b": 2, "I10c": 3, "I10d": 1}
    assert "来了又走" not in measured(world, "I10d").explanation
    assert "另有 1 张当年新增又当年取消" in measured(world, "I10d").explanation


def test_the_total_of_the_forms_follows_the_templates_reading(world):
    forms_of_the_year(world)
    ledger = opened(world)
    assert measured(world, "I10a", ledger.year).value is not None
    LedgerTemplate.objects.filter(pk=ledger.template_id).update(forms_reading=FormsReading.SENSIBLE)
    said = measured(world, "I10a", 2026)
    assert said.value == 4
    assert "相加为 6 张" in said.explanation


def test_reuses_add_up_and_say_what_came_by_itself(world):
    enter(world, "reuses", times=12)
    enter(world, "reuses", times=3, name="另一项", begun_on=date(2026, 12, 31))
    enter(world, "reuses", times=7, name="去年的", begun_on=date(2025, 12, 31))
    said = measured(world, "I12")
    assert said.value == 15
    assert "其中申请自动记入 0 次" in said.explanation
    assert INDICATORS["I12"].beyond


def test_people_in_unrelated_trainings_count_and_no_others(world):
    enter(world, "gatherings", people=30)
    enter(world, "gatherings", name="学科教研", people=99, is_related=True)
    enter(world, "gatherings", name="动员大会", kind="meeting", people=40)
    dropped = enter(world, "gatherings", name="没办成的", people=50)
    dispose(world, dropped, "cancel")
    said = measured(world, "I14")
    assert said.value == 30
    assert "另有会议、竞赛 40 人次" in said.explanation


@pytest.mark.parametrize("code", COUNTED)
def test_the_way_to_the_records_leads_to_exactly_those(world, code):
    forms_of_the_year(world)
    for number in range(3):
        enter(world, "channels", name=f"群{number}", begun_on=date(2025, 1, 1))
        enter(world, "gatherings", name=f"培训{number}", people=1)
        enter(world, "reuses", name=f"数据{number}", times=1)
        enter(world, "duties", name=f"任务{number}")
    enter(world, "gatherings", name="教研", is_related=True)
    said = measured(world, code)
    indicator = INDICATORS[code]
    text = page(clerk(world), indicator.records_url(world.district, 2026))
    count = len(said.value.split("、")) if isinstance(said.value, str) else said.value
    assert f"背后的 {count} 条记录" in text


def test_a_year_without_records_opens_no_list_of_others(world):
    enter(world, "forms")
    text = page(clerk(world), "/ledger/registers/forms/?counted=abc&figure=I10b")
    assert "背后的" not in text
    text = page(clerk(world), "/ledger/registers/channels/?counted=2026&figure=I10b")
    assert "背后的" not in text


days = st.dates(date(2023, 1, 1), date(2027, 12, 31))


@given(spans=st.lists(st.tuples(days, st.none() | days), max_size=8))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_a_year_leaves_is_what_the_next_one_finds(world, spans):
    """A9, across years: 保留 + 新增 of a year = 保留 + 取消整合 of the next; no item twice in a year."""
    ReportForm.objects.all().delete()
    ReportForm.objects.bulk_create(
        ReportForm(
            district=world.district,
            section=world.place("section"),
            name=f"表{number}",
            issuer="某局",
            frequency="once",
            begun_on=min(begun, ended or begun),
            ended_on=ended and max(begun, ended),
        )
        for number, (begun, ended) in enumerate(spans)
    )
    for year in range(2023, 2027):
        rows = ReportForm.objects.all()
        left = rows.kept_in(year).count() + rows.added_in(year).count()
        assert left == rows.kept_in(year + 1).count() + rows.dropped_in(year + 1).count()
        parts = [rows.kept_in(year), rows.added_in(year), rows.dropped_in(year)]
        parts.append(rows.valid().filter(conditions.passing(year)))
        assert sum(part.count() for part in parts) == rows.there_in(year).count()


def test_a_years_line_tells_merged_from_cancelled(world):
    lasting = enter(world, "forms", name="留着", begun_on=date(2025, 1, 1))
    merged = enter(world, "forms", name="并掉", begun_on=date(2025, 1, 1))
    dispose(world, merged, "merge", merged_into=lasting)
    for number in range(2):
        dispose(world, enter(world, "forms", name=f"取消{number}", begun_on=date(2025, 1, 1)), "cancel")
    (line,) = year_lines(ReportForm.objects.all(), [2026])
    assert (line.merged, line.cancelled, line.kept, line.held, line.after) == (1, 2, 1, 4, 1)
