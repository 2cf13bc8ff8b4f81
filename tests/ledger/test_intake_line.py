"""Several uploads at once: a few processes read, the others wait in line and are told their place."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from jianfu.kernel import dates
from jianfu.kernel.intake import targets
from jianfu.organisations.states import Role
from ledger.models import Intake
from ledger.services import intake as services
from ledger.services import intake_line, intake_process, intake_reading
from ledger.states import IntakeState
from tests.factories import World, build_world

from .forms import opened, signed_in, url
from .intakes import PURPOSE, register, uploaded
from .test_form_concurrency import at_once

AT_ONCE = 2


@pytest.fixture
def started(settings: Any, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The uploads for which a process was started; it does not come to anything by itself."""
    settings.JIANFU_READINGS_AT_ONCE = AT_ONCE
    found: list[int] = []
    monkeypatch.setattr(intake_process, "start", lambda _act, intake: found.append(intake.pk))
    register()
    return found


def upload_all(world: World, count: int) -> list[Intake]:
    """One of each person, of several 科室."""
    people = [world.user(Role.SECTION_CLERK, key=f"clerk {n}") for n in range(count)]
    return [uploaded(by, (8, f"第{n}件")) for n, by in enumerate(people)]


def states() -> list[str]:
    return list(Intake.objects.order_by("pk").values_list("state", flat=True))


def words(intake: Intake) -> str:
    """What the bar says to the person who waits."""
    return signed_in(intake.uploaded_by).get(url("intake_state", intake.pk)).json()["words"]


@pytest.mark.usefixtures("read_here")
def test_more_uploads_than_places_start_no_more_processes(world: World, started: list[int]) -> None:
    opened(world)
    uploads = upload_all(world, AT_ONCE + 2)
    assert started == [each.pk for each in uploads[:AT_ONCE]]
    assert states() == [IntakeState.READING] * AT_ONCE + [IntakeState.WAITING] * 2
    third, fourth = uploads[AT_ONCE:]
    assert (words(third), words(fourth)) == ("下一个就读这个文件", "前面还有 1 个文件")
    page = signed_in(fourth.uploaded_by).get(fourth.get_absolute_url()).content.decode()
    assert "等待读取：" in page
    assert "前面还有 1 个文件" in page


@pytest.mark.usefixtures("read_here")
def test_a_process_goes_on_with_the_next_in_line(world: World, started: list[int]) -> None:
    opened(world)
    uploads = upload_all(world, AT_ONCE + 2)
    intake_reading.run("read", started[0])
    assert states() == [IntakeState.READ, IntakeState.READING, IntakeState.READ, IntakeState.READ]
    assert started == [each.pk for each in uploads[:AT_ONCE]]


@pytest.mark.usefixtures("read_here")
def test_who_uploads_again_and_again_starts_no_more_processes(world: World, started: list[int]) -> None:
    opened(world)
    by = world.user(Role.SECTION_CLERK)
    for number in range(AT_ONCE + 1):
        uploaded(by, (8, f"第{number}件"))
    assert len(started) == AT_ONCE
    assert states() == [IntakeState.DISCARDED] * AT_ONCE + [IntakeState.WAITING]
    assert words(Intake.objects.latest("pk")) == "下一个就读这个文件"
    intake_reading.run("read", started[0])
    assert states() == [IntakeState.DISCARDED] * AT_ONCE + [IntakeState.READ]


@pytest.mark.usefixtures("read_here")
def test_a_file_that_is_given_up_is_not_read_to_its_end(
    world: World, started: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(world)
    intake = uploaded(world.user(Role.SECTION_CLERK), (8, "甲"))
    real = intake_reading.reading.read

    def given_up_meanwhile(*given: Any, **more: Any) -> Any:
        services.discard(intake=intake, by=intake.uploaded_by)
        return real(*given, **more)

    monkeypatch.setattr(intake_reading.reading, "read", given_up_meanwhile)
    monkeypatch.setattr(targets[PURPOSE], "read", lambda *_given: pytest.fail("read to its end"))
    intake_reading.run("read", intake.pk)
    intake.refresh_from_db()
    assert (intake.state, intake.progress) == (IntakeState.DISCARDED, intake_line.ENDED)


@pytest.mark.usefixtures("read_here")
def test_the_place_of_a_process_that_died_is_taken(world: World, started: list[int]) -> None:
    opened(world)
    *_, third = upload_all(world, AT_ONCE + 1)
    with dates.as_of(third.state_entered_at + intake_line.READ_LATE - timedelta(seconds=5)):
        assert services.settle(third).state == IntakeState.WAITING
    with dates.as_of(third.state_entered_at + intake_line.READ_LATE + timedelta(seconds=5)):
        assert services.settle(third).state == IntakeState.READING
    assert started[-1] == third.pk


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_who_asks_at_once_begins_no_more_than_there_are_places(
    started: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    world = build_world()
    opened(world)
    with monkeypatch.context() as nobody:
        nobody.setattr(intake_line, "call", lambda: None)
        upload_all(world, AT_ONCE + 2)
    assert states() == [IntakeState.WAITING] * (AT_ONCE + 2)
    at_once(*[intake_line.call] * 4)
    assert sorted(states()) == sorted([IntakeState.READING] * AT_ONCE + [IntakeState.WAITING] * 2)
    assert len(started) == AT_ONCE
