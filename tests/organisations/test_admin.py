"""The admin screens of master data: who enters which, the district's border, history and the trail."""

from datetime import date

import pytest
from django.contrib import admin
from django.urls import reverse

from jianfu.admin_site import MasterDataAdmin
from jianfu.audit.admin import EventAdmin
from jianfu.audit.models import Event
from jianfu.kernel import dates
from jianfu.kernel.policy import FIGURES
from jianfu.organisations.models import Membership, Organisation, Person, PolicyValue, SchoolTerm, User
from jianfu.organisations.policy_values import figure_groups
from jianfu.organisations.selectors import school_calendar
from jianfu.organisations.services import identity_digest
from jianfu.organisations.states import ADMINISTRATORS, Kind, Role
from tests.factories import add_person

DATA = ["organisation", "person", "policyvalue", "calendarday", "district", "schoolterm", "schoolspan"]
ACCOUNTS = ["membership", "user"]


def page(model, view="changelist", *args):
    return reverse(f"admin:organisations_{model}_{view}", args=args)


@pytest.mark.parametrize("model", [*DATA, *ACCOUNTS])
@pytest.mark.parametrize("role", sorted(Role))
def test_data_is_kept_by_one_administrator_and_accounts_by_another(world, client, model, role):
    client.force_login(world.user(Role(role)))
    keeper = Role.SYSTEM_ADMINISTRATOR if model in DATA else Role.SECURITY_ADMINISTRATOR
    expected = 200 if role == keeper else 403 if role in ADMINISTRATORS else 302
    assert client.get(page(model)).status_code == expected


def test_every_screen_has_its_door_and_its_right():
    """Whatever app registers a screen: rows through visible_to, and a permission function."""
    for screen in admin.site._registry.values():
        assert isinstance(screen, MasterDataAdmin | EventAdmin), screen
        if isinstance(screen, MasterDataAdmin):
            assert callable(type(screen).permission), screen


def test_no_business_row_has_a_screen():
    names = {model._meta.label for model in admin.site._registry}
    assert not {
        name
        for name in names
        if name.split(".")[1] in {"Application", "Ledger", "LedgerRow", "Entry", "Release"}
    }


@pytest.mark.parametrize("model", ["organisation", "person"])
def test_rows_of_another_district_are_not_there(world, stranger_world, client, model):
    client.force_login(world.user(Role.SYSTEM_ADMINISTRATOR))
    foreign = {
        "organisation": stranger_world.place("school"),
        "person": add_person(stranger_world.district, name="外区人"),
    }[model]
    assert client.get(page(model, "change", foreign.pk)).status_code == 302
    assert client.get(page(model, "history", foreign.pk)).status_code == 404
    version = foreign.history.latest("history_id").history_id
    old = reverse(f"admin:organisations_{model}_simple_history", args=[foreign.pk, version])
    assert client.get(old).status_code == 404
    listed = client.get(page(model)).context["cl"].queryset
    assert listed.exists()
    assert foreign not in listed


def test_a_new_row_belongs_to_the_keeper_s_district_and_leaves_a_mark(world, client):
    keeper = world.user(Role.SYSTEM_ADMINISTRATOR)
    client.force_login(keeper)
    answer = client.post(
        page("organisation", "add"),
        {"kind": Kind.SCHOOL, "name": "新建小学", "is_active": "on", "position": "0"},
    )
    assert answer.status_code == 302, answer.context["errors"]
    row = Organisation.objects.get(name="新建小学")
    assert row.district == world.district
    assert row.history.get().history_user == keeper
    assert Event.objects.get(action="master_data.added", target_id=str(row.pk)).person_id == keeper.person_id


def test_a_superior_or_home_of_another_district_cannot_be_chosen(world, stranger_world, client):
    client.force_login(world.user(Role.SYSTEM_ADMINISTRATOR))
    data = {"name": "李敏", "organisation": stranger_world.place("school").pk}
    answer = client.post(page("person", "add"), data)
    assert answer.status_code == 200
    assert not Person.objects.filter(name="李敏").exists()


def test_conflicting_roles_are_refused_in_words(world, client):
    client.force_login(world.user(Role.SECURITY_ADMINISTRATOR))
    person = world.user(Role.LEADER).person
    data = {
        "person": person.pk,
        "organisation": world.place("bureau").pk,
        "role": Role.AUDITOR,
        "since": "2026-01-01",
    }
    answer = client.post(page("membership", "add"), data)
    assert "不能同时担任" in answer.content.decode()
    assert not Membership.objects.filter(person=person, role=Role.AUDITOR).exists()


def test_a_new_account_must_change_its_password(world, client):
    client.force_login(world.user(Role.SECURITY_ADMINISTRATOR))
    person = add_person(world.district)
    assert (
        "初始密码"
        in client.post(page("user", "add"), {"username": "a.b", "person": person.pk}).content.decode()
    )
    data = {"username": "limin", "person": person.pk, "is_active": "on", "new_password": "a-long-password"}
    assert client.post(page("user", "add"), data).status_code == 302
    user = User.objects.get(username="limin")
    assert user.check_password("a-long-password")
    assert user.must_change_password


def test_an_account_is_stopped_and_never_deleted(world, client):
    client.force_login(world.user(Role.SECURITY_ADMINISTRATOR))
    leader = world.user(Role.LEADER)
    assert client.post(page("user", "delete", leader.pk), {"post": "yes"}).status_code == 403
    assert User.objects.filter(pk=leader.pk).exists()


def test_one_identity_is_one_person(world, client):
    client.force_login(world.user(Role.SYSTEM_ADMINISTRATOR))
    first = add_person(world.district, name="王喆")
    first.identity_digest = identity_digest("50010119900101123X")
    first.save()
    answer = client.post(page("person", "add"), {"name": "王哲", "identity_number": "50010119900101123x"})
    assert "属于已登记的“王喆”" in answer.content.decode()


@pytest.mark.parametrize(("value", "status"), [("4", 302), ("四", 200), ("", 200)])
def test_a_policy_figure_is_a_number_with_its_document(world, client, value, status):
    client.force_login(world.user(Role.SYSTEM_ADMINISTRATOR))
    data = {
        "code": "CAM-QUORUM",
        "value": value,
        "effective_from": "2026-01-01",
        "document": "云教发〔2026〕3号",
    }
    assert client.post(page("policyvalue", "add"), data).status_code == status
    assert PolicyValue.objects.exists() == (status == 302)


@pytest.mark.parametrize(("value", "says"), [("提示", ""), ("关闭", "填写拦截、提示或不查")])
def test_how_hard_a_rule_judges_is_one_of_three_words(world, client, value, says):
    client.force_login(world.user(Role.SYSTEM_ADMINISTRATOR))
    data = {
        "code": "R-CAM-06-SEVERITY",
        "value": value,
        "effective_from": "2026-01-01",
        "document": "云教发〔2026〕3号",
    }
    answer = client.post(page("policyvalue", "add"), data)
    assert PolicyValue.objects.exists() == (not says)
    assert not says or says in answer.content.decode()


def test_every_figure_is_listed_with_what_holds_and_where_it_is_written(world, client):
    client.force_login(world.user(Role.SYSTEM_ADMINISTRATOR))
    PolicyValue.objects.create(
        district=world.district,
        code="CAM-LEAD-SINGLE",
        value="21",
        effective_from="2026-01-01",
        document="云教发〔2026〕3号",
    )
    body = client.get(page("policyvalue")).content.decode()
    assert all(f"<td>{code}</td>" in body for code in FIGURES)
    assert "<strong>21 天</strong>（本区自定）</td><td>14 天</td><td>004 四（三）“提前2周”，合川区" in body
    assert body.count("待核实") >= 4
    form = client.get(f"{page('policyvalue', 'add')}?code=CAM-LEAD-SINGLE").content.decode()
    assert '<option value="CAM-LEAD-SINGLE" selected>一事一审提前申报（CAM-LEAD-SINGLE，现为 21 天' in form


def test_the_figures_are_looked_up_at_once(world, django_assert_num_queries):
    with django_assert_num_queries(1):
        numbers, severities = figure_groups(world.district.pk, dates.today())
    assert {row.figure.code for row in severities[1]} >= {"R-CAM-19-SEVERITY"}
    assert len(numbers[1]) + len(severities[1]) == len(FIGURES)


def test_versions_of_a_row_can_be_looked_at(world, client):
    client.force_login(world.user(Role.SYSTEM_ADMINISTRATOR))
    school = world.place("school")
    school.short_name = "实小"
    school.save()
    assert client.get(page("organisation", "history", school.pk)).status_code == 200


def test_deleting_many_at_once_is_not_offered(world, client):
    client.force_login(world.user(Role.SYSTEM_ADMINISTRATOR))
    assert "delete_selected" not in client.get(page("organisation")).content.decode()


def test_a_screen_speaks_as_the_house_does_and_leaves_by_its_doors(world, client):
    client.force_login(world.user(Role.SYSTEM_ADMINISTRATOR))
    body = client.get(page("organisation")).content.decode()
    assert "<h1>单位</h1>" in body
    assert f"共 {Organisation.objects.visible_to(world.user(Role.SYSTEM_ADMINISTRATOR)).count()} 条" in body
    assert "来修改" not in body
    for name in ("desk", "change_password", "sign_out"):
        assert f'"{reverse(name)}"' in body
    assert reverse("admin:logout") not in body
    body = client.post(page("organisation", "add"), {}).content.decode()
    assert "<title>错误：增加 单位" in body
    assert "Error" not in body


def test_a_term_is_of_the_keeper_s_district_and_meets_no_other_term(world, stranger_world, client):
    client.force_login(world.user(Role.SYSTEM_ADMINISTRATOR))
    SchoolTerm.objects.create(
        district=stranger_world.district,
        name="2026年秋季学期",
        first_day=date(2026, 9, 1),
        last_day=date(2027, 1, 22),
    )
    typed = {"name": "2026年秋季学期", "first_day": "2026-09-01", "last_day": "2027-01-22"}
    client.post(page("schoolterm", "add"), typed)
    assert [term.name for term in school_calendar(world.district.pk).terms] == ["2026年秋季学期"]
    again = client.post(page("schoolterm", "add"), {**typed, "name": "秋季", "last_day": "2026-10-01"})
    assert "与2026年秋季学期（2026年9月1日至2027年1月22日）重叠" in again.content.decode()
