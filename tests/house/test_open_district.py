"""manage.py open_district: a district for real work, once, with passwords that are seen once."""

from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.test import RequestFactory

from jianfu.audit.models import Event
from jianfu.kernel import registry
from jianfu.organisations.models import CalendarDay, District, Organisation, User
from jianfu.organisations.selectors import sections
from jianfu.organisations.services import SECTIONS, load_holidays
from ledger.models import LedgerTemplate
from tests.factories import build_world


def run(*arguments):
    out = StringIO()
    call_command("open_district", *arguments, stdout=out)
    return out.getvalue()


def test_a_district_with_its_three_administrators(db):
    told = run("hechuan", "合川区", "--sections", "--phone", "023-42750000")
    district = District.objects.get(code="hechuan")
    assert (district.name, district.contact_phone) == ("合川区", "023-42750000")
    assert Organisation.objects.get(parent=None, district=district).name == "合川区教育委员会"
    assert [row.name for row in sections(district.pk)] == list(SECTIONS)
    assert [row.name for row in sections(district.pk) if row.handles_secondments] == ["组织人事科"]
    accounts = [line.split() for line in told.splitlines() if line.startswith("hechuan-")]
    assert [(name, role) for name, _, role in accounts] == [
        ("hechuan-system", "系统管理员"),
        ("hechuan-security", "安全管理员"),
        ("hechuan-audit", "审计员"),
    ]
    request = RequestFactory().post("/sign-in/")
    for name, password, _ in accounts:
        user = authenticate(request, username=name, password=password)
        assert user.must_change_password
    assert len({password for _, password, _ in accounts}) == 3
    assert len({user.person_id for user in User.objects.all()}) == 3
    assert Event.objects.filter(action="organisations.open_district").count() == 1
    assert not Event.objects.filter(note__contains=accounts[0][1]).exists()


def test_holidays_and_templates_are_there(db):
    run("hechuan", "合川区")
    assert CalendarDay.objects.count() > 50
    assert LedgerTemplate.objects.count() == 5
    assert sections(District.objects.get().pk).count() == 0


@pytest.mark.parametrize(
    ("code", "name", "words"),
    [
        ("yuzhong", "云岭区", "名称"),
        ("first", "渝中区", "代码"),
        ("office", "渝中区", "留给内部页面"),
        ("渝 中", "渝中区", "代码"),
        ("", "渝中区", "代码"),
        ("Yuzhong", "渝中区", "只用小写字母"),
        ("yuzhong", "渝" * 51, "现在是 51 字"),
        ("yuzhong", "", "名称"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_written(db, code, name, words):
    build_world("first", "云岭区")
    before = District.objects.count(), User.objects.count(), CalendarDay.objects.count()
    with pytest.raises(CommandError) as refusal:
        run(code, name)
    assert words in str(refusal.value)
    assert not any(
        "a" <= char <= "z" for char in str(refusal.value).replace(code or "-", "").replace("hechuan", "")
    )
    assert (District.objects.count(), User.objects.count(), CalendarDay.objects.count()) == before


def test_never_in_the_database_of_the_demonstration(db):
    build_world()
    with pytest.raises(CommandError, match="演示区县"):
        run("hechuan", "合川区")
    assert District.objects.count() == 1


def test_a_failure_leaves_nothing(db, monkeypatch):
    monkeypatch.setattr("jianfu.organisations.services.opening._administrator", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        run("hechuan", "合川区")
    assert not District.objects.exists()
    assert not CalendarDay.objects.exists()


def test_holidays_typed_in_by_hand_stay(db):
    added = load_holidays()
    day = CalendarDay.objects.first()
    day.name = "改过的说明"
    day.save()
    CalendarDay.objects.exclude(pk=day.pk).first().delete()
    assert load_holidays() == 1
    day.refresh_from_db()
    assert day.name == "改过的说明"
    assert CalendarDay.objects.count() == added
    assert "holidays" in registry.foundations


@pytest.mark.parametrize(
    ("option", "words"), [("--phone", "监督电话最多 50 字，现在是 51 字"), ("--bureau", "名称最多 100 字")]
)
def test_what_is_too_long_is_refused_on_every_database(db, option, words):
    with pytest.raises(CommandError, match=words):
        run("hechuan", "合川区", option, "9" * (51 if option == "--phone" else 101))
    assert not District.objects.exists()
