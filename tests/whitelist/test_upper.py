"""来源级别: upper lists come in from a workbook, ours name them, a release keeps what it said."""

import pytest
from django.core.cache import cache
from tablib import Dataset

from approvals.states import Level
from jianfu.kernel import dates, registry
from jianfu.kernel.decisions import Refused
from jianfu.kernel.resources import problems
from jianfu.organisations.models import PolicyValue
from jianfu.organisations.states import Role
from tests.whitelist.factories import clerk, entry_of, filed, leader, opened, published, sent, soon
from whitelist import services
from whitelist.models import Entry, UpperItem
from whitelist.resources import UpperItemResource
from whitelist.totals import total_warnings

HEADS = ["来源级别", "年度", "事项名称", "牵头单位", "上级名单名称", "文号"]
PROVINCE = Level.PROVINCE.label
PAGE, LIST = "/whitelist/office/upper/", "/whitelist/yunling/"


def upper(world, **changed):
    values = {"level": Level.PROVINCE, "year": 2026, "title": "防溺水安全教育", "list_name": "省级白名单"}
    return UpperItem.objects.create(district=world.district, **{**values, **changed})


def take_in(world, *rows):
    resource = UpperItemResource(world.user(Role.SYSTEM_ADMINISTRATOR))
    return problems(resource.import_data(Dataset(*rows, headers=HEADS), dry_run=False))


def text(response):
    return response.content.decode()


def test_an_upper_list_comes_in_from_a_workbook(world, stranger_world):
    row = (PROVINCE, "2026", "防溺水安全教育", "省水利厅", "省级白名单", "川教〔2026〕3号")
    assert take_in(world, row) == []
    assert take_in(world, (*row[:3], "省应急厅", *row[4:])) == []
    item = UpperItem.objects.get()
    assert (item.district, item.level, item.unit) == (world.district, Level.PROVINCE, "省应急厅")
    (said,) = take_in(world, ("区县", "2026", "自己的", "", "名单", ""))
    assert "来源级别" in said
    assert not UpperItem.objects.visible_to(clerk(stranger_world)).exists()


def test_an_item_of_the_same_name_is_where_it_comes_from(client, world):
    """On the page, in the workbook's row and in JSON; without one it is the district's own."""
    upper(world)
    release = published(world, filed(world, title="防溺水安全教育"), filed(world, title="本区的"))
    assert [item.source_level for item in release.items.all()] == [Level.PROVINCE, Level.DISTRICT]
    assert PROVINCE in text(client.get(LIST))
    assert PROVINCE in text(client.get(f"{LIST}list.csv"))
    items = client.get(f"{LIST}list.json").json()["items"]
    assert [item["source_level"] for item in items] == ["province", "district"]


def test_the_office_ties_an_entry_and_the_release_keeps_what_it_said(client, world):
    entry = entry_of(world, ends_on=soon(90))
    item = upper(world, level=Level.NATION)
    address = f"{LIST}releases/{entry.year}-1/list.json"
    before = client.get(address).content
    client.force_login(clerk(world))
    assert entry.title in text(client.get(PAGE))
    said = client.post(PAGE, {"entry": entry.pk, "upper": item.pk}, follow=True)
    assert "的来源已改为国家" in text(said)
    entry.refresh_from_db()
    assert (entry.upper, entry.source_level) == (item, Level.NATION)
    cache.clear()
    assert client.get(address).content == before
    second = published(world, filed(world, ends_on=soon(90)))
    assert second.items.get(entry=entry).source_level == Level.NATION
    client.post(PAGE, {"entry": entry.pk, "upper": ""})
    entry.refresh_from_db()
    assert (entry.upper, entry.source_level) == (None, Level.DISTRICT)


def test_only_the_office_ties(client, world, stranger_world):
    entry, item, foreign = entry_of(world), upper(world), upper(stranger_world)
    with pytest.raises(Refused):
        services.link_upper(entry=entry, upper=item, by=world.user(Role.LEADER))
    with pytest.raises(Refused, match="本区县登记的上级名单"):
        services.link_upper(entry=entry, upper=foreign, by=clerk(world))
    client.force_login(world.user(Role.APPLICANT))
    assert client.get(PAGE).status_code == 403
    client.force_login(clerk(world))
    assert client.post(PAGE, {"entry": "x"}).status_code == 404
    for wrong in (foreign.pk, "²"):
        assert client.post(PAGE, {"entry": entry.pk, "upper": wrong}).status_code == 404


@pytest.mark.parametrize(("count", "warned"), [(10, False), (11, True)])
def test_a_province_lists_ten_at_most(client, world, count, warned):
    for number in range(count):
        upper(world, title=f"第{number}项")
    client.force_login(clerk(world))
    assert ("超过上限 10 项" in text(client.get(PAGE))) is warned


@pytest.mark.parametrize(("provincial", "warned"), [(8, False), (9, True)])
def test_the_lists_of_three_levels_together(client, world, provincial, warned):
    """8 of the province and 2 of ours are ten. What ours comes from, what two levels list, what was only
    registered and another year's list count no second time."""
    year = dates.today().year
    for number in range(provincial):
        upper(world, title=f"第{number}项", year=year)
    upper(world, title="第0项", level=Level.CITY, year=year)
    upper(world, title="往年", year=year - 1)
    upper(world, title="国家的", level=Level.NATION, year=year)
    upper(world, title="防溺水安全教育", year=year)
    release = sent(world, filed(world, title="防溺水安全教育"), filed(world, title="本区的"))
    page = f"/whitelist/office/releases/{release.pk}/"
    said = f"本区县 2 项，省级另有 {provincial} 项，合计 {provincial + 2} 项，超过 10 项"
    for user in (clerk(world), leader(world)):
        client.force_login(user)
        shown = text(client.get(page))
        assert (said in shown) is warned
    services.advance(release=release, name="sign", by=leader(world), data={"meeting_number": "1号"})
    services.publish(release=release, by=clerk(world))
    client.force_login(clerk(world))
    assert (said in text(client.get(PAGE))) is warned


def test_a_district_sets_the_line_itself_and_what_is_registered_is_not_counted(client, world):
    release = opened(world, *(filed(world) for _ in range(3)))
    page = f"/whitelist/office/releases/{release.pk}/"
    client.force_login(clerk(world))
    assert "超过" not in text(client.get(page))
    PolicyValue.objects.create(
        district=world.district,
        code="LIST-CAP-TOTAL",
        value="2",
        effective_from=dates.today(),
        document="本区",
    )
    assert "本区县 3 项，合计 3 项，超过 2 项" in text(client.get(page))
    exempt = [Entry(exempt=True, title=str(n)) for n in range(5)]
    assert total_warnings(world.district.pk, release.year, exempt) == []


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow(client, world, django_assert_num_queries, monkeypatch, count):
    monkeypatch.setattr(registry.desks, "_items", {})  # the bar counts what all apps have to say
    published(world, *(filed(world) for _ in range(count)))
    upper(world)
    client.force_login(clerk(world))
    client.get(PAGE)
    with django_assert_num_queries(8):
        client.get(PAGE)
