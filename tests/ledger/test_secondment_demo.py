"""The demonstration's borrowed teachers, played through the services, give the promised numbers."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from jianfu.kernel.indicators import INDICATORS
from jianfu.organisations.models import District, Organisation, Person
from jianfu.organisations.services import grant_role
from jianfu.organisations.states import Kind, Role
from ledger.demo import secondment as demo
from ledger.models import Secondment
from ledger.selectors import secondment as selectors
from tests.factories import add_account
from tests.fixtures.demonstration import DEMO, ORGANISATIONS

pytestmark = pytest.mark.django_db


@pytest.fixture
def played(settings: Any) -> dict[str, Any]:
    settings.JIANFU_TODAY = date(2026, 11, 21)
    district = District.objects.create(code="yunling", name="云岭区")
    places = {
        code: Organisation.objects.create(
            district=district,
            kind=Kind(row["kind"]),
            name=row["name"],
            handles_secondments=row.get("handles_secondments", False),
        )
        for code, row in ORGANISATIONS.items()
    }
    personnel = places["section-personnel"]
    clerk = Person.objects.create(district=district, name="郑堃", organisation=personnel)
    grant_role(person=clerk, organisation=personnel, role=Role.SECTION_CLERK, by=None)
    context = {
        "district": district,
        "folder": Path(DEMO),
        "organisations": places,
        "users": {"zhengkun": add_account(clerk)},
    }
    demo.load(context)
    return context


def test_the_promised_numbers(played: dict[str, Any]) -> None:
    numbers = {
        (code, year): INDICATORS[code].measure(played["district"], year).value
        for code in ("I13a", "I4")
        for year in (2025, 2026)
    }
    assert numbers == {("I13a", 2025): 8, ("I13a", 2026): 6, ("I4", 2025): 2, ("I4", 2026): 1}
    assert INDICATORS["I13b"].measure(played["district"], 2026).value == 2


def test_every_case_is_shown(played: dict[str, Any]) -> None:
    found = selectors.counts(Secondment.objects.all(), date(2026, 11, 21), 2026)
    assert (found.away, found.ending, found.overdue, found.people) == (5, 1, 1, 6)


def test_loading_again_adds_nothing(played: dict[str, Any]) -> None:
    demo.load(played)
    assert Secondment.objects.count() == 17
