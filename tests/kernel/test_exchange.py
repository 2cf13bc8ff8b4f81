from urllib.parse import unquote

import pytest
from django.http import HttpRequest

from jianfu.kernel.exchange import CONTENT_TYPES, NO_VERSION, file_answer, key_of, keys_of, version_of


@pytest.mark.parametrize(("text", "key"), [("0", 0), ("7", 7), ("999999999", 999_999_999), ("007", 7)])
def test_a_number_of_a_row(text, key):
    assert key_of(text) == key


@pytest.mark.parametrize("text", ["", "²", "٣", "一", "-1", "1.0", "1e3", " 7", "9" * 10, "9" * 5000, "\x00"])
def test_anything_else_is_none(text):
    assert key_of(text) is None


def test_only_the_numbers_are_kept():
    assert keys_of(["3", "²", "", "12", "x"]) == [3, 12]


@pytest.mark.parametrize(
    ("sent", "read"), [("4", 4), ("²", NO_VERSION), ("", NO_VERSION), (None, NO_VERSION)]
)
def test_the_version_that_the_page_showed(sent, read):
    request = HttpRequest()
    request.POST = {} if sent is None else {"version": sent}
    assert version_of(request) == read


@pytest.mark.parametrize("extension", sorted(CONTENT_TYPES))
def test_a_file_under_its_chinese_name(extension):
    answer = file_answer(b"x", "云岭区2026年清单", extension)
    assert unquote(answer["Content-Disposition"]) == (
        f"attachment; filename*=utf-8''云岭区2026年清单.{extension}"
    )
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == CONTENT_TYPES[extension]


def test_a_long_name_is_cut_and_its_extension_never():
    assert unquote(file_answer(b"x", "长" * 300, "pdf")["Content-Disposition"]).endswith("长.pdf")
