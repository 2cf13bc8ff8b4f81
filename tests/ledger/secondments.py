"""Borrowed teachers to test with; the clock stands at `TODAY`."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.test import Client

from jianfu.organisations.models import User
from jianfu.organisations.states import Role
from ledger.models import Secondment
from ledger.services import secondment as services
from tests.factories import World

TODAY = date(2026, 11, 20)
NAME = "欧阳文婷"
LIST = "/ledger/secondments/"

USUAL: dict[str, Any] = {
    "borrowing_unit_name": "区消防救援支队",
    "work_item": "消防安全宣传专班",
    "kind": "task_force",
    "starts_on": date(2026, 7, 1),
    "ends_on": date(2026, 12, 31),
    "approving_body": "中共云岭区委",
    "document_number": "云委〔2026〕5号",
    "filing_body": "中共云岭区委",
    "filed_on": date(2026, 6, 28),
    "teacher_consented": True,
    "school_consented": True,
    "subject": "",
    "is_head_teacher": False,
    "establishment": "established",
    "extension_reason": "",
    "note": "",
}


def keeper(world: World) -> User:
    """A clerk of 组织人事科."""
    return world.user(Role.SECTION_CLERK, place="personnel", key="keeper")


def borrow(world: World, *, name: str = NAME, school: str = "school", **more: Any) -> Secondment:
    return services.add_secondment(
        school=world.place(school), teacher_name=name, details={**USUAL, **more}, by=keeper(world)
    )


def give_back(world: World, record: Secondment, day: date, reason: str = "") -> Secondment:
    return services.record_return(
        secondment=record,
        returned_on=day,
        extension_reason=reason,
        expected_version=record.version,
        by=keeper(world),
    )


def posted(world: World, **more: Any) -> dict[str, Any]:
    """The form as a browser sends it for the usual borrowing; None leaves a field out."""
    data = {
        "school": world.place("school").pk,
        "teacher_name": NAME,
        "borrowing_unit_name": "区消防救援支队",
        "work_item": "消防安全宣传专班",
        "kind": "task_force",
        "starts_on": "2026年7月1日",
        "approving_body": "中共云岭区委",
        **more,
    }
    return {name: value for name, value in data.items() if value is not None}


def get(by: User | None, url: str) -> Any:
    client = Client(raise_request_exception=True)
    if by:
        client.force_login(by)
    return client.get(url)


def post(by: User, url: str, data: dict[str, Any]) -> Any:
    client = Client()
    client.force_login(by)
    return client.post(url, data)


def page(by: User | None, url: str) -> str:
    answer = get(by, url)
    assert answer.status_code == 200, (answer.status_code, url)
    return answer.content.decode()
