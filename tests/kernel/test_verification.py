"""核验码: drawn at random, read however a person at a gate types it."""

import pytest

from jianfu.kernel import verification
from jianfu.kernel.verification import grouped, new_code, public_address, read_code

CODE = "K7QM3D9X0ABC1EFG"


def test_it_has_eighty_random_bits_in_signs_that_do_not_look_alike():
    assert 2 ** (5 * verification.LENGTH) == len(verification.ALPHABET) ** verification.LENGTH >= 2**80
    assert not set("ILOU") & set(verification.ALPHABET)
    drawn = {new_code() for _ in range(500)}
    assert len(drawn) == 500
    assert set().union(*drawn) == set(verification.ALPHABET)
    assert all(read_code(code) == code for code in drawn)


@pytest.mark.parametrize(
    "typed",
    [
        CODE,
        "k7qm3d9x0abc1efg",
        "K7QM-3D9X-0ABC-1EFG",
        " K7QM 3D9X\t0ABC 1EFG ",
        "Ｋ７ＱＭ－３Ｄ９Ｘ－０ＡＢＣ－１ＥＦＧ",
        "K7QM—3D9X—OABC—lEFG",
        "k7qm.3d9x.oabc.iefg",
    ],
)
def test_it_is_read_however_it_is_typed(typed):
    assert read_code(typed) == CODE


@pytest.mark.parametrize("typed", ["", "BMD20260001", CODE[:-1], CODE + "A", CODE[:-1] + "禁", "\x00" * 16])
def test_what_is_no_code_reads_as_none(typed):
    assert read_code(typed) == ""


def test_it_is_printed_in_fours():
    assert grouped(CODE) == "K7QM-3D9X-0ABC-1EFG"
    assert read_code(grouped(CODE)) == CODE


def test_a_printed_address_needs_the_address_of_this_place(settings):
    settings.JIANFU_PUBLIC_URL = "https://jianfu.example.gov.cn/"
    assert public_address("/v/X/") == "https://jianfu.example.gov.cn/v/X/"
    settings.JIANFU_PUBLIC_URL = ""
    assert public_address("/v/X/") == ""
