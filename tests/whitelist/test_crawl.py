"""Whoever follows every public link, feed and file of the demonstration district finds no person."""

import re
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from approvals.models import Application
from jianfu.organisations.models import District, Person, User
from tests.whitelist.crawl import walk
from whitelist.models import Entry

REACHES_A_PERSON = {
    "identity number": re.compile(r"(?<!\d)\d{17}[\dXx](?!\w)"),
    "mobile": re.compile(r"(?<![\d.])1[3-9]\d{9}(?!\d)"),
    "landline": re.compile(r"(?<!\d)0\d{2,3}[- ]?\d{7,8}(?!\d)"),
    "mail": re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+"),
}


@pytest.fixture
def districts(db, settings):
    settings.JIANFU_DEMO = True
    settings.JIANFU_TODAY = date(2026, 11, 23)
    call_command("demo", stdout=StringIO())
    return District.objects.all()


def test_no_person_is_found_and_nobody_is_told_apart(districts, client):
    names = {name for name in Person.objects.values_list("name", flat=True) if len(name) > 1}
    users = set(User.objects.values_list("username", flat=True))
    codes = {*Entry.objects.values_list("verification_code", flat=True)}
    codes |= {code for code in Application.objects.values_list("verification_code", flat=True) if code}
    contacts = {words for each in districts for words in (each.contact_phone, each.contact_email)}
    assert len(names) > 30
    assert len(codes) > 20
    found, wrong = [], []
    for page in walk(client, "/whitelist/", "/v/"):
        found.append(page)
        answer, words = page.response, page.words
        wrong += [(page.path, answer.status_code)] if answer.status_code not in {200, 301, 302} else []
        # A form that is sent needs its token; such a page is kept by nobody.
        form = set(answer.cookies) == {"csrftoken"} and "no-store" in answer.headers["Cache-Control"]
        wrong += [(page.path, "cookie", list(answer.cookies))] if answer.cookies and not form else []
        kept = "/report/" in page.path and "no-store" not in answer.headers["Cache-Control"]
        wrong += [(page.path, "kept")] if kept else []
        wrong += [(page.path, "foreign", address) for address in page.foreign]
        wrong += [(page.path, "varies")] if "Cookie" in answer.headers.get("Vary", "") and not form else []
        wrong += [(page.path, "name", name) for name in names if name in words]
        wrong += [(page.path, "user", name) for name in users if re.search(rf"\b{name}\b", words)]
        wrong += [(page.path, "code", code) for code in codes if code in words]
        for what, pattern in REACHES_A_PERSON.items():
            wrong += [(page.path, what, hit) for hit in pattern.findall(words) if hit not in contacts]
    assert not wrong, wrong
    assert {"text/html", "application/pdf"} <= {page.kind for page in found}
    assert any("spreadsheet" in page.kind for page in found)
    entries = set(Entry.objects.values_list("number", flat=True))
    reached = {page.path.rstrip("/").rsplit("/", 1)[-1] for page in found}
    assert entries <= reached  # also those of former releases
    # The measure measures: read in the same way, a page of the staff names who reads it.
    reader = User.objects.select_related("person").get(username="limin")
    client.force_login(reader)
    assert reader.person.name in next(walk(client, "/whitelist/office/")).words
