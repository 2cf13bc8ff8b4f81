"""Which approvals extended a borrowing, from when until when, and how much of the cap they use."""

from __future__ import annotations

from datetime import date

import pytest

from approvals import services
from approvals.guards import still_within_the_cap
from approvals.selectors import borrowing_chain
from approvals.states import Road, State
from jianfu.kernel.dates import add_months, chinese_date
from jianfu.organisations.states import Role
from ledger.models import Secondment
from ledger.selectors.chain import chain_of
from tests.factories import World
from tests.whitelist.factories import filed

from .secondments import borrow, keeper, page
from .test_following import DAY, handed_in, lent, renewal

pytestmark = pytest.mark.django_db


@pytest.fixture
def first(world: World):
    application = handed_in(world)
    return lent(world, application)


def test_one_approval_is_a_chain_of_itself(world: World, first):
    chain = chain_of(Secondment.objects.get(), keeper(world))
    (line,) = chain.lines
    assert (line.words, line.number, line.months) == ("首次借用", first.number, 6)
    assert (line.starts_on, line.ends_on) == (first.starts_on, first.ends_on)
    latest = chinese_date(add_months(first.starts_on, 12) - DAY)
    assert chain.words == f"累计 6 个月，上限 12 个月，还可续借到{latest}"


def test_each_renewal_adds_its_months_up_to_the_cap(world: World, first):
    second = lent(world, renewal(world, first, add_months(first.starts_on, 9) - DAY))
    lent(world, renewal(world, second, add_months(first.starts_on, 12) - DAY))
    chain = chain_of(Secondment.objects.get(), keeper(world))
    assert [(line.words, line.months) for line in chain.lines] == [
        ("首次借用", 6), ("第 1 次续借", 9), ("第 2 次续借", 12),
    ]  # fmt: skip
    assert chain.full
    assert "不能再续借" in chain.words
    text = page(keeper(world), Secondment.objects.get().get_absolute_url())
    assert second.number in text
    assert "已到上限" in text


def test_a_day_into_the_next_month_counts_as_a_month(world: World, first):
    lent(world, renewal(world, first, add_months(first.starts_on, 6)))
    assert borrowing_chain(Secondment.objects.get().application).months == 7


def test_what_is_asked_for_is_shown_and_not_counted(world: World, first):
    renewal(world, first, add_months(first.starts_on, 12) - DAY)
    chain = chain_of(Secondment.objects.get(), keeper(world))
    assert [line.approved for line in chain.lines] == [True, False]
    assert chain.lines[1].words.startswith("第 1 次续借申请（")
    assert chain.words.startswith("累计 6 个月")


def test_a_draft_of_the_next_is_nobodys_business(world: World, first):
    services.renew(application=first, by=world.user(Role.APPLICANT))
    assert len(chain_of(Secondment.objects.get(), keeper(world)).lines) == 1


def test_who_may_not_open_the_application_reads_its_number_only(world: World, first):
    row = Secondment.objects.get()
    assert chain_of(row, keeper(world)).lines[0].url == first.get_absolute_url()
    leader = chain_of(row, world.user(Role.LEADER))
    assert leader.lines[0].url == ""
    text = page(world.user(Role.LEADER), row.get_absolute_url())
    assert first.number in text
    assert first.get_absolute_url() not in text


def test_what_was_entered_by_hand_has_no_chain(world: World):
    row = borrow(world)
    assert chain_of(row, keeper(world)) is None
    assert "借用与续借" not in page(keeper(world), row.get_absolute_url())


def test_a_chain_of_many_short_renewals_is_counted_from_the_first(world: World):
    """The guard of the approval counts the same months: no chain is long enough to outrun the cap."""
    begins, before = date(2026, 12, 1), None
    for months in range(1, 13):
        before = filed(
            world,
            state=State.LENT,
            road=Road.SECONDMENT,
            predecessor=before,
            starts_on=add_months(begins, months - 1),
            ends_on=add_months(begins, months) - DAY,
        )
    chain = borrowing_chain(before)
    assert [link.months for link in chain.links] == list(range(1, 13))
    assert (chain.months, chain.left, chain.latest) == (12, 0, add_months(begins, 12) - DAY)
    day = before.ends_on + DAY
    thirteenth = filed(world, road=Road.SECONDMENT, predecessor=before, starts_on=day, ends_on=day)
    assert not still_within_the_cap(thirteenth, None)


def test_who_is_back_is_not_offered_a_renewal(world: World, first):
    Secondment.objects.update(returned_on=first.starts_on + 30 * DAY)
    chain = chain_of(Secondment.objects.get(), keeper(world))
    assert chain.words == "累计 6 个月，上限 12 个月"
    assert not chain.full
