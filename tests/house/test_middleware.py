import re

import pytest
from django.db import OperationalError
from django.http import HttpRequest
from django.test import Client, RequestFactory

from jianfu.audit.models import Event
from jianfu.kernel import dates
from jianfu.kernel.decisions import Conflicted, refuse
from jianfu.middleware import LONGEST_QUERY, RefusalMiddleware
from jianfu.organisations.states import Role


@pytest.mark.parametrize(
    "address", ["/desk/?q=%00", "/%00", "/desk/?%00=1", "/desk/?q=" + "x" * (LONGEST_QUERY + 1)]
)
def test_addresses_that_no_database_holds_get_a_sentence(db, client, address):
    answer = client.get(address)
    assert answer.status_code == 400
    assert "lang=" in answer.content.decode()


def test_broken_utf8_in_an_address_is_no_error(db, client):
    assert client.get("/whitelist/?q=%ED%A0%80").status_code < 500


def request_of(user):
    request: HttpRequest = RequestFactory().post("/somewhere/")
    request.user = user
    return request


@pytest.mark.parametrize(("kind", "status"), [("refused", 403), ("conflict", 409)])
def test_a_refusal_becomes_its_page_and_an_event(world, kind, status):
    user = world.user(Role.LEADER)
    decision = refuse("本科室申报的事项由其他科室初审", "R-SEP-02")
    exception = Conflicted(decision) if kind == "conflict" else _refused(decision)
    answer = RefusalMiddleware(lambda _request: None).process_exception(request_of(user), exception)
    assert answer.status_code == status
    assert "由其他科室初审（R-SEP-02）" in answer.content.decode()
    event = Event.objects.get(action="request.refused")
    assert (event.person_id, event.data["path"]) == (user.person_id, "/somewhere/")
    assert "R-SEP-02" in event.note


def test_other_exceptions_are_left_alone(world):
    middleware = RefusalMiddleware(lambda _request: None)
    assert middleware.process_exception(request_of(world.user(Role.LEADER)), ValueError()) is None


def _refused(decision):
    from jianfu.kernel.decisions import Refused

    return Refused(decision)


def test_the_policy_of_the_page_allows_nothing_from_elsewhere(db, client):
    header = client.get("/sign-in/").headers["Content-Security-Policy"]
    assert "default-src 'self'" in header
    assert "unsafe" not in header


def test_a_given_password_is_changed_first(world, client):
    user = world.user(Role.LEADER)
    user.must_change_password = True
    user.save()
    client.force_login(user)
    assert client.get("/desk/").url == "/password/"
    assert client.get("/password/").status_code == 200
    new = {
        "old_password": "correct-horse-9",
        "new_password1": "green-hills-77",
        "new_password2": "green-hills-77",
    }
    client.post("/password/", new)
    assert client.get("/desk/").status_code == 200


def test_an_address_that_only_takes_a_form_says_so(world, client):
    client.force_login(world.user(Role.LEADER))
    answer = client.get("/type-size/")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert "不能直接打开" in answer.content.decode()


def test_a_form_sent_after_the_session_gives_back_what_was_typed(world, client):
    """Only to a person: a script that saves by itself hears of the sign-in as before."""
    address = "/whitelist/office/today/unlisted/"
    sent = {
        "visitor": "街道便民服务中心",
        "purpose": "医保\n缴费",
        "old_password": "密码口令",
        "kind": "refused",
    }
    answer = client.post(
        address, sent, headers={"accept": "text/html", "referer": f"http://testserver{address}"}
    )
    page = answer.content.decode()
    assert answer.status_code == 401
    assert "登录已过期，没有保存" in page
    assert "街道便民服务中心</p>" in page
    assert "缴费" in page
    assert "密码口令" not in page
    assert "refused" not in page
    assert f'href="/sign-in/?next={address}"' in page
    assert client.post(address, sent).status_code == 302
    assert client.get(address, headers={"accept": "text/html"}).status_code == 302


@pytest.mark.parametrize("sqlstate", ["40P01", "55P03", ""])
def test_who_gives_way_in_the_database_is_asked_to_do_it_again(world, client, monkeypatch, sqlstate):
    """A deadlock on PostgreSQL, a lock that did not come free on both; any other fault stays one."""
    cause = Exception("deadlock detected")
    cause.sqlstate = sqlstate

    def give_way(**_said):
        raise OperationalError("" if sqlstate else "database is locked") from cause

    monkeypatch.setattr("whitelist.services.record_unlisted", give_way)
    client.force_login(world.user(Role.SCHOOL))
    sent = {"visitor": "街道便民服务中心", "purpose": "医保缴费", "kind": "unlisted_refused"}
    sent["day"] = str(dates.today())
    answer = client.post("/whitelist/office/today/unlisted/", sent)
    page = answer.content.decode()
    assert (answer.status_code, answer.headers.get("Retry-After")) == (503, "1")
    assert "刚好有人同时在办，这一次没有保存" in page
    assert "街道便民服务中心</p>" in page
    monkeypatch.setattr("jianfu.middleware.GAVE_WAY", set())
    if sqlstate:
        with pytest.raises(OperationalError):
            client.post("/whitelist/office/today/unlisted/", sent)


def test_a_form_of_another_session_gives_back_what_was_typed(world):
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.user(Role.SCHOOL))
    answer = client.post("/whitelist/office/today/unlisted/", {"visitor": "街道便民服务中心"})
    assert answer.status_code == 403
    assert "街道便民服务中心</p>" in answer.content.decode()


@pytest.mark.parametrize(
    ("old", "new", "again", "says"),
    [
        ("wrong", "green-hills-77", "green-hills-77", "旧密码不对"),
        ("correct-horse-9", "green-hills-77", "green-hills-78", "两次填的新密码不一样"),
        ("correct-horse-9", "hills-77", "hills-77", "密码至少 10 位"),
        ("correct-horse-9", "98127645982", "98127645982", "密码不能全是数字"),
        ("correct-horse-9", "password123", "password123", "很多人用"),
    ],
)
def test_a_refused_password_is_refused_in_chinese(world, client, old, new, again, says):
    client.force_login(world.user(Role.SCHOOL))
    sent = {"old_password": old, "new_password1": new, "new_password2": again}
    said = client.post("/password/", sent).context["form"].errors
    words = "".join(each for errors in said.values() for each in errors)
    assert says in words
    assert not re.search("[A-Za-z]{2}", words)
