"""A handout from its order to its end: one file, whole or not at all, for one person, for some days."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse

from jianfu.audit.models import Event
from jianfu.handouts.models import Handout
from jianfu.handouts.selectors import words_of
from jianfu.handouts.services import line, making, ordering
from jianfu.handouts.states import HandoutState as State
from jianfu.kernel import dates
from jianfu.kernel.decisions import Refused
from jianfu.organisations.models import Membership
from jianfu.organisations.states import Role
from tests.factories import World

from .samples import KIND, ROWS, after, ordered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("calls")]


def stored(settings: Any) -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def fresh(handout: Handout) -> Handout:
    return Handout.objects.get(pk=handout.pk)


def made(by: Any, **about: str) -> Handout:
    handout = ordered(by, **about)
    making.work()
    return fresh(handout)


def test_a_file_is_made_and_handed_out(clerk: Any, client: Any, settings: Any) -> None:
    handout = made(clerk, query="year=2026")
    assert (handout.state, handout.done, handout.size) == (State.READY, 2 * ROWS, 4 * ROWS)
    client.force_login(clerk)
    answer = client.get(reverse("handouts:handout_file", args=[handout.pk]))
    assert b"".join(answer.streaming_content) == b"row\n" * ROWS
    assert answer["Content-Type"] == "application/pdf"
    assert "attachment" in answer["Content-Disposition"]
    assert fresh(handout).taken_at
    event = Event.objects.get(action="sample.exported")
    assert event.data == {"rows": ROWS, "query": "year=2026", "kind": "pdf", "sha256": handout.digest}
    assert (event.actor_id, event.target_id) == (clerk.pk, str(handout.pk))
    client.get(reverse("handouts:handout_file", args=[handout.pk]))
    assert Event.objects.filter(action="sample.exported").count() == 2
    assert len(stored(settings)) == 1


def test_progress_is_what_the_process_told(clerk: Any) -> None:
    handout = ordered(clerk)
    said: list[tuple[str, int | None]] = []

    def look() -> None:
        now = fresh(handout)
        said.append((now.counted, now.seconds_left(now.begun_at + timedelta(seconds=10))))

    for number in (2, ROWS, ROWS + 3):
        after[number] = [look]
    making.work()
    assert said == [(f"已读 2/{ROWS} 行", 50), (f"已写 0/{ROWS} 行", 10), (f"已写 3/{ROWS} 行", 3)]


def test_what_cannot_be_made_leaves_words_and_no_file(clerk: Any, settings: Any) -> None:
    handout = made(clerk, trouble="disk")
    assert (handout.state, handout.error) == (State.FAILED, making.UNMADE)
    assert not handout.file
    assert stored(settings) == []
    assert "disk" not in handout.error


def test_rights_are_asked_again_when_it_is_made(clerk: Any) -> None:
    with pytest.raises(Refused, match="只供台账汇总人"):
        ordered(clerk, role=Role.LEDGER_OFFICE)
    handout = ordered(clerk, role=Role.SECTION_CLERK)
    Membership.objects.filter(person=clerk.person).update(role=Role.SCHOOL)
    making.work()
    assert (fresh(handout).state, fresh(handout).error) == (State.FAILED, "只供台账汇总人导出。")


@pytest.mark.parametrize("about", [{"role": Role.SECTION_CLERK}, {}])
def test_rights_are_asked_again_when_it_is_taken(clerk: Any, client: Any, about: dict[str, str]) -> None:
    """By the maker where it asks for a role, and anyway where the person is not any more who they were."""
    handout = made(clerk, **about)
    Membership.objects.filter(person=clerk.person).update(role=Role.SCHOOL)
    client.force_login(clerk)
    answer = client.get(reverse("handouts:handout_file", args=[handout.pk]))
    assert answer.status_code == 409
    assert "角色或单位变了" in answer.content.decode()
    assert not Event.objects.filter(action="sample.exported").exists()


def test_what_the_maker_hides_later_is_not_handed_out(clerk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    handout = made(clerk)
    monkeypatch.setattr("jianfu.kernel.exports.makers._items", {KIND: lambda _about, _by: None})
    with pytest.raises(Refused, match="已经看不到"):
        ordering.take(handout=handout, by=type(clerk).objects.get(pk=clerk.pk))


def test_nobody_else_sees_it(clerk: Any, office: Any, client: Any) -> None:
    handout = made(clerk)
    client.force_login(office)
    for name in ("detail", "state", "file"):
        assert client.get(reverse(f"handouts:handout_{name}", args=[handout.pk])).status_code == 404
    answer = client.post(reverse("handouts:handout_act", args=[handout.pk]), {"act": "discard"})
    assert answer.status_code == 404
    assert handout.title not in client.get(reverse("handouts:handout_list")).content.decode()
    with pytest.raises(Refused):
        ordering.take(handout=handout, by=office)


def test_the_same_thing_twice_is_one(clerk: Any, office: Any) -> None:
    first = ordered(clerk, query="a")
    assert ordered(clerk, query="a").pk == first.pk
    assert ordered(clerk, query="b").pk != first.pk
    assert ordered(office, query="a").pk != first.pk
    making.work()
    assert ordered(clerk, query="a").pk != first.pk  # the records may have changed


def test_nobody_fills_the_line_alone(clerk: Any) -> None:
    for number in range(ordering.AT_MOST):
        ordered(clerk, query=str(number))
    with pytest.raises(Refused, match="最多 5 份"):
        ordered(clerk, query="one more")


def test_a_place_in_the_line(clerk: Any, office: Any, settings: Any) -> None:
    settings.JIANFU_EXPORTS_AT_ONCE = 1
    first, second, third = ordered(clerk, query="1"), ordered(office), ordered(clerk, query="3")
    assert line.next_one().pk == first.pk
    assert line.next_one() is None  # no place is free
    assert [words_of(fresh(one)) for one in (second, third)] == [
        "排队第 1 位，共 6 行",
        "排队第 2 位，共 6 行",
    ]
    assert words_of(fresh(first)) == "已读 0/6 行"


def test_a_process_is_sent_for_once(clerk: Any, office: Any, calls: list[Any], settings: Any) -> None:
    settings.JIANFU_EXPORTS_AT_ONCE = 2
    ordered(clerk)
    line.call()
    assert calls == [("handouts", "work")]
    with dates.as_of(dates.now() + line.CALLED_ANEW + timedelta(seconds=1)):
        line.call()  # it never came
    assert len(calls) == 2
    ordered(office)
    assert len(calls) == 3


def test_taken_back_while_it_is_made(clerk: Any, settings: Any) -> None:
    handout = ordered(clerk)
    after[3] = [lambda: ordering.cancel(handout=fresh(handout), by=clerk)]
    after[4] = [lambda: pytest.fail("it went on")]
    making.work()
    assert fresh(handout).state == State.CANCELLED
    assert stored(settings) == []


def test_taken_back_at_the_last_moment(clerk: Any, settings: Any) -> None:
    """After the last row, before the file is in its place: nothing is handed out."""
    handout = ordered(clerk)
    after[2 * ROWS] = [lambda: ordering.cancel(handout=fresh(handout), by=clerk)]
    making.work()
    assert fresh(handout).state == State.CANCELLED
    assert stored(settings) == []


def test_another_attempt_is_not_finished_by_the_first_one(clerk: Any) -> None:
    """Taken back and begun again: the old process, if it still runs, is told that it is not wanted."""
    handout = ordered(clerk)

    def begin_again() -> None:
        ordering.cancel(handout=fresh(handout), by=clerk)
        ordering.again(handout=fresh(handout), by=clerk)
        assert line.next_one().pk == handout.pk

    after[3] = [begin_again]
    after[4] = [lambda: pytest.fail("it went on")]
    making.work()
    assert (fresh(handout).state, fresh(handout).done) == (State.MAKING, 0)


def test_a_process_that_died_says_so_and_can_be_sent_again(clerk: Any, client: Any) -> None:
    handout = ordered(clerk)
    line.next_one()
    page = reverse("handouts:handout_detail", args=[handout.pk])
    client.force_login(clerk)
    assert "生成中" in client.get(page).content.decode()
    with dates.as_of(dates.now() + ordering.SILENT + timedelta(seconds=1)):
        shown_page = client.get(page).content.decode()
    assert ordering.DIED in shown_page
    assert "重新生成" in shown_page
    client.post(reverse("handouts:handout_act", args=[handout.pk]), {"act": "again"})
    making.work()
    assert fresh(handout).state == State.READY


def test_days_are_over(clerk: Any, client: Any, settings: Any) -> None:
    handout = made(clerk)
    with dates.as_of(handout.expires_at - timedelta(seconds=1)):
        assert ordering.clear_expired() == 0
    assert handout.expires_at - handout.state_entered_at >= timedelta(days=6, hours=23)
    with dates.as_of(handout.expires_at):
        ordered(clerk, query="another")
    assert (fresh(handout).state, stored(settings)) == (State.EXPIRED, [])
    client.force_login(clerk)
    answer = client.get(reverse("handouts:handout_file", args=[handout.pk]))
    assert (answer.status_code, "已清理" in answer.content.decode()) == (409, True)


def test_a_file_is_deleted_when_its_owner_says_so(clerk: Any, settings: Any) -> None:
    ordering.discard(handout=made(clerk), by=clerk)
    assert stored(settings) == []


def test_what_a_killed_process_left_behind_goes(clerk: Any, settings: Any, capsys: Any) -> None:
    handout = made(clerk)
    orphan = Path(settings.MEDIA_ROOT) / "handouts" / "orphan"
    orphan.write_bytes(b"half")
    call_command("handouts", "clear")
    assert orphan.exists()  # it may just be being written
    with dates.as_of(dates.now() + ordering.FORGOTTEN + timedelta(hours=1)):
        call_command("handouts", "clear")
    assert not orphan.exists()
    assert handout.file.storage.exists(handout.file.name)
    assert "1 份没有登记的文件" in capsys.readouterr().out


def test_the_desk_tells_until_it_is_taken(clerk: Any, client: Any) -> None:
    client.force_login(clerk)
    handout = made(clerk)
    assert f"导出完成：{handout.name}" in client.get(reverse("desk")).content.decode()
    client.get(reverse("handouts:handout_file", args=[handout.pk]))
    assert "导出完成" not in client.get(reverse("desk")).content.decode()


def test_the_page_is_followed_with_and_without_a_script(clerk: Any, client: Any) -> None:
    client.force_login(clerk)
    handout = ordered(clerk)
    page = client.get(handout.get_absolute_url()).content.decode()
    assert '<noscript><meta http-equiv="refresh"' in page
    assert 'role="progressbar"' in page
    assert "progress.js" in page
    said = client.get(reverse("handouts:handout_state", args=[handout.pk])).json()
    assert said == {"state": "waiting", "words": "排队第 1 位，共 6 行", "done": 0}
    making.work()
    page = client.get(handout.get_absolute_url()).content.decode()
    assert "http-equiv" not in page
    assert reverse("handouts:handout_file", args=[handout.pk]) in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same(
    clerk: Any, client: Any, django_assert_num_queries: Any, monkeypatch: pytest.MonkeyPatch, rows: int
) -> None:
    for number in range(rows):
        made(clerk, query=str(number))
    monkeypatch.setattr("jianfu.context_processors.todo_count", lambda _request: 0)
    client.force_login(clerk)
    client.get(reverse("handouts:handout_list"))
    with django_assert_num_queries(8):
        client.get(reverse("handouts:handout_list"))


def test_what_stays_in_history_and_trail_names_no_filter(clerk: Any) -> None:
    handout = made(clerk, query="q=李敏", title="云岭区样表")
    told = str(list(handout.history.values())) + str(
        list(Event.objects.filter(action__startswith="handout.").values_list("target_name", "data"))
    )
    assert "李敏" not in told


def test_short_ones_are_handed_out_at_once(world: World, clerk: Any) -> None:
    from jianfu.handouts.services import deliver

    answer = deliver(kind=KIND, about={"rows": "3"}, by=clerk)
    assert answer.content == b"row\n" * 3
    assert not Handout.objects.exists()
    assert Event.objects.get(action="sample.exported").data["rows"] == 3
    answer = deliver(kind=KIND, about={"rows": "4"}, by=clerk)
    assert answer.url == Handout.objects.get().get_absolute_url()
