"""Every address of the house, as every role, with what browsers and scripts send: never a 500.

The URLconf is walked, so a new page is under test as soon as it has an address.
"""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import urlencode

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from jianfu.organisations.states import Role

KINDS = {
    "IntConverter": "int",
    "SlugConverter": "slug",
    "StringConverter": "str",
    "UUIDConverter": "uuid",
    "PathConverter": "path",
}
SAMPLES = {
    "int": ["9" * 24],
    "slug": ["x", "yunling", "forms"],
    "str": ["x", "云岭区"],
    "uuid": ["00000000-0000-0000-0000-000000000000"],
    "path": ["x/y"],
}
QUERIES: list[dict[str, str]] = [
    {"page": "99999999999999999999", "year": "99999999999999", "q": "' OR 1=1 --", "counted": "x"},
    {"page": "-1", "year": "abc", "tab": "nonsense", "state": "nonsense", "q": "字" * 2000},
    {"tab": "\ufffd"},
]
BAD = {"title": "\x00", "note": "a\ud800b", "version": "x", "action": "nonsense"}
LONG = BAD | {"name": "字" * 70_000}
SMALLER = (SAMPLES["int"][0], "1")
ROLES = [None, Role.APPLICANT, Role.EXPERT, Role.FIRST_REVIEWER, Role.LEADER, Role.PUBLICATION_CLERK]
ROLES += [Role.SECTION_CLERK, Role.LEDGER_OFFICE, Role.SCHOOL, Role.AUDITOR, Role.CITY_OFFICE]


FORM = "application/x-www-form-urlencoded"


def form(data):
    """As a script sends it: a lone surrogate goes over the wire as three bytes that are no character."""
    return urlencode(data, doseq=True, errors="surrogatepass")


def walk(patterns, prefix=""):
    """Every address of our own pages as a template; the admin is tested apart."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            if pattern.app_name != "admin":
                yield from walk(pattern.url_patterns, prefix + str(pattern.pattern))
        elif isinstance(pattern, URLPattern):
            yield prefix + str(pattern.pattern), pattern.pattern.converters


def addresses():
    for template, converters in walk(get_resolver().url_patterns):
        kinds = {name: KINDS[type(c).__name__] for name, c in converters.items()}
        rounds = max((len(SAMPLES[kind]) for kind in kinds.values()), default=1)
        for turn in range(rounds):
            address = template
            for name, kind in kinds.items():
                sample = SAMPLES[kind]
                for written in (f"<{kind}:{name}>", f"<{name}>"):
                    address = address.replace(written, sample[min(turn, len(sample) - 1)])
            yield "/" + address


def asked(client, address, *, send):
    """All the answers. Who is let in asks and sends everything; who finds nothing asks for a small number too
    and sends one form; who is refused sends it only where told to ``send``."""
    small = address.replace(*SMALLER)
    first = client.get(address, QUERIES[0])
    yield first
    if first.status_code == HTTPStatus.FORBIDDEN:
        posted = [(address, BAD)] if send else []
    elif first.status_code == HTTPStatus.NOT_FOUND:
        posted = [(address, BAD)]
        if small != address:
            yield client.get(small)
    else:
        posted = [(address, LONG), (small, {})]
        if first.status_code != HTTPStatus.METHOD_NOT_ALLOWED:
            yield from (client.get(small, query) for query in [{}, *QUERIES[1:]])
    if "sign-out" not in address:
        yield from (client.post(there, form(data), content_type=FORM) for there, data in posted)


@pytest.mark.usefixtures("laid_out_once", "counted_once")
@pytest.mark.parametrize("role", ROLES, ids=str)
def test_no_address_ends_in_an_error_page(world, client, role):
    client.raise_request_exception = False
    if role:
        client.force_login(world.user(role))
    turn, failed = ROLES.index(role), []
    for place, address in enumerate(addresses()):
        answers = asked(client, address, send=(place + turn) % 3 == 0)
        failed += [(address, a.status_code) for a in answers if a.status_code >= 500]
    assert failed == []


def test_the_walk_finds_the_pages():
    found = list(addresses())
    assert len(found) > 30
    assert not [address for address in found if "<" in address]
