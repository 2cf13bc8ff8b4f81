"""Even panels, never a conflicted expert: against an oracle that tries everything."""

from itertools import combinations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from approvals.distribution import Seat, Wanted, best, distribute

CATEGORIES = ("教育专家", "人大代表", "政协委员")


@st.composite
def questions(draw, most=4, owed=3):
    experts = range(1, draw(st.integers(1, 5)) + 1)
    seats = [Seat(e, draw(st.sampled_from(CATEGORIES)), draw(st.integers(0, owed))) for e in experts]
    some = st.frozensets(st.sampled_from(list(experts)), max_size=3)
    wanted = [
        Wanted(application, draw(st.integers(0, 3)), draw(some), draw(some))
        for application in range(1, draw(st.integers(1, most)) + 1)
    ]
    return wanted, seats


def free(wanted, seats):
    return [seat.expert for seat in seats if seat.expert not in wanted.barred | wanted.asked]


def loads(given_, seats):
    return {s.expert: s.owed + sum(s.expert in panel for panel in given_.values()) for s in seats}


def squares(given_, seats):
    return sum(load**2 for load in loads(given_, seats).values())


@given(questions())
def test_nobody_barred_and_everybody_who_can_be_found(question):
    wanted, seats = question
    found = distribute(wanted, seats)
    for row in wanted:
        panel = found.given[row.application]
        assert panel <= set(free(row, seats))
        assert len(panel) == min(row.count, len(free(row, seats)))
        assert found.short[row.application] == row.count - len(panel)


@settings(max_examples=60)
@given(questions(most=2))
def test_no_other_proposal_is_more_even(question):
    wanted, seats = question
    found = distribute(wanted, seats)
    sizes = [min(row.count, len(free(row, seats))) for row in wanted]
    choices = [list(combinations(free(row, seats), size)) for row, size in zip(wanted, sizes, strict=True)]
    least = min(squares(dict(enumerate(each)), seats) for each in product(*choices))
    assert squares(found.given, seats) == least


@given(st.integers(1, 8), st.integers(1, 5), st.integers(1, 5))
def test_without_conflicts_loads_differ_by_at_most_one(applications, experts, count):
    seats = [Seat(e) for e in range(experts)]
    found = distribute([Wanted(a, count) for a in range(applications)], seats)
    carried = loads(found.given, seats).values()
    assert max(carried) - min(carried) <= 1


@given(questions())
def test_the_same_question_has_the_same_answer(question):
    wanted, seats = question
    assert distribute(wanted, seats) == distribute(list(wanted), list(reversed(list(reversed(seats)))))


def test_a_panel_is_mixed_where_the_load_allows():
    seats = [Seat(n, "教育专家") for n in range(4)] + [Seat(4, "人大代表"), Seat(5, "政协委员")]
    found = distribute([Wanted(a, 3) for a in range(4)], seats)
    kinds = {seat.expert: seat.category for seat in seats}
    assert [len({kinds[e] for e in panel}) for panel in found.given.values()] == [2, 2, 2, 2]


def test_owed_sheets_weigh():
    seats = [Seat(1, "", 4), Seat(2, "", 0), Seat(3, "", 0)]
    found = distribute([Wanted(a, 1) for a in range(4)], seats)
    assert all(1 not in panel for panel in found.given.values())


def test_whom_to_ask_instead():
    seats = [Seat(1, "甲", 0), Seat(2, "甲", 0), Seat(3, "乙", 0)]
    assert best(Wanted(9, 1, frozenset({1}), frozenset({2})), seats) == 3
    assert best(Wanted(9, 1, frozenset({1, 3}), frozenset({2})), seats) is None
