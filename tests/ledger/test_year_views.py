"""The page on which a year is read, signed, locked, filed and opened again."""

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from jianfu.kernel import dates
from jianfu.organisations.states import STAFF, Role
from ledger.desk import year as desk
from ledger.models import Filing, Ledger
from ledger.states import LedgerState
from tests.factories import World
from tests.ledger.forms import YEAR, clerk, office, opened, signed_in, url
from tests.ledger.years import taken, whole, year_at

pytestmark = pytest.mark.usefixtures("stopped_clock")
S = LedgerState


def leader(world: World) -> Any:
    return world.user(Role.LEADER)


def send(ledger: Ledger, user: Any, name: str, **more: str) -> Any:
    data = {"transition": name, "version": str(ledger.version), **more}
    return signed_in(user).post(url("ledger_closing", ledger.year), data, follow=True)


def steps_on_desk(user: Any) -> list[str]:
    return [m.action for m in desk.todo(user, dates.today()) if m.kind != "台账节点"]


FILING = {"body": "市教委师范处", "document_number": "云教委发[2026]05号", "filed_on": "2026年11月20日"}


@pytest.mark.parametrize("role", list(Role))
def test_staff_read_and_nobody_else(world: World, role: Role) -> None:
    opened(world)
    status = signed_in(world.user(role)).get(url("ledger_closing", YEAR)).status_code
    assert status == (200 if role in STAFF else 404)


def test_a_leader_finds_it_on_the_desk_reads_and_signs(world: World) -> None:
    ledger = year_at(S.SUMMARISED, world)
    (matter,) = desk.todo(leader(world), dates.today())
    assert (matter.action, matter.remaining.words) == ("签发", "剩 5 天")
    assert desk.todo_count(leader(world), dates.today()) == 1
    page = signed_in(leader(world)).get(matter.url).content.decode()
    assert "还没有签发过" in page
    assert "统筹进校园活动" in page  # the form itself
    assert 'value="sign"' in page
    assert "已签发" in send(ledger, leader(world), "sign").content.decode()
    ledger.refresh_from_db()
    assert ledger.state == S.SIGNED
    assert desk.todo(leader(world), dates.today()) == []
    assert [matter.action for matter in desk.done(leader(world), dates.today())] == ["查看"]
    assert desk.done_count(leader(world), dates.today()).count() == 1


def test_the_next_year_follows_the_signature(world: World) -> None:
    ledger, other = year_at(S.SUMMARISED, world, 2025), year_at(S.SUMMARISED, world)
    answer = send(ledger, leader(world), "sign")
    assert answer.redirect_chain[-1][0] == other.get_closing_url()


def test_the_office_has_each_next_step_on_the_desk(world: World) -> None:
    ledger = opened(world)
    assert steps_on_desk(office(world)) == []
    ledger.delete()
    ledger = whole(world)
    road = (("summarise", office, "送签"), ("sign", leader, "签发"), ("lock", office, "锁定"))
    for name, by, action in (*road, ("file_", office, "报送")):
        assert steps_on_desk(by(world)) == [action]
        ledger = taken(ledger, name, by(world))
    assert steps_on_desk(office(world)) == []
    assert desk.todo_count(clerk(world), dates.today()) == 0


def test_a_return_keeps_the_typed_words_until_there_are_some(world: World) -> None:
    ledger = year_at(S.SUMMARISED, world)
    assert "填写退回原因" in send(ledger, leader(world), "return_", note="").content.decode()
    page = send(ledger, leader(world), "return_", note="请核对第 8 项").content.decode()
    assert "已退回台账汇总人" in page
    assert "请核对第 8 项" in page
    ledger.refresh_from_db()
    assert ledger.is_open


def test_filing_is_offered_with_the_body_of_the_district(world: World) -> None:
    ledger = year_at(S.LOCKED, world)
    page = signed_in(office(world)).get(ledger.get_closing_url()).content.decode()
    assert world.district.filing_body in page
    page = send(ledger, office(world), "file_", **{**FILING, "document_number": ""}).content.decode()
    assert "填写备案文号" in page
    assert 'value="市教委师范处"' in page
    page = send(ledger, office(world), "file_", **FILING).content.decode()
    assert "云教委发〔2026〕5号" in page
    assert "还没有回执" in page


def test_the_receipt_is_entered_later(world: World, stranger_world: World) -> None:
    kept = year_at(S.FILED, world).filings.get()
    address = url("filing_receipt", kept.pk)
    data = {"version": str(kept.version), "receipt_number": "市教函[2026]012号", "received_by": "罗老师"}
    assert signed_in(office(stranger_world)).get(address).status_code == 404
    assert signed_in(clerk(world)).post(address, data).status_code == 403
    assert "至少一项" in signed_in(office(world)).post(address, {"version": data["version"]}).content.decode()
    assert signed_in(office(world)).post(address, data).status_code == 302
    assert Filing.objects.get(pk=kept.pk).receipt_number == "市教函〔2026〕12号"
    assert "刚刚被别人登记过" in signed_in(office(world)).post(address, data).content.decode()


def test_what_was_seen_is_what_is_signed(world: World) -> None:
    ledger = year_at(S.SUMMARISED, world)
    stale = Ledger.objects.get(pk=ledger.pk)
    ledger = taken(ledger, "return_", world.user(Role.LEADER, key="second leader"), note="请核对")
    taken(ledger, "summarise", office(world))
    page = send(stale, leader(world), "sign").content.decode()
    assert "刚刚被别人改动过" in page
    ledger.refresh_from_db()
    assert ledger.state == S.SUMMARISED


def test_the_reopened_year_says_so_everywhere(world: World) -> None:
    ledger = taken(year_at(S.FILED, world), "reopen", office(world), note="市里要求更正第 8 项")
    client = signed_in(clerk(world))
    for name in ("ledger_detail", "ledger_closing", "ledger_print"):
        assert "2026年11月20日重新打开" in client.get(url(name, YEAR)).content.decode(), name
    page = client.get(ledger.get_closing_url()).content.decode()
    assert "云教委发〔2026〕5号" in page
    assert "市里要求更正第 8 项" in page
    assert "签发" in page


def test_what_is_no_step_is_answered_in_words(world: World) -> None:
    ledger = opened(world)
    assert "选择要办理的步骤" in send(ledger, office(world), "nonsense").content.decode()
    assert "只有“已签发”时才能锁定台账" in send(ledger, office(world), "lock").content.decode()


@pytest.mark.parametrize("rounds", [1, 3])
@pytest.mark.usefixtures("own_queries_only")
def test_the_page_costs_the_same_after_any_number_of_rounds(
    world: World, django_assert_num_queries: DjangoAssertNumQueries, rounds: int
) -> None:
    ledger = year_at(S.SIGNED, world)
    for _ in range(rounds - 1):
        ledger = taken(ledger, "reopen", office(world), note="更正")
        ledger = taken(taken(ledger, "summarise", office(world)), "sign", leader(world))
    client = signed_in(office(world))
    client.get(ledger.get_closing_url())
    with django_assert_num_queries(19):
        client.get(ledger.get_closing_url())
