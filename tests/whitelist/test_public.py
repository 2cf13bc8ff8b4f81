"""The public pages: what they show, what they never carry, how caches may keep them."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.cache import cache
from django.utils import timezone
from openpyxl import load_workbook

from approvals.states import State as ApplicationState
from jianfu.kernel import dates
from tests import codes
from tests.whitelist.factories import clerk, entry_of, filed, opened, published, soon
from whitelist import exports, services, stamps
from whitelist.models import Entry
from whitelist.states import Standing

LIST = "/whitelist/yunling/"


def text(response) -> str:
    return response.content.decode()


@pytest.fixture
def listed(world):
    return entry_of(world, title="防溺水安全教育", ends_on=soon(60))


def test_the_only_district_is_found_at_once_and_several_are_offered(client, world):
    assert client.get("/whitelist/").headers["Location"] == LIST


def test_several_districts_are_offered(client, stranger_world):
    assert "清河区" in text(client.get("/whitelist/"))


def test_no_district_yet(client, db):
    assert "还没有开通区县" in text(client.get("/whitelist/"))


def test_the_list_shows_the_official_columns_and_whom_to_call(client, listed):
    page = text(client.get(LIST))
    heads = re.findall(r'<th scope="col">(.*?)</th>', page)
    assert heads == [column.heading for column in exports.COLUMNS]
    assert heads[:9] == [
        "序号", "事项名称", "牵头实施单位", "开展时间", "开展频次",
        "活动主要内容", "开展形式", "对象范围", "开展依据",
    ]  # fmt: skip
    for words in ("防溺水安全教育", "区消防救援支队", "学校有权拒绝", "023-55550000", "jianfu@example.cn"):
        assert words in page


def test_what_the_day_took_off_the_list_is_told_the_next_day(client, world, settings):
    """Nothing was written: the number is remembered for its day alone, and for its kind of list."""
    published(world, filed(world, ends_on=soon(60)), filed(world, ends_on=soon(90)))
    told = "最近一版另有 1 项"
    page = text(client.get(LIST))
    assert "共 2 项" in page
    assert told not in page
    settings.JIANFU_TODAY = soon(60) + timedelta(days=1)
    assert told not in text(client.get(f"{LIST}exempt/"))
    page = text(client.get(LIST))
    assert "共 1 项" in page
    assert told in page


def test_before_the_first_release(client, world):
    assert "还没有公布白名单" in text(client.get(LIST))
    assert "还没有公布免申报目录" in text(client.get(f"{LIST}exempt/"))


@pytest.mark.parametrize("state", [ApplicationState.FILED, ApplicationState.APPROVED])
def test_nothing_shows_before_it_is_published(client, world, state):
    draft = opened(world, filed(world, title="还没有公布的事项"))
    draft.applications.update(state=state)
    assert "还没有公布的事项" not in text(client.get(LIST))
    assert client.get(f"{LIST}releases/{draft.year}-{draft.serial}/").status_code == 404


@pytest.mark.parametrize(
    "words", ["溺", "防溺水安全", "消防救援", "BMD", "ｂｍｄ", " 溺 救援 ", "fnsaq", "FNS 救援"]
)
def test_search_finds_by_name_unit_and_number(client, listed, words):
    assert "防溺水安全教育" in text(client.get(LIST, {"q": words}))


@pytest.mark.parametrize("words", ["禁毒", "%", "_", "溺 禁毒"])
def test_search_that_finds_nothing_says_so(client, listed, words):
    page = text(client.get(LIST, {"q": words}))
    assert "没有找到" in page
    assert "查看全部" in page


def test_too_long_a_search_is_answered_in_words(client, listed):
    assert "查找最多 50 字，现在是 70 字" in text(client.get(LIST, {"q": "长" * 70}))


def test_an_older_release_stays_at_its_address(client, world):
    first = published(
        world, filed(world, title="只到今天的事项", starts_on=dates.today(), ends_on=dates.today())
    )
    with dates.as_of(timezone.now() + timedelta(days=1)):
        published(world, filed(world, title="新的事项", ends_on=soon(60)))
        now, then = text(client.get(LIST)), text(client.get(f"{LIST}releases/{first.year}-1/"))
    assert "只到今天的事项" not in now
    assert "新的事项" in now
    assert f"releases/{first.year}-1/" in now
    assert "只到今天的事项" in then
    assert "已过期" in then
    assert "新的事项" not in then


def test_an_entry_says_whether_it_stands(client, world, listed):
    address = f"{LIST}entries/{listed.number}/"
    assert "这一项在白名单内" in text(client.get(address))
    with dates.as_of(timezone.now() + timedelta(days=61)):
        assert "批准的开展时间已于" in text(client.get(address))
    services.remove(entry=listed, by=clerk(world), on=dates.today(), reason="云教领〔2026〕9号")
    page = text(client.get(address))
    assert "移出白名单：云教领〔2026〕9号" in page
    assert "已移出" in page
    assert "防溺水安全教育" not in text(client.get(LIST))


def test_an_entry_shows_only_what_is_public(client, world):
    entry = entry_of(world, contact_phone="13800138000", content="张晓明13800138000", contact_name="张晓明")
    for address in (LIST, f"{LIST}entries/{entry.number}/", f"{LIST}releases/{entry.year}-1/"):
        page = text(client.get(address))
        assert "13800138000" not in page
        assert "张晓明" not in page
        assert entry.application.handler.name not in page


@pytest.mark.parametrize(
    "address",
    [
        "/whitelist/nowhere/",
        "/whitelist/nowhere/list.xlsx",
        "/whitelist/yunling/releases/2026-9/",
        "/whitelist/yunling/releases/99999999999999999999-1/",
        "/whitelist/yunling/releases/2026-9/list.xlsx",
        "/whitelist/yunling/entries/BMD20269999/",
        "/whitelist/yunling/entries/' OR 1=1/",
        "/whitelist/qinghe/entries/BMD20260001/",
    ],
)
def test_what_is_not_there_is_said_in_chinese(client, world, stranger_world, address):
    published(world, filed(world, year=2026))
    answer = client.get(address)
    assert answer.status_code == 404
    assert "查无此项" in text(answer)
    assert not answer.cookies


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("page=-1", 200),
        ("page=99999999999999999999", 200),
        ("page=" + "9" * 5000, 200),
        ("page=x", 200),
        ("q=%00", 400),
        ("q=%ED%A0%80", 200),
        ("q=" + "x" * 70_000, 400),
        ("q[]=1&q=2&q=3", 200),
    ],
)
def test_bad_input_is_no_error_page(client, listed, query, status):
    assert client.get(f"{LIST}?{query}").status_code == status


def test_nothing_can_be_posted(client, listed):
    assert client.post(LIST).status_code == 405


PUBLIC = ["", "entries/{number}/", "releases/{year}-1/", "list.xlsx", "releases/{year}-1/list.xlsx", "?q=溺"]


@pytest.fixture(params=PUBLIC)
def address(request, listed):
    return LIST + request.param.format(number=listed.number, year=listed.year)


def test_anybody_may_keep_it_and_nobody_gets_a_cookie(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert answer.headers["Cache-Control"] == "public, max-age=0, s-maxage=1, must-revalidate"
    assert answer.headers["ETag"]
    assert answer.headers["Last-Modified"]


def test_the_page_is_the_same_for_whoever_reads(client, world, address):
    anonymous = client.get(address)
    client.force_login(clerk(world))
    signed_in = client.get(address)
    assert signed_in.content == anonymous.content
    assert not signed_in.cookies
    assert clerk(world).person.name.encode() not in signed_in.content


def test_a_given_password_does_not_stand_in_the_way_of_reading(client, world, address):
    anonymous = client.get(address)
    user = clerk(world)
    user.must_change_password = True
    user.save()
    client.force_login(user)
    answer = client.get(address)
    assert answer.content == anonymous.content
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_it_is_not_sent_twice(client, address):
    first = client.get(address)
    again = client.get(address, headers={"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    by_date = client.get(address, headers={"if-modified-since": first.headers["Last-Modified"]})
    assert by_date.status_code == 304


def test_a_removal_shows_at_once(client, world, listed):
    before = client.get(LIST)
    later = timezone.now() + timedelta(seconds=2)
    with dates.as_of(later):
        services.remove(entry=listed, by=clerk(world), on=dates.today(), reason="云教领〔2026〕9号")
        after = client.get(LIST, headers={"if-none-match": before.headers["ETag"]})
        by_date = client.get(LIST, headers={"if-modified-since": before.headers["Last-Modified"]})
    assert after.status_code == by_date.status_code == 200
    assert after.headers["ETag"] != before.headers["ETag"]


def test_large_letters_are_kept_by_the_readers_browser_alone(client, listed):
    client.cookies["type"] = "large"
    answer = client.get(LIST)
    assert 'class="large"' in text(answer)
    assert "private" in answer.headers["Cache-Control"]
    assert "public" not in answer.headers["Cache-Control"]


def test_the_workbook_is_the_list(client, listed):
    answer = client.get(f"{LIST}list.xlsx")
    page = load_workbook(BytesIO(answer.content)).active
    rows = list(page.iter_rows(values_only=True))
    assert rows[0][0] == "云岭区社会事务进校园白名单"
    assert list(rows[1]) == [column.heading for column in exports.COLUMNS]
    assert rows[2][:3] == (1, "防溺水安全教育", "区消防救援支队")
    assert rows[2][10] == listed.number
    assert len(rows) == 3
    assert "%E4%BA%91%E5%B2%AD" in answer.headers["Content-Disposition"]


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow(client, world, django_assert_num_queries, count):
    release = published(world, *(filed(world) for _ in range(count)))
    number = release.items.first().entry.number
    version = f"releases/{release.year}-1/"
    pages = {"": 8, version: 8, "?page=2": 8, "?lead=x": 8, f"entries/{number}/": 3, "list.xlsx": 5}
    for page, queries in pages.items():
        cache.clear()
        with django_assert_num_queries(queries):
            client.get(LIST + page)
    for page, queries in {"": 5, version: 6}.items():
        client.get(LIST + page)
        world.district.contact_hours = f"{page}8:00—17:00"
        world.district.save()  # something else was written: the lists are as long as they were
        with django_assert_num_queries(queries):
            client.get(LIST + page)


def test_a_write_that_ends_after_a_later_one_moves_the_stamp(world, listed):
    """Two transactions at once: the one that took its number first may be seen last."""
    entry_of(world, title="宪法晨读", ends_on=soon(40))
    whole = stamps._read("yunling")
    first = listed.history.order_by("history_id")[0]
    listed.history.filter(pk=first.pk).delete()
    before = stamps._read("yunling")
    first.save(force_insert=True)
    assert stamps._read("yunling") == whole
    assert before.pages != whole.pages
    assert before.lists != whole.lists


def test_what_is_not_current_is_all_the_others(world):
    """On every day of two entries, one of which left early."""
    short, long = (entry_of(world, starts_on=soon(2), ends_on=soon(days)) for days in (3, 9))
    services.remove(entry=long, by=clerk(world), on=soon(6), reason="云教领〔2026〕9号")
    rows = Entry.objects.all()
    for days in range(-2, 12):
        on = soon(days)
        listed, others = set(rows.current(on)), set(rows.not_current(on))
        assert not listed & others
        assert listed | others == {short, long}
        assert listed == {row for row in rows if row.listed_on <= on and row.standing(on) == Standing.VALID}


@pytest.mark.parametrize("page", ["", "?page=1"])
def test_a_page_is_made_once(client, listed, django_assert_num_queries, page):
    first = client.get(LIST + page)
    cache.delete(stamps._key("yunling"))  # as a second later
    with django_assert_num_queries(1):
        again = client.get(LIST + page)
    assert again.content == first.content
    assert again.headers["ETag"] == first.headers["ETag"]
    with django_assert_num_queries(0):
        assert client.get(LIST + page, headers={"if-none-match": first.headers["ETag"]}).status_code == 304


def test_the_code_of_the_entry_page_leads_back_to_it(client, listed, settings):
    address = f"{LIST}entries/{listed.number}/"
    assert codes.in_page(text(client.get(address))) == [f"http://testserver{address}"]
    settings.JIANFU_PUBLIC_URL = "https://jianfu.example.gov.cn"
    assert codes.in_page(text(client.get(address))) == [f"https://jianfu.example.gov.cn{address}"]


def test_two_hosts_do_not_share_a_page_that_names_one(client, listed, settings):
    settings.ALLOWED_HOSTS = ["one.test", "two.test"]
    address = f"{LIST}entries/{listed.number}/"
    for host in ("one.test", "two.test"):
        assert codes.in_page(text(client.get(address, headers={"host": host}))) == [f"http://{host}{address}"]


def test_no_public_page_carries_a_verification_code(client, listed):
    for page in PUBLIC:
        answer = client.get(LIST + page.format(number=listed.number, year=listed.year))
        assert listed.verification_code.encode() not in answer.content


def test_how_to_report_says_whom_to_call_and_when(client, world):
    world.district.contact_hours, world.district.contact_address = "工作日 9:00—17:30", "文昌路1号"
    world.district.save()
    page = text(client.get(f"{LIST}contact/"))
    for words in ("023-55550000", "jianfu@example.cn", "工作日 9:00—17:30", "文昌路1号"):
        assert words in page
    assert f"{LIST}contact/" in text(client.get(LIST))


def test_a_kept_page_is_of_its_day_and_of_its_letters(client, listed):
    assert "2026" in text(client.get(LIST))
    with dates.as_of(timezone.now() + timedelta(days=3650)):
        assert listed.title not in text(client.get(LIST))
    client.cookies["type"] = "large"
    assert 'class="large"' in text(client.get(LIST))


def test_another_telephone_shows_at_once(client, world, listed):
    client.get(LIST)
    world.district.contact_phone = "023-77777777"
    world.district.save()
    assert "023-77777777" in text(client.get(LIST))


def test_a_page_of_ten_entries_is_light(client, world):
    published(world, *(filed(world, content="讲" * 120) for _ in range(10)))
    assert len(client.get(LIST).content) < 30_000
