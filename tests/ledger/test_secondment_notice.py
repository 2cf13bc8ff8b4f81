"""30, 7 and 0 days before a borrowing ends: the words, the light, the mail; 在编不在岗 after it."""

from __future__ import annotations

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command

from jianfu.organisations.states import Role
from ledger.desk import secondment as desk
from ledger.rules import secondment as rules
from tests.factories import World

from .secondments import LIST, NAME, TODAY, borrow, get, keeper, page

FRIDAY, SATURDAY, MONDAY = TODAY, TODAY + timedelta(days=1), TODAY + timedelta(days=3)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (31, ""), (30, "30 天内到期"), (8, "30 天内到期"), (7, "7 天内到期"), (1, "7 天内到期"),
        (0, "今天到期"), (-1, "超期未返岗"),
    ],
)  # fmt: skip
def test_the_words_follow_the_nearest_notice(days, words):
    assert rules.notice(days) == words


@pytest.mark.parametrize("days", [30, 7, 0])
def test_notice_is_given_on_its_day_and_not_beside_it(days):
    on = date(2026, 11, 18)  # a Wednesday
    told = [
        rules.gives_notice(on + timedelta(days=days + more), on, on + timedelta(days=1))
        for more in (-1, 0, 1)
    ]
    assert told == [days == 0, True, False]  # the day before the last one it is overdue, and told of


def test_what_falls_on_a_weekend_is_told_on_friday():
    ends = SATURDAY + timedelta(days=7)
    assert rules.gives_notice(ends, FRIDAY, MONDAY)
    assert not rules.gives_notice(ends, FRIDAY, SATURDAY)
    assert not rules.gives_notice(ends, MONDAY, MONDAY + timedelta(days=1))


@pytest.mark.django_db
@pytest.mark.usefixtures("stopped_clock")
class TestSeen:
    @pytest.mark.parametrize(
        ("days", "words", "colour"), [(31, "在借", "g"), (30, "30 天内到期", "y"), (7, "7 天内到期", "y")]
    )
    def test_the_list_says_how_near(self, world: World, days, words, colour):
        borrow(world, ends_on=TODAY + timedelta(days=days))
        text = page(keeper(world), LIST).split("<tbody>")[1]
        assert f">{words}<" in text
        assert f"light-{colour}" in text
        assert rules.RISK not in text

    def test_overdue_is_a_risk_by_name_in_list_and_page(self, world: World):
        row = borrow(world, ends_on=TODAY - timedelta(days=1))
        for address in (LIST, row.get_absolute_url()):
            text = page(keeper(world), address)
            assert "超期未返岗" in text
            assert f">{rules.RISK}<" in text

    @pytest.mark.parametrize(("days", "light"), [(30, "g"), (8, "g"), (7, "y"), (0, "y"), (-1, "r")])
    def test_the_desk_turns_yellow_a_week_before(self, world: World, days, light):
        borrow(world, name="甲", ends_on=TODAY + timedelta(days=days))
        (matter,) = desk.todo(keeper(world), TODAY)
        assert matter.remaining.light == light


@pytest.fixture
def letters(settings, world: World):
    settings.EMAIL_HOST, settings.DEFAULT_FROM_EMAIL = "smtp.example.cn", "jianfu@example.cn"
    settings.JIANFU_ADDRESS = "https://jianfu.example.cn/"
    person = keeper(world).person
    person.email = "keeper@example.cn"
    person.save()

    def on(day: date) -> list[str]:
        settings.JIANFU_TODAY = day
        mail.outbox.clear()
        call_command("send_digest", stdout=StringIO())
        return [letter.body for letter in mail.outbox]

    return on


@pytest.mark.django_db
@pytest.mark.usefixtures("stopped_clock")
class TestTold:
    def test_the_mail_speaks_at_thirty_seven_and_zero_and_then_every_day(self, world: World, letters):
        ends = date(2026, 12, 31)  # a Thursday
        borrow(world, ends_on=ends)
        days = [ends - timedelta(days=days) for days in range(31, -3, -1)]
        told = [(ends - day).days for day in days if letters(day)]
        assert told == [30, 7, 0, -1]  # 2 days later is a Saturday

    def test_on_other_days_it_is_on_the_desk_and_not_in_the_count(self, world: World, letters):
        borrow(world, name="甲", ends_on=TODAY + timedelta(days=20))
        borrow(world, name="乙", ends_on=TODAY + timedelta(days=7))
        (body,) = letters(TODAY)
        assert "有 1 项待办" in body
        assert "乙（实验小学）借用，7 天内到期" in body
        assert "甲（" not in body
        assert desk.todo_count(keeper(world), TODAY) == 2

    def test_the_mail_says_which_days_it_counts(self, world: World, letters):
        borrow(world, ends_on=TODAY + timedelta(days=7))
        (body,) = letters(TODAY)
        assert "1. 【剩 7 天（自然日）】" in body
        assert "天数是自然日。这封邮件" in body
        (body,) = letters(TODAY + timedelta(days=7))
        assert "1. 【今天到期】" in body
        assert "天数是" not in body

    def test_a_school_reads_the_same_words_of_its_own_teacher(self, world: World):
        borrow(world, ends_on=TODAY)
        text = get(world.user(Role.SCHOOL), LIST).content.decode()
        assert NAME in text
        assert "今天到期" in text
