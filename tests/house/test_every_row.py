"""Every address with real rows behind it, in every state, as the people of the demonstration district.

`test_every_url` walks a house without rows; here each page has something to show and something to refuse.
"""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command

from approvals.models import Application, Assignment, Attachment, InspectionPlan, Round
from jianfu.kernel import dates
from jianfu.organisations.models import Delegation, User
from jianfu.organisations.services import delegate
from ledger.models import Filing, LedgerRow, Secondment
from whitelist.models import Release

from .test_every_url import FORM, KINDS, form, get_resolver, walk

PEOPLE = ["maxiao", "limin", "fengxiaodong", "songguoqiang", "huanghaiyan", "zhengkun", "liangsiqi"]
# The longest beginning of an address that fits says whose numbers it takes.
ROWS = {
    "/approvals/attachments/": Attachment.objects.order_by("pk")[:1],
    "/approvals/opinions/": Assignment.objects.order_by("-pk")[:3],
    "/approvals/plans/": InspectionPlan.objects.order_by("pk"),
    "/approvals/rounds/": Round.objects.order_by("state", "pk"),
    "/approvals/": Application.objects.order_by("state", "pk"),
    "/delegations/": Delegation.objects.order_by("pk")[:1],
    "/ledger/filings/": Filing.objects.order_by("pk")[:1],
    "/ledger/rows/": LedgerRow.objects.filter(ledger__year=2026).order_by("state", "pk"),
    "/ledger/secondments/": Secondment.objects.order_by("pk")[:2],
    "/whitelist/office/releases/": Release.objects.order_by("pk")[:2],
}
NONSENSE = {
    "note": "a\ud800b\x00",
    "version": "9" * 30,
    "transition": "nonsense",
    "name": "字" * 600,
    "date": "2026-02-30",
    "entries-TOTAL_FORMS": "x",
    "form-TOTAL_FORMS": "-1",
    "expert": ["x", "9" * 30],
    "applications": ["x", "9" * 30],
    "conclusion": "nonsense",
}


def one_of_each_state(rows):
    return {getattr(row, "state", row.pk): row.pk for row in rows}.values()


def addresses():
    numbers = {start: [str(pk) for pk in one_of_each_state(rows.all())] for start, rows in ROWS.items()}
    for template, converters in walk(get_resolver().url_patterns):
        kinds = {name: KINDS[type(c).__name__] for name, c in converters.items()}
        if set(kinds) == {"pk"}:
            start = max((s for s in numbers if ("/" + template).startswith(s)), key=len, default="")
            for number in numbers.get(start, []):
                yield "/" + template.replace("<int:pk>", number)
        elif set(kinds) == {"pk", "kind", "format"}:
            # One document of each, as Word: tests/approvals/exports asks for all of them.
            for number in numbers["/approvals/"]:
                yield f"/approvals/{number}/paper/flow/docx/"
        elif set(kinds) == {"year"}:
            yield "/" + template.replace("<int:year>", "2026")
        elif not kinds and "sign-out" not in template:
            yield "/" + template


@pytest.mark.django_db
def test_nothing_that_is_asked_or_sent_breaks_a_page(client, settings):
    settings.JIANFU_DEMO = True
    call_command("demo", stdout=StringIO())
    _lend("limin", "chensiyu")
    client.raise_request_exception = False
    failed, walked = [], list(addresses())
    assert len(walked) > 100
    for person in PEOPLE:
        for address in walked:
            client.force_login(User.objects.get(username=person))
            answers = [client.get(address), client.post(address, form(NONSENSE), content_type=FORM)]
            failed += [(person, address, a.status_code) for a in answers if a.status_code >= 500]
    assert failed == []


def _lend(principal, agent):
    """The demonstration has no 代理 of its own."""
    by, today = User.objects.get(username=principal), dates.today()
    rows, person = by.person.memberships.all(), User.objects.get(username=agent).person
    delegate(memberships=rows, agent=person, since=today, until=today, reason="外出", by=by)
