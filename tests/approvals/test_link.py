"""The link by which an expert enters once without a password."""

import logging
from datetime import timedelta
from ipaddress import ip_network

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from approvals import services
from approvals.models import Application, Attachment, ExpertLink
from approvals.states import State
from jianfu.audit.models import Event
from jianfu.kernel import dates, registry
from jianfu.logs import WithoutKeys
from jianfu.organisations.models import User
from jianfu.organisations.services import grant_role
from jianfu.organisations.states import Role
from tests.approvals.factories import application_at
from tests.approvals.test_concurrency import at_once, one_won
from tests.approvals.test_recusal import ask, experts, hand_in, office, refused
from tests.approvals.views.conftest import page
from tests.factories import add_person, build_world


def guest(world):
    """An expert who has no account."""
    person = add_person(world.district, organisation=world.place("university"))
    grant_role(
        person=person, organisation=world.place("panel"), role=Role.EXPERT, by=None, category="人大代表"
    )
    return person


def issue(world, person):
    return services.issue_link(expert=person, by=office(world))


def enter(client, secret):
    return client.post(page("link_enter", secret))


def ask_guest(world, person):
    application = application_at(State.SUBMITTED, world)
    (row,) = services.assign_experts(application=application, experts=[person], by=office(world))
    return application, row


def test_only_the_digest_is_kept_and_the_account_has_no_password(world):
    person = guest(world)
    issued = issue(world, person)
    kept = [str(value) for row in ExpertLink.objects.values() for value in row.values()]
    told = [str(value) for row in Event.objects.values() for value in row.values()]
    assert not [text for text in kept + told if issued.secret in text]
    account = User.objects.get(person=person)
    assert not account.has_usable_password()
    assert issue(world, person).link.pk != issued.link.pk
    assert User.objects.filter(person=person).count() == 1


def test_looking_uses_nothing_up_and_pressing_enters_once(world, client):
    person = guest(world)
    application, row = ask_guest(world, person)
    secret = issue(world, person).secret
    url = page("link_enter", secret)
    for _ in range(2):
        body = client.get(url).content.decode()
        assert person.name in body
        assert str(application) in body
    client.head(url)
    assert ExpertLink.objects.get().used_at is None
    assert enter(client, secret).url == page("opinion_list")
    assert client.get(page("opinion_form", row.pk)).status_code == 200
    assert "已经用过了" in client.get(url).content.decode()
    assert "已经用过了" in enter(client, secret).content.decode()
    assert office(world).person.name in enter(client, secret).content.decode()
    actions = list(Event.objects.filter(action__startswith="expert_link").values_list("action", flat=True))
    assert actions == ["expert_link.issued", "expert_link.used", *["expert_link.refused"] * 3]


def test_the_address_is_told_to_nobody(world, client):
    secret = issue(world, guest(world)).secret
    for answer in (client.get(page("link_enter", secret)), client.get(page("link_enter", "x"))):
        assert answer["Referrer-Policy"] == "strict-origin"
        assert "no-store" in answer["Cache-Control"]


def test_a_link_ends_with_its_hours_and_with_the_next_one(world):
    person = guest(world)
    first, second = issue(world, person), issue(world, person)
    with refused("已经失效"):
        services.use_link(secret=first.secret)
    with dates.as_of(second.link.expires_at - timedelta(seconds=1)):
        assert services.may_be_used(second.link)
    with dates.as_of(second.link.expires_at), refused("已经失效"):
        services.use_link(secret=second.secret)
    assert second.link.expires_at - second.link.issued_at == timedelta(hours=72)


def test_who_may_issue_and_for_whom(world, stranger_world):
    person = guest(world)
    with refused("领导小组办公室经办人发出"):
        services.issue_link(expert=person, by=world.user(Role.LEADER))
    with refused("领导小组办公室经办人发出"):
        services.issue_link(expert=person, by=office(stranger_world))
    with refused("不是专家委员会的专家"):
        issue(world, world.user(Role.SCHOOL).person)
    grant_role(person=person, organisation=world.place("leading_group"), role=Role.LEADER, by=None)
    with refused("还是领导小组成员，用自己的账号"):
        issue(world, person)
    assert not ExpertLink.objects.exists()
    closed = experts(world)[0]
    closed.is_active = False
    closed.save()
    with refused("账号已停用"):
        issue(world, closed.person)


def test_a_role_given_afterwards_shuts_the_link_and_narrows_the_session(world, client):
    """A leader's session that a link opened must not become a leader's session."""
    person = guest(world)
    application, row = ask_guest(world, person)
    kept = issue(world, person)
    enter(client, kept.secret)
    later = issue(world, person)
    grant_role(person=person, organisation=world.place("leading_group"), role=Role.LEADER, by=None)
    with refused("还是领导小组成员"):
        services.use_link(secret=later.secret)
    other = application_at(State.APPRAISED, world)
    by = world.user(Role.APPLICANT)
    pdf = b"%PDF-1.4\n%%EOF\n" + b" " * 200
    Application.objects.filter(pk=other.pk).update(state=State.RETURNED)
    file = services.attach(application=other, by=by, upload=SimpleUploadedFile("方案.pdf", pdf), kind="plan")
    assert client.get(page("attachment_file", file.pk)).status_code == 404
    assert Attachment.objects.visible_to(User.objects.get(person=person)).exists()  # by password
    assert client.get(page("opinion_form", row.pk)).status_code == 200
    assert client.get(page("application_detail", application.pk)).status_code == 403


@pytest.mark.parametrize(
    "name",
    ["desk", "home", "change_password", "admin:index", "approvals:expert_list"],
)
def test_such_a_session_reaches_sheets_and_nothing_else(world, client, name):
    person = guest(world)
    enter(client, issue(world, person).secret)
    answer = client.get(reverse(name))
    if name in {"desk", "home"}:
        assert answer.url == page("opinion_list")
    else:
        assert answer.status_code == 403
        assert "只能查看待论证的申请" in answer.content.decode()


def test_the_session_ends_after_twelve_hours(world, client):
    enter(client, issue(world, guest(world)).secret)
    with dates.as_of(timezone.now() + timedelta(hours=11, minutes=59)):
        assert client.get(page("opinion_list")).status_code == 200
    with dates.as_of(timezone.now() + timedelta(hours=12, minutes=1)):
        assert "已自动退出" in client.get(page("opinion_list")).content.decode()
    assert client.get(page("opinion_list")).status_code == 302  # signed out for good


def test_a_password_session_is_not_narrowed(world, client):
    client.force_login(office(world))
    assert client.get(page("expert_list")).status_code == 200


@pytest.mark.parametrize("secret", ["x", "字" * 300, "a" * 3000, " ", "..;x"])
def test_what_is_no_link_is_told_in_one_sentence(world, client, secret):
    for answer in (client.get(page("link_enter", secret)), client.post(page("link_enter", secret))):
        assert answer.status_code == 403
        assert "这个链接不对" in answer.content.decode()


def test_after_many_misses_the_place_waits(world, client):
    secret = issue(world, guest(world)).secret
    for _ in range(20):
        assert client.get(page("link_enter", "wrong")).status_code == 403
    answer = client.post(page("link_enter", secret))
    assert answer.status_code == 429
    assert "试错的次数太多" in answer.content.decode()
    assert ExpertLink.objects.get().used_at is None
    cache.clear()
    assert enter(client, secret).status_code == 302


def test_behind_a_proxy_one_visitor_s_misses_stop_nobody_else(world, client, settings):
    settings.TRUSTED_PROXIES = [ip_network("127.0.0.1")]
    secret = issue(world, guest(world)).secret
    for _ in range(20):
        client.get(page("link_enter", "wrong"), HTTP_X_FORWARDED_FOR="203.0.113.7")
    there = client.get(page("link_enter", secret), HTTP_X_FORWARDED_FOR="203.0.113.7")
    elsewhere = client.get(page("link_enter", secret), HTTP_X_FORWARDED_FOR="203.0.113.8")
    assert (there.status_code, elsewhere.status_code) == (429, 200)


def test_the_log_never_holds_the_key(caplog):
    line = logging.LogRecord("x", 30, "", 0, "Forbidden: %s", ("/approvals/enter/s3cret-K/",), None)
    assert WithoutKeys().filter(line)
    assert line.getMessage() == "Forbidden: /approvals/enter/…/"
    assert django_settings.LOGGING["handlers"]["console"]["filters"] == ["keyless"]


def test_the_office_sees_the_slip_once(world, client):
    person = guest(world)
    client.force_login(office(world))
    url = page("link_issue", person.pk)
    assert client.get(url).status_code == 405
    answer = client.post(url)
    body = answer.content.decode()
    assert "/approvals/enter/" in body
    assert "data:image/svg+xml" in body
    assert "no-store" in answer["Cache-Control"]
    client.force_login(world.user(Role.LEADER))
    assert client.post(url).status_code == 403


def test_the_registry_counts_what_is_owed_and_given(world, client, django_assert_num_queries, monkeypatch):
    monkeypatch.setattr(registry.desks, "_items", {})
    monkeypatch.setattr(registry.navigation, "_items", {})
    panel = experts(world, 1)
    client.force_login(office(world))
    for more in range(2):
        experts(world, 1 + 3 * more)
        with django_assert_num_queries(7):
            client.get(page("expert_list"))
    _application, (row,) = ask(world, panel)
    ask(world, panel)
    hand_in(row, panel[0])
    lines = {line["person"].pk: line for line in client.get(page("expert_list")).context["lines"]}
    line = lines[panel[0].person_id]
    assert (line["owed"], line["given"]) == (1, 1)
    assert line["last"] is not None
    client.force_login(world.user(Role.LEADER))
    assert client.get(page("expert_list")).status_code == 403


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_press_at_once_and_one_enters(transactional_db):
    world = build_world()
    secret = issue(world, guest(world)).secret

    def act():
        services.use_link(secret=secret)

    assert connection.vendor == "postgresql"
    one_won(at_once(act, act), "已经用过了")
