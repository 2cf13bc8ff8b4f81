"""投诉统计: what is hidden from whom, the workbook, and how often a unit was proved wrong."""

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from jianfu.audit.models import Event
from jianfu.kernel import dates
from jianfu.organisations.states import Role
from whitelist.complaints import counting
from whitelist.complaints.screens import repeats

from .complaints import handler, leader, received, walked

FIRE, POLICE, BUREAU = "区消防救援支队", "区公安分局", "云岭区教育委员会"


def counted(user, key="unit", **how):
    today = dates.today()
    table = next(each for each in counting.tables(user, today.year, today, **how) if each.key == key)
    return {line.label: line.cells for line in table.lines}


def several(world, **units):
    for unit, count in units.items():
        for _ in range(count):
            received(world, unit=unit)


def test_small_numbers_are_hidden_from_who_does_not_handle(world):
    several(world, **{FIRE: 2, POLICE: 1, "区教委": 3})
    assert counted(leader(world)) == {FIRE: (None, 0), POLICE: (None, 0), BUREAU: (3, 0)}
    assert counted(handler(world))[FIRE] == (2, 0)


def test_a_single_small_number_takes_the_next_one_with_it(world):
    """Else it would be the sum, which the other tables tell, less the others."""
    several(world, **{FIRE: 2, POLICE: 3})
    assert counted(leader(world)) == {FIRE: (None, 0), POLICE: (None, 0)}


def test_large_numbers_are_told(world):
    several(world, **{FIRE: 3, POLICE: 4})
    assert counted(leader(world)) == {FIRE: (3, 0), POLICE: (4, 0)}


def test_the_file_hides_them_from_everybody_and_says_how_it_counts(world, client):
    several(world, **{FIRE: 2, POLICE: 4})
    by = handler(world)
    client.force_login(by)
    page = client.get(reverse("whitelist:complaint_statistics")).text
    address = reverse("whitelist:complaint_statistics_export", args=["unit"])
    assert f"{address}?year={dates.today().year}" in page
    answer = client.get(address)
    rows = list(load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))
    found = {row[0]: row[1:3] for row in rows if row[0]}
    assert found[FIRE] == ("很少", 0)
    assert counted(by) == {POLICE: (4, 0), FIRE: (2, 0)}
    definition = next(label for label in found if label.startswith("说明"))
    assert "属实、部分属实" in definition
    assert "少于 3 件的写“很少”" in definition
    assert Event.objects.get(action="complaint.statistics_exported").note == "unit"


@pytest.mark.parametrize("role", [Role.APPLICANT, Role.SCHOOL, Role.AUDITOR, Role.EXPERT])
def test_others_get_no_file(world, client, role):
    client.force_login(world.user(role, key="other"))
    address = reverse("whitelist:complaint_statistics_export", args=["unit"])
    assert client.get(address).status_code == 403
    client.force_login(handler(world))
    assert client.get(reverse("whitelist:complaint_statistics_export", args=["school"])).status_code == 404


def test_the_accused_unit_counts_nothing_of_it(world):
    several(world, **{FIRE: 4})
    own = world.user(Role.LEDGER_OFFICE, place="department", key="own")
    assert counted(own) == {}
    assert counted(own, leaves=True) == {}


def test_the_page_says_which_of_the_year_it_is(world, client):
    first, second = walked(world, "find"), walked(world, "find")
    year = dates.today().year
    assert [each["words"] for each in repeats(first)] == [f"{FIRE}{year}年第 1 件查实的反映"]
    assert [each["words"] for each in repeats(second)] == [f"{FIRE}{year}年第 2 件查实的反映"]
    open_one, _code = received(world)
    (told,) = repeats(open_one)
    assert told["words"] == f"{FIRE}{year}年已有 2 件查实的反映"
    client.force_login(handler(world))
    assert told["words"] in client.get(open_one.get_absolute_url()).text
    listed = client.get(told["url"]).text
    assert first.number in listed
    assert second.number in listed
    assert open_one.number not in listed


def test_nothing_is_said_of_a_unit_that_was_never_proved_wrong(world):
    complaint, _code = received(world)
    assert repeats(complaint) == []
