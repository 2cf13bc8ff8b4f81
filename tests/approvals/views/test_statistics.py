from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from approvals.states import State
from approvals.statistics import TABLES
from jianfu.audit.models import Event
from jianfu.organisations.states import STAFF, Role
from tests.approvals.factories import application_at


@pytest.mark.parametrize("role", sorted(Role))
def test_it_is_read_by_the_staff_of_the_district(world, client, role):
    client.force_login(world.user(Role(role)))
    assert client.get(reverse("approvals:statistics")).status_code == (200 if role in STAFF else 403)


def test_the_page_says_what_was_counted(world, client):
    application_at(State.APPRAISED, world)
    client.force_login(world.user(Role.LEADER))
    page = client.get(reverse("approvals:statistics")).content.decode()
    assert "各单位共申请 1 项，通过 0 项" in page
    assert "每项计一次" in page
    assert "style=" not in page


@pytest.mark.parametrize("query", ["year=abc", "year=99999", "family=x"])
def test_what_was_asked_wrongly_is_as_if_not_asked(world, client, query):
    client.force_login(world.user(Role.LEADER))
    answer = client.get(f"{reverse('approvals:statistics')}?{query}")
    assert answer.status_code == 200
    assert "没有可统计的申请" in answer.content.decode()


@pytest.mark.parametrize("key", TABLES)
def test_each_table_as_a_workbook(world, client, key):
    application_at(State.PUBLISHED, world)
    client.force_login(world.user(Role.LEADER))
    answer = client.get(reverse("approvals:statistics_export", args=[key]))
    sheet = load_workbook(BytesIO(answer.content)).worksheets[0]
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert "云岭区" in cells[0][0]
    assert cells[-1][0].startswith("说明：")
    assert Event.objects.filter(action="approvals.statistics_exported").count() == 1


def test_an_unknown_table_is_not_there(world, client):
    client.force_login(world.user(Role.LEADER))
    assert client.get(reverse("approvals:statistics_export", args=["nothing"])).status_code == 404
