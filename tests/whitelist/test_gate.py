"""核验: what a school gate is told of what it is shown, and what it is not."""

import re
from datetime import datetime, time, timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from approvals.states import Delivery, Road, State
from jianfu.kernel import dates
from jianfu.kernel.verification import grouped, new_code
from jianfu.organisations.models import Organisation
from tests.approvals.factories import application_at
from tests.whitelist.activities import handed_in, reviewer
from tests.whitelist.factories import clerk, entry_of, filed, opened, paper_entry, published, soon
from whitelist import services, stamps
from whitelist.gate import read, visits
from whitelist.views import gate


def text(response) -> str:
    return response.content.decode()


def words(response) -> str:
    """What a person reads, without marks and blanks."""
    return re.sub(r"<[^>]+>|\s+", "", text(response))


@pytest.fixture
def listed(world):
    return entry_of(
        world,
        title="防溺水安全教育",
        starts_on=dates.today(),
        ends_on=soon(60),
        minutes=40,
        frequency="每校1次",
    )


def at_gate(client, what):
    return client.get(f"/v/{what}/")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("BMD20260001", "BMD20260001"),
        ("bmd20260001", "BMD20260001"),
        ("ＢＭＤ２０２６０００１", "BMD20260001"),
        (" BMD 2026-0001 ", "BMD20260001"),
        ("bmd2O26OOOl", "BMD20260001"),
        ("20260001", "BMD20260001"),
        ("jxy20260012", "JXY20260012"),
    ],
)
def test_a_number_is_read_however_it_is_typed(typed, meant):
    asked = read(typed)
    assert (asked.text, asked.is_code) == (meant, False)


@pytest.mark.parametrize("typed", ["", "禁毒", "BMD", "1", "BMD2026" + "1" * 40, "x" * 70_000, "' OR 1=1"])
def test_what_is_neither_number_nor_code_is_said_to_be_so(client, world, typed):
    assert read(typed) is None
    if typed and len(typed) < 100:
        answer = client.get("/v/", {"q": typed})
        assert answer.status_code == 404
        assert "既不是编号，也不是核验码" in words(answer)


def test_what_is_typed_finds_its_own_address(client, listed):
    typed = f" {grouped(listed.verification_code).lower()} "
    answer = client.get("/v/", {"q": typed})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/v/{listed.verification_code}/")
    assert (
        at_gate(client, listed.verification_code.lower())
        .headers["Location"]
        .endswith(f"/{listed.verification_code}/")
    )
    assert "进校核验" in text(client.get("/v/"))


def test_a_code_is_answered_yes_with_the_true_words_of_the_paper(client, world, listed):
    answer = at_gate(client, listed.verification_code)
    page = words(answer)
    assert answer.status_code == 200
    assert "verdict-yes" in text(answer)
    for said in ("有效，可以进校", "防溺水安全教育", listed.lead_name, listed.period, "每校1次，每次40分钟"):
        assert said in page
    assert "真的文件上这样写" in page
    assert "关于同意开展“防溺水安全教育”进校园活动的批复" in page
    assert listed.application.number in page
    assert "只按编号查" not in page
    assert re.sub(r"\s", "", dates.chinese_date(dates.today())) in page
    assert f"{timezone.localtime(dates.now()):%H:%M}" in page


def test_a_number_tells_only_what_is_public(client, listed):
    for number in (listed.number, listed.application.number):
        page = words(at_gate(client, number))
        assert "有效，可以进校" in page
        assert "只按编号查，文件真伪请扫码" in page
        assert "真的文件上这样写" not in page
        assert listed.verification_code not in page
        assert "批复" not in page


def test_outside_its_dates_it_is_refused(client, world):
    entry = entry_of(world, starts_on=soon(10), ends_on=soon(20))
    assert "今天不在批准的时间内" in words(at_gate(client, entry.verification_code))
    for days, said in ((10, "有效，可以进校"), (20, "有效，可以进校"), (21, "已过期"), (9, "今天不在")):
        with dates.as_of(timezone.now() + timedelta(days=days)):
            assert said in words(at_gate(client, entry.verification_code)), days


def test_a_removal_is_told_at_once_and_for_ever(client, world, listed):
    assert "verdict-yes" in text(at_gate(client, listed.verification_code))
    services.remove(entry=listed, by=clerk(world), on=dates.today(), reason="云教领〔2026〕9号")
    for asked in (listed.verification_code, listed.number):
        answer = at_gate(client, asked)
        assert "verdict-no" in text(answer)
        assert "已移出白名单" in words(answer)
        assert "移出：云教领〔2026〕9号" in words(answer)


def test_what_schools_do_on_their_own_lets_nobody_in(client, world):
    entry = entry_of(world, starts_on=dates.today(), ends_on=soon(), granted_delivery=Delivery.RESOURCES)
    page = at_gate(client, entry.verification_code)
    assert "verdict-wait" in text(page)
    assert "由学校自主开展" in words(page)
    assert "可以进校" not in words(page)


def test_a_genuine_paper_that_is_not_published_lets_nobody_in(client, world):
    application = application_at(State.APPROVED, world, title="还没有公布的事项")
    answer = at_gate(client, application.verification_code)
    assert "verdict-no" in text(answer)
    assert "文件属实，但白名单还没有公布这一项" in words(answer)
    assert application.handler.name not in text(answer)
    assert at_gate(client, application.number).status_code == 404  # the number is no secret


@pytest.mark.parametrize(
    ("road", "state", "said"),
    [
        (Road.INSPECTION_SINGLE, State.CLEARED, "督查检查评比考核清单还没有公布这一项"),
        (Road.INSPECTION_SINGLE, State.ANNOUNCED, "列入督查检查评比考核清单的批复"),
        (Road.SURVEY, State.AGREED, "批复"),
    ],
)
def test_other_papers_of_the_office_are_told_apart_too(client, world, road, state, said):
    application = application_at(state, world, road=road)
    page = words(at_gate(client, application.verification_code))
    assert said in page
    assert application.number in page
    assert application.handler.name not in page


def test_nothing_carries_this_code(client, world, listed):
    answer = at_gate(client, new_code())
    assert answer.status_code == 404
    assert "verdict-no" in text(answer)
    for said in ("查无此项", "没有发出过带这个核验码的文件", "学校有权拒绝", "023-55550000"):
        assert said in words(answer)
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("state", [State.FILED, State.REVIEWED])
def test_what_is_drafted_for_a_release_is_not_listed(client, world, state):
    draft = opened(world, filed(world, title="还没有公布的事项"))
    draft.applications.update(state=state)
    assert at_gate(client, "BMD20260001").status_code == 404


def test_an_entry_of_a_paper_list_has_a_code_of_its_own(client, world):
    release = services.enter_earlier_list(
        by=clerk(world), district=world.district, year=2025, document_number="云教领〔2025〕4号",
        entries=[paper_entry(), paper_entry(title="防震演练")],
    )  # fmt: skip
    first, second = (item.entry for item in release.items.all())
    assert len({first.verification_code, second.verification_code, ""}) == 3
    page = words(at_gate(client, first.verification_code))
    assert "云教领〔2025〕4号" in page
    assert "真的文件上这样写" in page


def test_districts_that_number_alike_are_told_apart(client, world, stranger_world):
    ours = entry_of(world, title="本区的事项", starts_on=dates.today())
    theirs = entry_of(stranger_world, title="邻区的事项", starts_on=dates.today())
    assert ours.number == theirs.number
    page = text(at_gate(client, ours.number))
    assert "是哪个区县的" in page
    assert "本区的事项" not in page
    one = words(client.get(f"/v/{ours.number}/{stranger_world.district.code}/"))
    assert "邻区的事项" in one
    assert "本区的事项" not in one
    assert "本区的事项" in words(at_gate(client, ours.verification_code))


def test_who_tries_out_codes_is_asked_to_wait_and_is_not_remembered(client, world, listed):
    for _ in range(gate.MISSES.per_hour):
        assert at_gate(client, new_code()).status_code == 404
    answer = at_gate(client, new_code())
    assert answer.status_code == 429
    assert "下个整点再试" in words(answer)
    assert at_gate(client, listed.verification_code).status_code == 200
    other = client.get(f"/v/{new_code()}/", REMOTE_ADDR="10.9.8.7")
    assert other.status_code == 404


def test_what_is_announced_for_today_is_told_by_its_share(client, world, listed, monkeypatch):
    monkeypatch.setitem(visits._items, "told", lambda entry, on: [f"14:00 第一小学，{entry.number}"])
    assert f"14:00第一小学，{listed.number}" in words(at_gate(client, listed.verification_code))


def test_the_visits_of_today_are_told_once_the_schools_know_them(client, world):
    activity = handed_in(world)
    code, session = activity.entry.verification_code, activity.sessions.get()
    moment = timezone.make_aware(datetime.combine(session.day, time(9)))
    with dates.as_of(moment):
        assert "今天安排" not in words(at_gate(client, code))
    services.take_step(activity=activity, name="agree", by=reviewer(world))
    cache.delete(stamps._key(stamps.EVERYWHERE))  # as a second later
    with dates.as_of(moment):
        page = words(at_gate(client, code))
        assert f"今天安排：14:00–14:40{session.school}，四年级" in page
    with dates.as_of(moment + timedelta(days=1)):
        assert "今天安排" not in words(at_gate(client, code))


@pytest.fixture(params=["", "{code}/", "{number}/"])
def address(request, listed):
    return "/v/" + request.param.format(code=listed.verification_code, number=listed.number)


def test_anybody_may_keep_it_for_a_second_and_nobody_gets_a_cookie(client, world, address):
    anonymous = client.get(address)
    assert anonymous.headers["Cache-Control"] == "public, max-age=0, s-maxage=1, must-revalidate"
    assert "Cookie" not in anonymous.headers.get("Vary", "")
    client.force_login(clerk(world))
    again = client.get(address)
    assert again.content == anonymous.content
    assert not anonymous.cookies
    assert not again.cookies
    client.logout()
    known = client.get(address, headers={"if-none-match": anonymous.headers["ETag"]})
    assert (known.status_code, known.content) == (304, b"")


def test_a_minute_later_the_clock_has_moved(client, listed):
    noon = timezone.now().replace(hour=4, minute=0)
    with dates.as_of(noon):
        before = at_gate(client, listed.verification_code)
    with dates.as_of(noon + timedelta(minutes=1)):
        after = at_gate(client, listed.verification_code)
    assert "12:00" in text(before)
    assert "12:01" in text(after)


def test_an_answer_is_made_once_a_minute(client, listed, django_assert_num_queries):
    with dates.as_of(timezone.now()):
        first = at_gate(client, listed.verification_code)
        with django_assert_num_queries(0):
            assert at_gate(client, listed.verification_code).content == first.content
        cache.delete(stamps._key(stamps.EVERYWHERE))
        with django_assert_num_queries(1):
            assert at_gate(client, listed.verification_code).content == first.content


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow(client, world, django_assert_num_queries, count):
    release = published(world, *(filed(world, starts_on=dates.today()) for _ in range(count)))
    entry = release.items.first().entry
    for asked, queries in ((entry.verification_code, 6), (entry.number, 4)):
        cache.clear()
        with django_assert_num_queries(queries):
            at_gate(client, asked)


def test_it_fits_a_phone_on_a_poor_line(client, listed, settings):
    static = settings.BASE_DIR / "jianfu" / "static" / "jianfu"
    for address in ("/v/", f"/v/{listed.verification_code}/", f"/v/{listed.number}/"):
        page = text(client.get(address))
        sheets = set(re.findall(r"jianfu/([\w-]+\.(?:css|js))", page))
        assert len(page.encode()) + sum((static / name).stat().st_size for name in sheets) <= 30_000
        assert "<script" not in page


@pytest.mark.parametrize("asked", ["%00", "x" * 5000, "%ED%A0%80", "…", "BMD20269999", "²" * 16])
def test_bad_input_is_no_error_page(client, world, asked):
    assert client.get(f"/v/{asked}/").status_code in (302, 400, 404)


def test_the_unit_of_a_paper_is_the_one_that_issued_it(client, world, listed):
    group = Organisation.objects.get(district=world.district, kind="leading_group")
    assert f"{group.name}关于同意" in words(at_gate(client, listed.verification_code))
