"""待办提醒 by mail: who gets which letter, on which days, and never twice."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from approvals import services
from approvals.states import State
from jianfu import digest
from jianfu.kernel import dates
from jianfu.kernel.calendar import Remaining
from jianfu.kernel.registry import Matter
from jianfu.organisations.models import CalendarDay, DigestMail
from jianfu.organisations.states import Role
from ledger.rules.secondment import DaysLeft
from tests.approvals.factories import application_at
from tests.factories import add_account
from tests.organisations.test_delegation import lend

MONDAY = date(2026, 9, 7)


@pytest.fixture(autouse=True)
def a_mail_server_is_set(settings):
    settings.JIANFU_TODAY = MONDAY
    settings.EMAIL_HOST = "smtp.example.cn"
    settings.DEFAULT_FROM_EMAIL = "jianfu@example.cn"
    settings.JIANFU_ADDRESS = "https://jianfu.example.cn/"


def reachable(user):
    user.person.email = f"{user.username}@example.cn"
    user.person.save()
    return user


def sent(*args):
    out = StringIO()
    call_command("send_digest", *args, stdout=out)
    return out.getvalue().strip()


@pytest.fixture
def reviewer(world):
    return reachable(world.user(Role.FIRST_REVIEWER))


def test_one_letter_with_the_late_first_and_links(world, reviewer, settings):
    settings.JIANFU_TODAY = MONDAY - timedelta(days=14)
    application_at(State.APPRAISED, world, title="禁毒知识宣讲")
    settings.JIANFU_TODAY = MONDAY
    fresh = application_at(State.APPRAISED, world, title="消防疏散演练", contact_name="钱宝华")
    services.urge(application=fresh, by=world.user(Role.APPLICANT), note="望尽快办理")
    assert sent() == "已发 1 封待办提醒"
    (letter,) = mail.outbox
    assert letter.to == [reviewer.person.email]
    assert letter.from_email == "jianfu@example.cn"
    assert letter.subject == "减负台账：2 项待办，其中 1 项已超期"
    assert letter.body.startswith(f"{reviewer.person.name}：\n\n到2026年9月7日，有 2 项待办：")
    late, soon = (
        letter.body.index("1. 【超期 5 天】禁毒知识宣讲"),
        letter.body.index("2. 【剩 5 天】消防疏散演练"),
    )
    assert late < soon
    assert "禁毒知识宣讲（初审，来自区消防救援支队）" in letter.body
    assert "消防疏散演练（初审，来自区消防救援支队，被催办 1 次）" in letter.body
    assert f"https://jianfu.example.cn{fresh.get_absolute_url()}\n" in letter.body
    assert "https://jianfu.example.cn/desk/" in letter.body
    assert "天数是工作日。这封邮件" in letter.body
    assert "钱宝华" not in letter.body
    assert fresh.contact_phone not in letter.body


@pytest.mark.parametrize(
    ("lefts", "words"),
    [
        ([Remaining(MONDAY, 5)], "天数是工作日。"),
        ([Remaining(MONDAY, 5), DaysLeft(MONDAY, -3)], "天数是工作日，另行注明的除外。"),
        ([DaysLeft(MONDAY, -3), None], "天数是自然日。"),
        ([Remaining(MONDAY, 5), DaysLeft(MONDAY, 0)], "天数是工作日。"),
        ([None], ""),
    ],
)
def test_the_letter_says_which_days_it_counts(lefts, words):
    matters = [Matter("甲", "/", "借用教师", "red", "乙", dates.now(), left) for left in lefts]
    assert digest._days(matters) == words


def test_never_twice_a_day_and_again_the_next(world, reviewer, settings):
    application_at(State.APPRAISED, world)
    add_account(reviewer.person)  # two accounts are one person
    assert sent() == "已发 1 封待办提醒"
    assert sent() == "已发 0 封待办提醒"
    settings.JIANFU_TODAY = MONDAY + timedelta(days=1)
    assert sent() == "已发 1 封待办提醒"
    assert [row.day for row in DigestMail.objects.order_by("day")] == [MONDAY, MONDAY + timedelta(days=1)]


@pytest.mark.usefixtures("reviewer")
def test_not_on_holidays_and_on_the_days_that_make_up_for_them(world, settings):
    application_at(State.APPRAISED, world)
    CalendarDay.objects.create(day=MONDAY, is_workday=False, name="假日")
    CalendarDay.objects.create(day=MONDAY + timedelta(days=6), is_workday=True, name="调休")
    assert "不是工作日" in sent()
    settings.JIANFU_TODAY = MONDAY + timedelta(days=5)
    assert "不是工作日" in sent()
    assert mail.outbox == []
    settings.JIANFU_TODAY = MONDAY + timedelta(days=6)
    assert sent() == "已发 1 封待办提醒"


def test_nothing_for_who_has_no_address_no_account_or_nothing_to_do(world, reviewer):
    reachable(world.user(Role.LEADER))
    world.user(Role.FIRST_REVIEWER, key="without an address")
    application_at(State.APPRAISED, world)
    reviewer.is_active = False
    reviewer.save()
    assert sent() == "已发 0 封待办提醒"


def test_the_agent_is_told_too(world, reviewer):
    agent = reachable(world.user(Role.SECTION_CLERK))
    application_at(State.APPRAISED, world)
    assert [letter.to for letter in outbox_after(sent)] == [[reviewer.person.email]]
    lend(world, since=dates.today())
    assert [letter.to for letter in outbox_after(sent)] == [[agent.person.email]]


def outbox_after(run):
    mail.outbox.clear()
    run()
    return mail.outbox


def test_a_rehearsal_prints_and_sends_nothing(world, reviewer, settings):
    settings.EMAIL_HOST = ""
    application_at(State.APPRAISED, world)
    told = sent("--dry-run")
    assert f"收件：{reviewer.person.email}" in told
    assert "减负台账：1 项待办" in told
    assert told.endswith("共 1 封，没有发送")
    assert mail.outbox == []
    assert not DigestMail.objects.exists()


@pytest.mark.usefixtures("reviewer")
@pytest.mark.parametrize(
    ("setting", "variable"),
    [
        ("EMAIL_HOST", "EMAIL_URL"),
        ("DEFAULT_FROM_EMAIL", "JIANFU_MAIL_FROM"),
        ("JIANFU_ADDRESS", "JIANFU_ADDRESS"),
    ],
)
def test_what_must_be_set_is_said_in_a_sentence(world, settings, setting, variable):
    setattr(settings, setting, "")
    application_at(State.APPRAISED, world)
    told = sent()
    assert variable in told
    assert told.count("\n") == 0
    assert mail.outbox == []


def test_a_server_that_does_not_answer_is_told_and_tried_again(world, reviewer, settings, unused_port):
    application_at(State.APPRAISED, world)
    backend = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", unused_port
    with pytest.raises(CommandError, match=rf"有 1 封没有发出，再次运行会补发：{reviewer.person.name}"):
        sent()
    settings.EMAIL_BACKEND = backend
    assert sent() == "已发 1 封待办提醒"


@pytest.fixture
def unused_port():
    import socket

    with socket.socket() as taken:  # bound and not listening: whoever connects is refused
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


def test_a_long_desk_is_cut_and_says_so(world, reviewer, monkeypatch):
    monkeypatch.setattr("jianfu.digest.LONGEST", 1)
    for title in ("消防疏散演练", "禁毒知识宣讲", "反诈知识宣传"):
        application_at(State.APPRAISED, world, title=title)
    sent()
    assert "另有 2 项，在工作台查看。" in mail.outbox[0].body
    assert "2. " not in mail.outbox[0].body
