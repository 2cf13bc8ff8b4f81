"""50 % of odd numbers, of nothing, and what is never rounded up."""

import pytest

from approvals.reduction import Reduction


@pytest.mark.parametrize(
    ("before", "after", "met", "still", "words"),
    [
        (18, 5, True, 0, "减少 13 项（72.2%）"),
        (10, 5, True, 0, "减少 5 项（50%）"),
        (10, 6, False, 1, "减少 4 项（40%）"),
        (11, 5, True, 0, "减少 6 项（54.5%）"),
        (11, 6, False, 1, "减少 5 项（45.5%）"),
        (1, 1, False, 1, "与上年持平"),
        (1, 0, True, 0, "减少 1 项（100%）"),
        (24, 18, False, 6, "减少 6 项（25%）"),
        (10, 12, False, 7, "增加 2 项（20%）"),
        (2001, 1001, False, 1, "减少 1000 项（49.9%）"),
        (0, 0, True, 0, "与上年持平"),
        (0, 3, False, 3, "增加 3 项（—）"),
        (None, 3, False, 0, "上年事项数还没有登记"),
    ],
)
def test_the_target_of_half(before, after, met, still, words):
    found = Reduction(before, after, 50)
    assert (found.met, found.still, found.words) == (met, still, words)
    if before is not None:
        assert Reduction(before, found.allowed, 50).met
        assert not Reduction(before, found.allowed + 1, 50).met


def test_another_target():
    assert Reduction(10, 7, 30).met
    assert Reduction(9, 7, 30).still == 1
