"""Records behind the figures of a ledger, in bulk: borrowed teachers and the items of six registers."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from jianfu.organisations.models import Organisation, Person
from jianfu.organisations.states import Kind
from ledger.models import Channel, DataReuse, Duty, Gathering, RefusedRequest, ReportForm, Secondment
from ledger.states import COUNTED_KINDS, ENDING, SecondmentKind

from .generator import BATCH, FORMS, THEMES, Filled

SHARES = 7  # the registers and the borrowed teachers have as many each
Details = Callable[[random.Random], dict[str, Any]]

REGISTERS: dict[Any, Details] = {
    ReportForm: lambda _chance: {"issuer": "区应急局", "frequency": "monthly"},
    Channel: lambda _chance: {"kind": "group", "platform": "微信", "owner": "区应急局"},
    Gathering: lambda chance: {
        "kind": chance.choice(("training", "meeting")),
        "organiser": "区公安分局",
        "people": chance.randrange(5, 60),
        "is_related": chance.random() < 0.5,
    },
    Duty: lambda chance: {"kind": chance.choice(("special", "city", "exam")), "issuer": "区文明办"},
    DataReuse: lambda chance: {
        "requester": "区人社局",
        "source": "教师系统",
        "times": chance.randrange(1, 40),
    },
    RefusedRequest: lambda _chance: {"asker": "石板滩街道", "reason": "与教育教学无关"},
}


def fill_registers(filled: Filled, rows: int, seed: int = 5) -> int:
    """About ``rows`` records of six years; returns how many. Again it adds nothing."""
    of_each, chance = max(rows // SHARES, 1), random.Random(seed)
    places = Organisation.objects.filter(district=filled.district)
    section, school = places.filter(kind=Kind.SECTION)[0], places.filter(kind=Kind.SCHOOL)[0]
    if not Secondment.objects.filter(district=filled.district).exists():
        _secondments(filled, school, of_each, chance)
        for model, details in REGISTERS.items():
            more = {"refused_by": school} if model is RefusedRequest else {}
            items = (_item(model, filled, section, chance, **details(chance), **more) for _ in range(of_each))
            _in_batches(model, items)
    return of_each * (len(REGISTERS) + 1)


def _item(model: Any, filled: Filled, section: Organisation, chance: random.Random, **details: Any) -> Any:
    begun = date(2021, 1, 1) + timedelta(days=chance.randrange(2100))
    ended = begun + timedelta(days=chance.randrange(1, 900)) if chance.random() < 0.6 else None
    return model(
        district=filled.district,
        section=section,
        name=f"{chance.choice(THEMES)}{chance.choice(FORMS)}",
        begun_on=begun,
        ended_on=ended,
        verdict=chance.choice(sorted(ENDING)) if ended else "",
        **details,
    )


def _secondments(filled: Filled, school: Organisation, count: int, chance: random.Random) -> None:
    people = (Person(district=filled.district, name=f"教师{n}", organisation=school) for n in range(count))
    _in_batches(Person, people)
    teachers = list(Person.objects.filter(district=filled.district, name__startswith="教师"))
    kinds = sorted({*COUNTED_KINDS, SecondmentKind.ROTATION})

    def records() -> Iterator[Secondment]:
        for _ in range(count):
            starts = date(2021, 1, 1) + timedelta(days=chance.randrange(2100))
            ends = starts + timedelta(days=chance.randrange(10, 180))
            yield Secondment(
                district=filled.district,
                teacher=chance.choice(teachers),
                school=school,
                borrowing_unit_name="区消防救援支队",
                work_item="专班",
                kind=chance.choice(kinds),
                starts_on=starts,
                ends_on=ends,
                returned_on=ends + timedelta(days=1),
            )

    _in_batches(Secondment, records())


def _in_batches(model: Any, rows: Iterator[Any]) -> None:
    model.objects.bulk_create(rows, batch_size=BATCH)
