"""Near themes on pairs that people labelled (tests/benchmarks/themes.json). The floors are what was reached.

`published` are the items of lists that real districts published: 915 pairs, 36 of them near.
"""

import pytest

from tests.benchmarks.labelled import judge


@pytest.mark.parametrize(
    ("name", "precision", "recall"),
    [("tuning", 0.98, 0.98), ("held_out", 0.97, 0.97), ("published", 0.97, 0.86)],
)
def test_precision_and_recall(name, precision, recall):
    found = judge(name)
    assert found.precision >= precision, found.wrong
    assert found.recall >= recall, found.missed
