"""mask_name: what a reader without need sees of a name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianfu.kernel.names import COMPOUND_SURNAMES, HIDDEN, mask_name, surname

HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("王建国", "王＊＊"),
        ("王伟", "王＊＊"),
        ("欧阳娜", "欧阳＊＊"),
        ("欧阳娜娜", "欧阳＊＊"),
        ("欧阳", "欧＊＊"),  # 姓欧名阳: two characters are never all shown
        ("马", "＊＊"),
        (" 李 明 ", "李＊＊"),
        ("买买提·吐尔逊", "买＊＊"),
        ("𬭎一", "𬭎＊＊"),
        ("", ""),
    ],
)
def test_masked(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@given(st.text(HAN, min_size=1, max_size=6))
def test_nothing_but_the_surname_is_told(name: str) -> None:
    masked = mask_name(name)
    assert masked == surname(name) + HIDDEN
    assert name.startswith(surname(name))
    assert len(surname(name)) < len(name)
    assert len(surname(name)) <= 2


@given(st.sampled_from(sorted(COMPOUND_SURNAMES)), st.text(HAN, min_size=1, max_size=3))
def test_compound_surnames_stay_whole(compound: str, given_name: str) -> None:
    assert mask_name(compound + given_name) == compound + HIDDEN


@given(st.text(max_size=8))
def test_masking_again_changes_nothing(name: str) -> None:
    assert mask_name(mask_name(name)) == mask_name(name)


@given(HAN, st.text(HAN, min_size=1, max_size=3), st.text(HAN, min_size=1, max_size=3))
def test_people_of_one_surname_look_alike(family: str, one: str, other: str) -> None:
    names = [family + one, family + other]
    if not any(name[:2] in COMPOUND_SURNAMES for name in names):
        assert mask_name(names[0]) == mask_name(names[1])
