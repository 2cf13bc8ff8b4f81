"""An upload from its arrival to its end: read apart, looked at, confirmed or not; nothing is half written."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from jianfu.audit.models import Event
from jianfu.kernel import dates
from jianfu.kernel.decisions import Conflicted, Refused
from jianfu.organisations.states import Role
from ledger.models import Intake, Ledger
from ledger.services import intake as services
from ledger.services import intake_process
from ledger.services.filling import EntryInput, save_row
from ledger.states import IntakeState
from tests.factories import World

from .forms import clerk, office, opened, row_of, signed_in, url
from .intakes import PURPOSE, register, uploaded, workbook_of

pytestmark = pytest.mark.usefixtures("read_here")


@pytest.fixture
def ledger(world: World) -> Ledger:
    register()
    return opened(world)


def stored(settings: Any) -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def names(ledger: Ledger, number: int) -> list[str]:
    return list(row_of(ledger, number).entries.values_list("name", flat=True))


def test_nothing_is_written_before_it_is_confirmed(world: World, ledger: Ledger, settings: Any) -> None:
    intake = uploaded(clerk(world), (8, "消防宣讲"), (99, "没有的"))
    assert (intake.state, intake.progress) == (IntakeState.READ, 100)
    assert [p.words for p in intake.read_plan().problems] == ["没有第 99 项"]
    assert names(ledger, 8) == []
    assert len(stored(settings)) == 1
    done = services.confirm(intake=intake, by=clerk(world))
    assert (done.state, done.result) == (IntakeState.CONFIRMED, "已写入 1 项")
    assert names(ledger, 8) == ["消防宣讲"]
    assert stored(settings) == []


def test_what_is_left_behind_in_history_and_trail(world: World, ledger: Ledger) -> None:
    by = clerk(world)
    intake = services.confirm(intake=uploaded(by, (8, "消防宣讲")), by=by)
    acts = list(
        Event.objects.filter(action__startswith="intake.").order_by("pk").values_list("action", flat=True)
    )
    assert acts == ["intake.upload", "intake.begin", "intake.understand", "intake.confirm"]
    assert Event.objects.get(action="intake.upload").data["sha256"] == intake.digest
    assert Event.objects.filter(action="ledger_row.fill").count() == 1
    assert list(intake.history.order_by("history_id").values_list("state", flat=True)) == [
        "waiting", "reading", "read", "confirmed",
    ]  # fmt: skip
    said = " ".join(str(event.__dict__) for event in Event.objects.filter(action__startswith="intake."))
    assert "样表.xlsx" not in said, "people put other people's names into file names"


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7", workbook_of((8, "甲"))[:-60], b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]
)
def test_a_refused_file_says_why_and_is_gone(
    world: World, ledger: Ledger, settings: Any, content: bytes
) -> None:
    intake = uploaded(clerk(world), content=content)
    assert intake.state == IntakeState.FAILED
    assert intake.error
    assert stored(settings) == []


def test_a_plan_that_may_not_be_confirmed(world: World, ledger: Ledger) -> None:
    for lines in ([(8, "甲"), ("停", "乙")], [(99, "没有的")]):
        intake = uploaded(clerk(world), *lines)
        with pytest.raises(Refused):
            services.confirm(intake=intake, by=clerk(world))
        assert names(ledger, 8) == []


def test_conflicts_are_written_only_where_they_are_chosen(world: World, ledger: Ledger) -> None:
    by = clerk(world)
    intake = uploaded(by, (8, "甲"), (8, "!乙"), (8, "!丙"))
    done = services.confirm(intake=intake, by=by, chosen=["k3", "k1", "nonsense"])
    assert done.chosen == ["k3"]
    assert names(ledger, 8) == ["甲", "!丙"]


def test_a_row_that_moved_on_since_the_preview(world: World, ledger: Ledger) -> None:
    """All or nothing: the other row of the file is not written either; read again, it goes through."""
    by = clerk(world)
    intake = uploaded(by, (6, "甲"), (8, "乙"))
    save_row(row=row_of(ledger, 8), by=by, entries=[EntryInput(kind="held", name="先来的")])
    with pytest.raises(Conflicted):
        services.confirm(intake=intake, by=by)
    assert (names(ledger, 6), names(ledger, 8)) == ([], ["先来的"])
    intake.refresh_from_db()
    again = services.again(intake=intake, by=by)
    services.confirm(intake=Intake.objects.get(pk=again.pk), by=by)
    assert (names(ledger, 6), names(ledger, 8)) == (["甲"], ["先来的", "乙"])


def test_confirming_twice_writes_once(world: World, ledger: Ledger) -> None:
    by = clerk(world)
    intake = uploaded(by, (8, "甲"))
    services.confirm(intake=intake, by=by)
    with pytest.raises(Refused):
        services.confirm(intake=intake, by=by)
    assert names(ledger, 8) == ["甲"]


def test_a_new_upload_gives_up_the_earlier_one(world: World, ledger: Ledger, settings: Any) -> None:
    first = uploaded(clerk(world), (8, "甲"))
    second = uploaded(clerk(world), (8, "乙"))
    first.refresh_from_db()
    assert (first.state, second.state) == (IntakeState.DISCARDED, IntakeState.READ)
    assert first.plan is None
    assert len(stored(settings)) == 1


def test_an_upload_that_nobody_confirms_expires(world: World, ledger: Ledger, settings: Any) -> None:
    intake = uploaded(clerk(world), (8, "甲"))
    last = intake.expires_at
    with dates.as_of(last - timedelta(seconds=1)):
        assert services.clear_expired() == 0
    with dates.as_of(last):
        assert services.clear_expired() == 1
    intake.refresh_from_db()
    assert intake.state == IntakeState.EXPIRED
    assert intake.plan is None
    assert stored(settings) == []


def test_a_process_that_died_is_told(world: World, ledger: Ledger, monkeypatch: Any) -> None:
    monkeypatch.setattr(intake_process, "start", lambda *_given: None)
    intake = uploaded(clerk(world), (8, "甲"))
    with dates.as_of(intake.state_entered_at + services.READ_LATE):
        assert services.settle(intake).state == IntakeState.READING
    with dates.as_of(intake.state_entered_at + services.READ_LATE + timedelta(seconds=1)):
        found = services.settle(intake)
    assert (found.state, found.error) == (IntakeState.FAILED, services.DIED)


def test_writing_that_died_can_be_confirmed_again(world: World, ledger: Ledger, monkeypatch: Any) -> None:
    by = clerk(world)
    intake = uploaded(by, (8, "甲"))
    monkeypatch.setattr(services, "AT_ONCE", 0)
    monkeypatch.setattr(intake_process, "start", lambda *_given: None)
    writing = services.confirm(intake=intake, by=by)
    assert writing.state == IntakeState.WRITING
    with dates.as_of(writing.state_entered_at + services.WRITE_LATE + timedelta(seconds=1)):
        found = services.settle(writing)
    assert (found.state, found.error) == (IntakeState.READ, services.DIED_WRITING)
    monkeypatch.undo()
    services.confirm(intake=found, by=by)
    assert names(ledger, 8) == ["甲"]


def test_a_long_plan_is_written_beside_the_server(world: World, ledger: Ledger, monkeypatch: Any) -> None:
    by = clerk(world)
    monkeypatch.setattr(services, "AT_ONCE", 0)
    intake = services.confirm(intake=uploaded(by, (8, "甲")), by=by)
    intake.refresh_from_db()
    assert intake.state == IntakeState.CONFIRMED
    assert names(ledger, 8) == ["甲"]


def test_what_is_refused_while_writing_beside_is_told(world: World, ledger: Ledger, monkeypatch: Any) -> None:
    by = clerk(world)
    intake = uploaded(by, (8, "甲"))
    save_row(row=row_of(ledger, 8), by=by, entries=[EntryInput(kind="held", name="先来的")])
    monkeypatch.setattr(services, "AT_ONCE", 0)
    services.confirm(intake=intake, by=by)
    intake.refresh_from_db()
    assert intake.state == IntakeState.READ
    assert "别人刚刚保存过" in intake.error


def test_too_large_is_never_stored(world: World, ledger: Ledger, settings: Any) -> None:
    file = SimpleUploadedFile("a.xlsx", b"x")
    file.size = 21 * 1024 * 1024
    with pytest.raises(Refused, match="最多 20 MB"):
        services.upload(purpose=PURPOSE, about="2026", file=file, by=clerk(world))
    assert stored(settings) == []
    assert not Intake.objects.exists()


def test_who_sees_an_upload(world: World, stranger_world: World, ledger: Ledger) -> None:
    """The uploader and the office of the district; nobody else, and only the uploader may confirm."""
    intake = uploaded(clerk(world), (8, "甲"))
    colleague = world.user(Role.SECTION_CLERK, place="other_section", key="colleague")
    for user, status in [
        (clerk(world), 200),
        (office(world), 200),
        (colleague, 404),
        (world.user(Role.LEADER), 404),
        (stranger_world.user(Role.LEDGER_OFFICE), 404),
    ]:
        client = signed_in(user)
        assert client.get(url("intake_detail", intake.pk)).status_code == status
        assert client.get(url("intake_state", intake.pk)).status_code == status
        if status == 404:
            assert client.post(url("intake_act", intake.pk), {"act": "discard"}).status_code == 404
    sent = {"act": "confirm", "version": intake.version}
    assert (
        "由上传的人确认" in signed_in(office(world)).post(url("intake_act", intake.pk), sent).content.decode()
    )
    assert names(ledger, 8) == []
    signed_in(office(world)).post(url("intake_act", intake.pk), {"act": "discard"})
    intake.refresh_from_db()
    assert intake.state == IntakeState.DISCARDED


def test_through_the_pages(world: World, ledger: Ledger) -> None:
    client = signed_in(clerk(world))
    address = url("intake_add", PURPOSE) + "?about=2026"
    assert "2026年样表" in client.get(address).content.decode()
    assert client.get(url("intake_add", PURPOSE) + "?about=2019").status_code == 404
    assert client.get(url("intake_add", "nothing")).status_code == 404
    assert "上传文件" in client.post(address, {}).content.decode()
    answer = client.post(
        address, {"file": SimpleUploadedFile("样表.xlsx", workbook_of((8, "甲"), (8, "!乙"), (99, "丙")))}
    )
    intake = Intake.objects.get()
    assert answer.url == intake.get_absolute_url()
    assert client.get(url("intake_state", intake.pk)).json() == {
        "state": "read",
        "words": "已完成 100%",
        "done": 100,
    }
    page = client.get(intake.get_absolute_url()).content.decode()
    for words in (
        "将写入 1 处",
        "甲",
        "已有别的内容",
        "!乙",
        "李敏",
        "没有第 99 项",
        "Sheet 第 3 行 B 列",
        "确认写入",
    ):
        assert words in page, words
    stale = client.post(url("intake_act", intake.pk), {"act": "confirm", "version": "1"})
    assert "重新核对过" in stale.content.decode()
    assert names(ledger, 8) == []
    client.post(url("intake_act", intake.pk), {"act": "confirm", "version": intake.version, "chosen": "k2"})
    assert names(ledger, 8) == ["甲", "!乙"]
    assert "已写入 1 项" in client.get(intake.get_absolute_url()).content.decode()


def test_a_page_that_waits_refreshes_itself_without_a_script(
    world: World, ledger: Ledger, monkeypatch: Any
) -> None:
    monkeypatch.setattr(intake_process, "start", lambda *_given: None)
    intake = uploaded(clerk(world), (8, "甲"))
    page = signed_in(clerk(world)).get(intake.get_absolute_url()).content.decode()
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in page
    assert "progress.js" in page


def test_as_many_queries_for_many_changes_as_for_one(
    world: World, ledger: Ledger, own_queries_only: None, django_assert_num_queries: Any
) -> None:
    by = clerk(world)
    for lines in ([(8, "甲")], [(8, "甲"), (6, "乙"), (9, "!丙")]):
        intake = uploaded(by, *lines)
        client = signed_in(by)
        client.get(intake.get_absolute_url())
        with django_assert_num_queries(5):
            client.get(intake.get_absolute_url())
