"""Ledgers of a measured district: opened by the services from the form of 000, filled past them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date

from jianfu.organisations.models import District, Membership, Organisation, Person, User
from jianfu.organisations.states import Kind, Role
from ledger import wording
from ledger.models import Achievement, BlankValue, Ledger, LedgerRow, LedgerTemplate
from ledger.services.opening import open_ledger
from ledger.services.templates import load_templates
from ledger.states import LedgerState, RowState, ValueSource

from .generator import FORMS, THEMES, Filled

TEMPLATE = "wulong-000"
YEARS = (2025, 2026)
REGION = "江州市"
_UNITS = ("项", "次", "场")


def fill_ledgers(filled: Filled, seed: int, years: tuple[int, ...] = YEARS) -> list[Ledger]:
    """Last year's and this year's ledger, every row reported, so that every figure has its comparison."""
    load_templates()
    template = LedgerTemplate.objects.newest().get(code=TEMPLATE)
    by = filled.users[Role.LEDGER_OFFICE]
    chance = random.Random(seed)
    opened = []
    for year in years:
        ledger = open_ledger(template=template, year=year, fill_by=date(year, 12, 20), by=by)
        for row in ledger.rows.all():
            _fill(row, filled, chance)
        opened.append(ledger)
    return opened


def file_to_a_city(neighbours: Sequence[Filled]) -> Filled:
    """Their years filed, and a city of the region with somebody who reads them. Again it changes nothing."""
    districts = [each.district for each in neighbours]
    District.objects.filter(pk__in=[each.pk for each in districts]).update(region=REGION)
    Ledger.objects.filter(district__in=districts, year=YEARS[-1]).update(state=LedgerState.FILED)
    city, made = District.objects.get_or_create(code="city", name=REGION, region=REGION, is_city=True)
    name = f"bench.{Role.CITY_OFFICE}.city"
    if made:
        place = Organisation.objects.create(district=city, kind=Kind.BUREAU, name="市教育局")
        person = Person.objects.create(district=city, name="江涛", organisation=place)
        seat = {"person": person, "organisation": place, "role": Role.CITY_OFFICE}
        Membership.objects.create(**seat, since=date(2020, 1, 1))
        User.objects.create_user(name, None, person=person)
    return Filled(city, {Role.CITY_OFFICE: User.objects.get(username=name)})


def _fill(row: LedgerRow, filled: Filled, chance: random.Random) -> None:
    person = filled.users[Role.SECTION_CLERK].person
    entries = [
        Achievement(
            row=row,
            name=f"{chance.choice(THEMES)}{chance.choice(FORMS)}合并开展",
            quantity=chance.randrange(1, 40),
            unit=chance.choice(_UNITS),
            ratio=chance.randrange(5, 60),
            outcome="减少教师填报材料，学校反映良好。",
            position=position,
            written_by=person,
        )
        for position in range(1, 4)
    ]
    Achievement.objects.bulk_create(entries)
    blanks = list(row.blanks.all())
    for blank in blanks:
        if blank.is_text:
            blank.text = "全国文明城区"
        else:
            blank.number = chance.randrange(1, 90)
        blank.source, blank.confirmed_by = ValueSource.ENTERED, person
    BlankValue.objects.bulk_update(blanks, ["number", "text", "source", "confirmed_by"])
    LedgerRow.objects.filter(pk=row.pk).update(
        implementation="\n".join(wording.implementation(entries)),
        reported_figures=wording.figures(row.figures, {blank.code: blank.words for blank in blanks}),
        state=RowState.SUBMITTED,
    )
