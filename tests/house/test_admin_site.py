"""The doors of the admin: one sign-in, a page that says why not, and no address that breaks."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser
from django.urls import NoReverseMatch, reverse

from jianfu.organisations.states import ADMINISTRATORS, Role


def addresses():
    for name in ("index", "login", "jsi18n", "autocomplete", "password_change"):
        yield reverse(f"admin:{name}")
    for model in admin.site._registry:
        for view, args in [("changelist", []), ("add", []), ("change", ["1"]), ("change", ["x"])]:
            yield reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{view}", args=args)
        for view in ("import", "export"):
            try:
                yield reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{view}")
            except NoReverseMatch:
                continue


@pytest.mark.parametrize("role", [None, *Role], ids=str)
def test_no_address_breaks_for_anybody(world, client, role):
    client.raise_request_exception = False
    if role:
        client.force_login(world.user(role))
    queries = [{}, {"q": "字" * 500, "p": "-1", "o": "x", "all": ""}]
    answers = [(address, client.get(address, query)) for address in addresses() for query in queries]
    assert [(address, a.status_code) for address, a in answers if a.status_code >= 500] == []


def test_a_visitor_is_led_to_the_house_s_own_sign_in(db, client):
    answer = client.get(reverse("admin:index"), follow=True)
    assert answer.redirect_chain[-1][0] == reverse("sign_in", query={"next": reverse("admin:index")})
    assert answer.status_code == 200


@pytest.mark.parametrize("role", [role for role in Role if role not in ADMINISTRATORS])
def test_who_may_not_enter_is_told_so(world, client, role):
    client.force_login(world.user(role))
    answer = client.get(reverse("admin:index"), follow=True)
    assert answer.status_code == 403
    assert "没有这项权限" in answer.content.decode()


def test_an_administrator_comes_in(world, client):
    client.force_login(world.user(Role.SYSTEM_ADMINISTRATOR))
    assert client.get(reverse("admin:index")).status_code == 200


def test_nobody_is_refused_by_every_screen_and_breaks_none(db, rf):
    request = rf.get("/admin/")
    request.user = AnonymousUser()
    for screen in admin.site._registry.values():
        assert not screen.has_module_permission(request)
        assert not screen.has_view_permission(request)


def test_signing_out_of_the_admin_leads_home(world, client):
    client.force_login(world.user(Role.SYSTEM_ADMINISTRATOR))
    assert client.post(reverse("admin:logout")).headers["Location"] == reverse("home")
