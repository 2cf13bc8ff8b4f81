"""JSON, CSV and OpenAPI: what other systems read is what the public page shows, as the schema says."""

import csv
import io
import json
from datetime import date, datetime, timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from jsonschema import Draft202012Validator

from approvals.states import PlanState, State
from jianfu.kernel import dates
from tests.approvals.plans import item_step, plan_at, single_at
from tests.whitelist.factories import clerk, entry_of, filed, published, soon
from whitelist import exports, inspections, openapi, services
from whitelist.states import Kind

LIST = "/whitelist/yunling/"


def judge(answer, name="List"):
    """The answer's JSON, held to the schema that is given out."""
    assert answer.status_code == 200
    document = openapi.document()
    schema = {"$ref": f"#/components/schemas/{name}", "components": document["components"]}
    found = json.loads(answer.content)
    errors = [error.message for error in Draft202012Validator(schema).iter_errors(found)]
    assert errors == []
    return found


def rows_of(answer):
    text = answer.content.decode()
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


def test_the_schema_is_one(client, world):
    """Given out as it stands, and able to refuse: an answer without a field is none."""
    answer = client.get("/whitelist/openapi.json")
    document = json.loads(answer.content)
    assert document == json.loads(json.dumps(openapi.document()))
    for schema in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    published(world)
    found = judge(client.get(f"{LIST}list.json"))
    del found["items"][0]["number"]
    schema = {"$ref": "#/components/schemas/List", "components": document["components"]}
    assert not Draft202012Validator(schema).is_valid(found)


def test_every_path_of_the_schema_answers(client, world):
    release = published(world)
    published(world, filed(world, road="campus_exempt"), kind=Kind.EXEMPT)
    with dates.as_of(datetime(release.year, 3, 2, 9, tzinfo=timezone.get_default_timezone())):
        plan_at(PlanState.PUBLISHED, world)
    for path, told in openapi.document()["paths"].items():
        address = path.format(code="yunling", year=release.year, serial=1)
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert answer.headers["Cache-Control"].startswith("public")
        assert not answer.cookies
        ((_type, content),) = told["get"]["responses"]["200"]["content"].items()
        if address.endswith("json"):
            assert judge(answer, content["schema"]["$ref"].rpartition("/")[2])["count"] >= 1
        else:
            columns = inspections.COLUMNS if "inspections" in address else exports.COLUMNS
            assert rows_of(answer)[0] == [column.heading for column in columns]


def test_before_the_first_release(client, world):
    found = judge(client.get(f"{LIST}list.json"))
    assert (found["release"], found["count"]) == (None, 0)


def test_it_is_what_the_page_shows(client, world):
    entry_of(world, title="防溺水安全教育", ends_on=soon(60), content="=HYPERLINK(1)")
    registered = filed(world, road="campus_exempt", title="文明城市创建宣传")
    published(world, registered, kind=Kind.EXEMPT)
    found = judge(client.get(f"{LIST}list.json"))
    assert [item["title"] for item in found["items"]] == ["防溺水安全教育", "文明城市创建宣传"]
    assert [item["exempt"] for item in found["items"]] == [False, True]
    only = judge(client.get(f"{LIST}exempt/list.json"))
    assert [item["title"] for item in only["items"]] == ["文明城市创建宣传"]
    heads, first, _second = rows_of(client.get(f"{LIST}list.csv"))
    assert first[heads.index("活动主要内容")] == "'=HYPERLINK(1)"
    page = client.get(f"{LIST}exempt/").content.decode()
    assert "文明城市创建宣传" in page
    assert "防溺水安全教育" not in page


def test_a_release_is_the_same_for_ever(client, world):
    """Whatever becomes of its entries, the release keeps its bytes; what stands today is told by its page."""
    entry = entry_of(world, title="要移出的", ends_on=soon(90))
    address = f"{LIST}releases/{entry.year}-1/"
    files = [f"{address}list.{form}" for form in ("json", "csv", "xlsx")]
    before = [client.get(file).content for file in files]
    assert "已移出" not in client.get(address).content.decode()
    with dates.as_of(timezone.now() + timedelta(days=2)):
        services.remove(entry=entry, by=clerk(world), on=dates.today(), reason="云教领〔2026〕9号")
        published(world, filed(world, title="新的", ends_on=soon(90)))
        cache.clear()
        assert [client.get(file).content for file in files] == before
        page = client.get(address).content.decode()
        assert "已移出" in page
        assert "要移出的" in page
        second = judge(client.get(f"{LIST}releases/{entry.year}-2/list.json"))
    (gone,) = second["departures"]
    assert (gone["why"], gone["reason"], gone["number"]) == ("removed", "云教领〔2026〕9号", entry.number)
    assert [item["change"] for item in second["items"]] == ["added"]


def test_the_inspections_of_a_year_and_their_versions(client, world, settings):
    """The list in force grows at once; a version keeps its bytes, and tells what it changed."""
    settings.JIANFU_TODAY = date(2026, 3, 2)
    address = f"{LIST}inspections/2026/"
    assert client.get(f"{address}list.json").status_code == 404
    plan_at(PlanState.PUBLISHED, world)
    files = [f"{address}releases/1/list.{form}" for form in ("json", "csv")]
    before = [client.get(file).content for file in files]
    item_step(single_at(State.CLEARED, world), "announce", world)
    assert [client.get(file).content for file in files] == before
    now = judge(client.get(f"{address}list.json"), "InspectionList")
    then = judge(client.get(f"{address}releases/2/list.json"), "InspectionList")
    assert [item["planned"] for item in now["items"]] == [item["planned"] for item in then["items"]]
    assert (now["count"], now["in_force"], now["release"]) == (2, True, then["release"])
    assert (then["year"], then["as_of"], then["release"]["serial"]) == (2026, "2026-03-02", 2)
    assert [(item["planned"], item["change"]) for item in then["items"]] == [(True, "kept"), (False, "added")]
    first, single = now["items"]
    assert (first["title"], first["lead_unit"]) == ("校园消防安全检查", "区消防救援支队")
    assert first["merged"] == ""
    assert "上级临时部署" in single["remark"]
    page = client.get(address).content.decode()
    assert all(item[name] in page for item in now["items"] for name in ("title", "basis", "period"))
    _heads, *rows = rows_of(client.get(f"{address}list.csv"))
    assert [row[1] for row in rows] == [item["title"] for item in now["items"]]
    for wrong in ("list.html", "releases/1/list.pdf", "releases/3/list.json"):
        assert client.get(f"{address}{wrong}").status_code == 404
    assert f"{address}list.json" in client.get(f"{LIST}data/").content.decode()


def test_a_removal_shows_at_once(client, world):
    entry = entry_of(world, ends_on=soon(60))
    assert judge(client.get(f"{LIST}list.json"))["count"] == 1
    services.remove(entry=entry, by=clerk(world), on=dates.today(), reason="云教领〔2026〕9号")
    assert judge(client.get(f"{LIST}list.json"))["count"] == 0


def test_nothing_of_a_person_is_given_out(client, world):
    entry = entry_of(world, contact_phone="13800138000", content="张晓明13800138000", contact_name="张晓明")
    handler = entry.application.handler.name
    for file in ("list.json", "list.csv", f"releases/{entry.year}-1/list.json"):
        text = client.get(f"{LIST}{file}").content.decode()
        assert not [word for word in ("13800138000", "张晓明", handler) if word in text]


@pytest.mark.parametrize(
    "address", ["list.pdf", "list.html", "exempt/releases/2026-9/list.json", "exempt/list.x"]
)
def test_there_is_nothing_else(client, world, address):
    assert client.get(f"{LIST}{address}").status_code == 404


def test_people_read_what_it_is(client, world):
    published(world)
    page = client.get(f"{LIST}data/").content.decode()
    for words in ("openapi.json", "list.csv", "departures", "白名单编号，永不改变", "If-None-Match"):
        assert words in page
    assert client.get("/whitelist/nowhere/data/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_the_inspections_do_not_grow(client, world, settings, django_assert_num_queries, count):
    settings.JIANFU_TODAY = date(2026, 3, 2)
    plan_at(PlanState.PUBLISHED, world)
    for _ in range(count):
        item_step(single_at(State.CLEARED, world), "announce", world)
    address = f"{LIST}inspections/2026/"
    for page, queries in {"list.json": 8, "list.csv": 7, "releases/2/list.json": 4}.items():
        with django_assert_num_queries(queries):
            client.get(address + page)


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow(client, world, django_assert_num_queries, count):
    release = published(world, *(filed(world) for _ in range(count)))
    pages = {"list.json": 5, f"releases/{release.year}-1/list.json": 7, "list.csv": 5, "data/": 4}
    for page, queries in pages.items():
        cache.clear()
        with django_assert_num_queries(queries):
            client.get(LIST + page)
