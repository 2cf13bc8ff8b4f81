"""manage.py demo: whole, twice, and never beside a real district."""

import json
import re
from collections import Counter
from io import StringIO

import pytest
from django.apps import apps
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.test import RequestFactory

from approvals.models import Application
from jianfu.kernel import registry
from jianfu.management.commands.demo import DOES, FOLDER, columns_of, load
from jianfu.organisations.models import District, Organisation, Person, User
from jianfu.organisations.states import Role
from tests.factories import build_world
from whitelist.models import Entry, Release, Removal
from whitelist.selectors.evaluation import evaluations
from whitelist.states import Season

OURS = {"approvals", "whitelist", "ledger", "organisations", "audit"}


# Where the last step of a matter of lending.json leaves it.
AFTER = {
    ("submit", "survey"): "requested",
    ("answer_from_data", "survey"): "agreed",
    ("submit", "secondment"): "asked",
    ("lend", "secondment"): "lent",
    ("submit", "secondment_short"): "requested",
}


def read(name):
    return json.loads((FOLDER / name).read_text("utf-8"))


def run(*arguments):
    out = StringIO()
    call_command("demo", *arguments, stdout=out)
    return out.getvalue()


def counts():
    return {m._meta.label: m.objects.count() for m in apps.get_models() if m._meta.app_label in OURS}


@pytest.fixture
def allowed(settings):
    settings.JIANFU_DEMO = True


@pytest.fixture
def loaded(db, allowed):
    """The district of the demonstration."""
    run()
    return District.objects.get(is_city=False)


def test_again_it_adds_nothing_and_keeps_what_people_changed(loaded):
    before = counts()
    assert before["approvals.Application"] > 20  # each file is held to its rows below and in tests/approvals
    assert before["ledger.Ledger"] == 2
    releases = Counter(Release.objects.values_list("kind", flat=True))
    assert releases == {"campus": 3, "inspection": before["whitelist.Release"] - 3}
    assert before["ledger.Submission"] == 4
    person = Person.objects.get(accounts__username="fengxiaodong")
    person.title = "改过的职务"
    person.save()
    user = User.objects.get(username="maxiao")
    user.set_password("own-password-2026")
    user.save()
    changed = counts()
    run()
    assert counts() == changed
    person.refresh_from_db()
    user.refresh_from_db()
    assert person.title == "改过的职务"
    assert user.check_password("own-password-2026")


def test_it_is_what_the_fixtures_say(loaded, client):
    staff = read("people.json")
    assert loaded.code == read("organisations.json")["district"]["code"]
    here = [read("organisations.json"), read("city.json")]
    assert Organisation.objects.count() == sum(len(place["organisations"]) for place in here)
    people = [*staff["people"], *here[1]["people"]]
    assert User.objects.count() == sum(len(row["usernames"]) for row in people)
    request = RequestFactory().post("/sign-in/")
    assert authenticate(request, username="fengxiaodong", password=staff["password"])
    wanted = {
        a["fields"]["title"]: a["state"]
        for path in FOLDER.glob("applications-*.json")
        for a in read(path.name)
    }
    matters = read("lending.json")["matters"]
    wanted |= {m["fields"]["title"]: AFTER[m["steps"][-1]["transition"], m["road"]] for m in matters}
    found = dict(Application.objects.values_list("title", "state"))
    assert {title: found.get(title) for title in wanted} == wanted
    assert_a_list_that_moved()
    assert_nothing_personal(client, staff)


def assert_a_list_that_moved():
    """The second list of the year tells each way in which an item comes, stays and goes."""
    this, first, last = Release.objects.filter(kind="campus").newest_first()
    assert (first.year, first.items.count(), first.document_number) == (2026, 7, "云教领〔2026〕6号")
    assert (last.year, last.items.count()) == (2025, 18)
    assert Counter(this.items.values_list("change", flat=True)) == {"kept": 4, "changed": 1, "added": 1}
    assert set(this.departures.values_list("why", flat=True)) == {"ended", "removed", "replaced"}
    gone = this.departures.select_related("entry").get(why="removed")
    assert "按班级排名" in gone.reason
    removal = Removal.objects.get(entry=gone.entry)
    assert removal.reply  # the department was heard
    assert removal.state == "removed"
    scored = [each for each in evaluations(this.district_id, Season.read("2026-autumn")) if each.enough]
    assert [(each.entry.title, each.school_answers, each.score) for each in scored] == [
        ("中小学生防溺水安全教育", 4, 81)
    ]


def assert_nothing_personal(client, staff):
    """Every public page and workbook-free address of the list, without a name or a telephone of anybody."""
    district = read("organisations.json")["district"]
    pages = [
        "/whitelist/yunling/",
        "/whitelist/yunling/releases/2026-1/",
        "/whitelist/yunling/releases/2026-2/",
        "/whitelist/yunling/releases/2025-1/",
    ]
    pages += [entry.get_absolute_url() for entry in Entry.objects.select_related("district")]
    known = set(Person.objects.values_list("name", flat=True)) | {p["phone"] for p in staff["people"]}
    known |= set(Application.objects.exclude(contact_phone="").values_list("contact_phone", flat=True))
    public = {district["contact_phone"], district["contact_email"]}
    assert len(pages) == 31
    for address in pages:
        answer = client.get(address)
        assert answer.status_code == 200
        assert not answer.cookies
        page = answer.content.decode()
        assert [word for word in known - {""} if word in page] == []
        assert set(re.findall(r"0\d{2,3}-\d{7,8}|1[3-9]\d{9}|[\w.]+@[\w.]+\w", page)) <= public


def test_it_is_refused_where_it_is_not_allowed(db, settings):
    settings.JIANFU_DEMO = False
    with pytest.raises(CommandError, match="密码是公开的"):
        run()
    assert not District.objects.exists()


def test_it_is_refused_beside_a_real_district(db, allowed):
    build_world("hechuan", "合川区")
    with pytest.raises(CommandError, match="本库已有合川区，是正式使用的库"):
        run()
    assert District.objects.count() == 1


def test_a_failure_leaves_nothing(db, allowed, monkeypatch):
    def fail(_context):
        raise RuntimeError("no")

    parts = {"organisations": registry.demonstrations["organisations"], "bad": (11, fail)}
    monkeypatch.setattr(registry.demonstrations, "_items", parts)
    with pytest.raises(RuntimeError):
        run()
    assert not District.objects.exists()


def test_the_accounts_alone_need_no_database(settings):
    settings.JIANFU_DEMO = False
    lines = run("--accounts").splitlines()
    assert lines[0].split() == ["用户名", "密码", "角色", "能做什么"]
    assert len(lines) == 1 + len(Role)
    assert not any(line.startswith(" ") for line in lines)
    assert set(DOES) == set(Role)
    starts = {columns_of(line[: line.index("jianfu-demo-2026")]) for line in lines[1:]}
    assert len(starts) == 1


def test_parts_are_played_in_their_order(db, monkeypatch):
    played = []
    parts = {"late": (30, lambda _: played.append(30)), "early": (10, lambda _: played.append(10))}
    monkeypatch.setattr(registry.demonstrations, "_items", parts)
    load()
    assert played == [10, 30]
