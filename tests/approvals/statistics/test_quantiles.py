from collections import Counter
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from approvals.statistics.quantiles import nearest_rank


@given(st.lists(st.integers(0, 40), min_size=1, max_size=60), st.sampled_from([0.1, 0.5, 0.9, 1.0]))
def test_it_is_what_sorting_all_of_them_would_say(numbers, share):
    rank = ceil(round(share * len(numbers), 9))
    assert nearest_rank(Counter(numbers), share) == sorted(numbers)[rank - 1]


@pytest.mark.parametrize(("numbers", "median"), [([3], 3), ([1, 9], 1), ([1, 2, 9], 2), ([0, 0, 7, 7], 0)])
def test_the_median_of_an_even_number_is_the_lower_one(numbers, median):
    assert nearest_rank(Counter(numbers), 0.5) == median


def test_nothing_has_no_median():
    assert nearest_rank({}, 0.5) is None
