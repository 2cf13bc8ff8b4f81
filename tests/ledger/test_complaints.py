"""What the ledger takes from complaints: drafts of what was proved and acted on, numbers of the year."""

from jianfu.kernel import dates
from jianfu.organisations.states import Role
from ledger.drafting.complaint import proved
from ledger.exports.summary import _problems
from tests.whitelist.complaints import NAME, SCHOOL, WORDS, handler, received, walked
from whitelist.selectors.complaint import complaint_counts


def test_what_was_proved_and_acted_on_is_proposed_and_nothing_of_the_writer(world):
    clerk, year = world.user(Role.LEDGER_OFFICE), dates.today().year
    walked(world, "find")
    assert list(proved(clerk, year)) == []
    walked(world, "summon")
    (found,) = proved(clerk, year)
    assert found.name == "查处区消防救援支队“安排教师上街执勤”"
    assert found.outcome == "经核查属实，已通报、约谈"
    assert not any(word in repr(found) for word in (NAME, SCHOOL, WORDS[:6]))
    assert list(proved(clerk, year - 1)) == []


def test_the_accused_unit_drafts_nothing_of_it(world):
    walked(world, "summon")
    own = world.user(Role.SECTION_CLERK, place="department", key="own")
    assert list(proved(own, dates.today().year)) == []
    assert complaint_counts(own, dates.today().year) == {}


def test_small_numbers_are_left_out_of_the_year(world):
    clerk, year = world.user(Role.LEDGER_OFFICE), dates.today().year
    for _ in range(2):
        received(world)
    assert complaint_counts(clerk, year) == {}
    received(world)
    assert complaint_counts(clerk, year) == {"收到": 3}
    assert handler(world)


def test_the_summary_says_the_numbers(world):
    class Year:
        problems = type("P", (), {"found": 0})()
        complaints = {"收到": 5, "查实": 3}
        doubts, silent = (), []

    assert "收到 5 件，查实 3 件" in next(_problems(Year())).text
