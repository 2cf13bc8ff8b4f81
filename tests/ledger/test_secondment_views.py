"""Writing the register through its pages: six fields, bad input, stale tabs, returns, mistakes taken back."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from ledger.models import Secondment
from tests.factories import World

from .secondments import LIST, NAME, TODAY, borrow, get, keeper, page, post, posted

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]


def test_six_fields_and_a_save(world: World) -> None:
    answer = post(keeper(world), f"{LIST}add/", posted(world))
    record = Secondment.objects.get()
    assert answer.status_code == 302
    assert answer.url == record.get_absolute_url()
    assert (record.ends_on, record.teacher.name) == (date(2026, 12, 31), NAME)


@pytest.mark.parametrize("typed", ["2026-7-1", "2026.7.1", "20260701", "２０２６年７月１日"])
def test_dates_as_clerks_type_them(world: World, typed: str) -> None:
    post(keeper(world), f"{LIST}add/", posted(world, starts_on=typed))
    assert Secondment.objects.get().starts_on == date(2026, 7, 1)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"school": None}, "选择原学校"),
        ({"teacher_name": " "}, "填写教师姓名"),
        ({"teacher_name": "长" * 51}, "最多 50 字，现在是 51 字"),
        ({"work_item": "长" * 70_000}, "最多 200 字"),
        ({"starts_on": "2024年820日"}, "2026年9月1日 这样的日期"),
        ({"starts_on": "0001-01-01"}, "年份不对"),
        ({"ends_on": "2026年6月30日"}, "或以后"),
        ({"ends_on": "2027年1月1日"}, "R-BORROW-09"),
        ({"kind": "holiday"}, "不在可选范围"),
        ({"teacher_name": "张\x00三"}, "不能保存的字符"),
        ({"school": "99999999999999999999"}, "不在可选范围"),
    ],
)
def test_bad_input_is_refused_in_words_and_kept(world: World, wrong: dict[str, Any], words: str) -> None:
    client = Client()
    client.force_login(keeper(world))
    body = urlencode(posted(world, **wrong), errors="surrogatepass")
    answer = client.post(f"{LIST}add/", body, content_type="application/x-www-form-urlencoded")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert words in text
    assert "区消防救援支队" in text
    assert not Secondment.objects.exists()


@pytest.mark.parametrize(
    "query",
    [
        "page=-1", "page=99999999999999999999", "page=x", "counted=x", "counted=0000", "counted=9999",
        "counted=99999", "counted=２０２６", "year=x", "school=x", "school=99999999999999999999", "kind=x",
        "standing=x", "q=" + "长" * 300, "figure=%27", "unit=%25",
    ],
)  # fmt: skip
def test_no_query_breaks_the_list(world: World, query: str) -> None:
    borrow(world)
    for url in (LIST, f"{LIST}export/"):
        assert get(keeper(world), f"{url}?{query}").status_code == 200


@pytest.mark.parametrize("query", ["school=x", "school=9" * 30, "starts_on=9999-12-31", "starts_on=x", ""])
def test_no_query_breaks_the_lookups(world: World, query: str) -> None:
    for url in (f"{LIST}teachers/", f"{LIST}last-day/"):
        assert get(keeper(world), f"{url}?{query}").status_code == 200


def test_known_teachers_of_the_chosen_school_are_offered(world: World) -> None:
    borrow(world)
    borrow(world, name="马成", school="other_school")
    text = page(keeper(world), f"{LIST}teachers/?school={world.place('school').pk}")
    assert text == f'<option value="{NAME}"></option>'


def test_the_last_day_is_told_while_typing(world: World) -> None:
    assert "2027年2月27日" in page(keeper(world), f"{LIST}last-day/?starts_on=2026-8-31")


def test_a_stale_tab_keeps_what_was_typed(world: World) -> None:
    record = borrow(world)
    url = f"{record.get_absolute_url()}change/"
    assert post(keeper(world), url, posted(world, version=1, note="先改")).status_code == 302
    answer = post(keeper(world), url, posted(world, version=1, note="后改"))
    text = answer.content.decode()
    assert "刚刚被别人改动过" in text
    assert "后改" in text
    assert 'name="version" value="2"' in text
    assert Secondment.objects.get().note == "先改"


def test_a_return_in_one_click_and_a_date(world: World) -> None:
    record = borrow(world)
    assert f"{record.get_absolute_url()}return/" in page(keeper(world), LIST)
    answer = post(
        keeper(world), f"{record.get_absolute_url()}return/", {"returned_on": "2026年11月20日", "version": 1}
    )
    assert answer.status_code == 302
    assert Secondment.objects.get().returned_on == TODAY


def test_a_return_in_the_future_is_refused_at_once(world: World) -> None:
    record = borrow(world)
    answer = post(
        keeper(world), f"{record.get_absolute_url()}return/", {"returned_on": "2026-11-21", "version": 1}
    )
    assert "最晚填今天" in answer.content.decode()


def test_a_mistake_is_taken_back_with_a_reason(world: World) -> None:
    record = borrow(world)
    url = f"{record.get_absolute_url()}void/"
    assert "填写作废原因" in post(keeper(world), url, {"reason": "", "version": 1}).content.decode()
    assert post(keeper(world), url, {"reason": "重复登记", "version": 1}).status_code == 302
    assert NAME not in page(keeper(world), LIST)
    assert "重复登记" in page(keeper(world), record.get_absolute_url())
    assert get(keeper(world), url).status_code == 403


def test_a_number_put_right_is_told(world: World) -> None:
    client = Client()
    client.force_login(keeper(world))
    answer = client.post(f"{LIST}add/", posted(world, document_number="云委[2026]05号"), follow=True)
    text = answer.content.decode()
    assert "已改为“5号”" in text
    assert "云委〔2026〕5号" in text
