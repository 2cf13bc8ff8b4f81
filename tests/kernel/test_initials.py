"""拼音首字母: what a name is found by, and what is not looked for in it."""

import pytest

from jianfu.kernel.initials import initials, typed_initials


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("消防安全应急疏散演练", "xfaqyjssyl"),
        ("“119”消防宣传月", "119xfxcy"),
        ("安装APP·扫码", "azappsm"),
        ("重阳节敬老", "cyjjl"),  # 重 as in this word, not as in 重量
        ("校园音乐会", "xyyyh"),
        ("", ""),
        ("（）——", ""),
    ],
)
def test_each_character_gives_the_first_letter_of_its_reading(name, letters):
    assert initials(name) == letters


@pytest.mark.parametrize(
    ("typed", "looked_for"),
    [
        ("xf", "xf"),
        ("XFaq", "xfaq"),
        ("119xf", "119xf"),
        ("x", ""),
        ("2026", ""),
        ("消防", ""),
        ("xf 1", ""),
        ("x%", ""),
    ],
)
def test_only_what_may_be_initials_is_looked_for(typed, looked_for):
    assert typed_initials(typed) == looked_for
