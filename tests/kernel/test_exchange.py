from ipaddress import ip_network
from urllib.parse import unquote

import pytest
from django.http import HttpRequest

from jianfu.kernel.exchange import (
    CONTENT_TYPES,
    NO_VERSION,
    file_answer,
    key_of,
    keys_of,
    version_of,
    visitor_address,
)


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


PROXIES = ("10.1.0.0/24", "127.0.0.1")


def seen_from(nearest, told=None):
    request = HttpRequest()
    request.META = {"REMOTE_ADDR": nearest} | ({} if told is None else {"HTTP_X_FORWARDED_FOR": told})
    return visitor_address(request)


def test_without_a_proxy_nobody_chooses_the_own_address():
    assert seen_from("127.0.0.1", "203.0.113.7") == "127.0.0.1"


@pytest.mark.parametrize(
    ("nearest", "told", "visitor"),
    [
        ("10.1.0.9", "203.0.113.7", "203.0.113.7"),
        ("10.1.0.9", "1.2.3.4, 203.0.113.7", "203.0.113.7"),  # the visitor wrote the first one
        ("127.0.0.1", "203.0.113.7, 10.1.0.9", "203.0.113.7"),  # two proxies, one behind the other
        ("::ffff:10.1.0.9", "2001:db8::7", "2001:db8::7"),
        ("10.1.1.9", "203.0.113.7", "10.1.1.9"),  # not of the network
        ("203.0.113.8", "203.0.113.7", "203.0.113.8"),
        ("10.1.0.9", None, "10.1.0.9"),
        ("10.1.0.9", "unknown", "10.1.0.9"),
        ("10.1.0.9", "203.0.113.7, ", "10.1.0.9"),
        ("10.1.0.9", "127.0.0.1, 10.1.0.8", "127.0.0.1"),
        ("", "203.0.113.7", ""),  # a socket of this machine
    ],
)
def test_behind_the_own_proxies_the_last_address_that_is_none_of_theirs(settings, nearest, told, visitor):
    settings.TRUSTED_PROXIES = [ip_network(each) for each in PROXIES]
    assert seen_from(nearest, told) == visitor
