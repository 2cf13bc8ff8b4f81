"""Every address with real rows behind it, in every state, as the people of the demonstration district.

`test_every_url` walks a house without rows; here each page has something to show and something to refuse.
"""

from __future__ import annotations

from http import HTTPStatus
from io import StringIO

import pytest
from django.contrib.auth import SESSION_KEY
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from approvals.models import Application, Assignment, Attachment, InspectionPlan, Round
from jianfu.handouts.models import Handout
from jianfu.handouts.services import making, order
from jianfu.kernel import dates
from jianfu.organisations.models import Delegation, User
from jianfu.organisations.services import delegate
from ledger.exports.working_form import render
from ledger.models import Filing, Intake, Ledger, LedgerRow, Milestone, Secondment
from ledger.services.intake import upload
from ledger.services.intake_process import start
from whitelist.models import Activity, Complaint, Feedback, Release, Removal, Session

from .test_every_url import FORM, KINDS, form, get_resolver, walk

PEOPLE = ["maxiao", "limin", "fengxiaodong", "songguoqiang", "huanghaiyan", "zhengkun", "liangsiqi"]
PEOPLE += ["renzhong"]
# The longest beginning of an address that fits says whose numbers it takes.
ROWS = {
    "/approvals/attachments/": Attachment.objects.order_by("pk")[:1],
    "/approvals/opinions/": Assignment.objects.order_by("-pk")[:3],
    "/approvals/plans/": InspectionPlan.objects.order_by("pk"),
    "/approvals/rounds/": Round.objects.order_by("state", "pk"),
    "/approvals/": Application.objects.order_by("state", "pk"),
    "/delegations/": Delegation.objects.order_by("pk")[:1],
    "/exports/": Handout.objects.order_by("pk"),
    "/ledger/filings/": Filing.objects.order_by("pk")[:1],
    "/ledger/milestones/": Milestone.objects.filter(ledger__year=2026).order_by("pk")[:2],
    "/ledger/intake/": Intake.objects.order_by("pk"),
    "/ledger/rows/": LedgerRow.objects.filter(ledger__year=2026).order_by("state", "pk"),
    "/ledger/secondments/": Secondment.objects.order_by("pk")[:2],
    "/whitelist/office/activities/": Activity.objects.order_by("state", "pk"),
    "/whitelist/office/feedback/": Feedback.objects.order_by("pk")[:2],
    "/whitelist/office/removals/": Removal.objects.order_by("state", "pk"),
    "/whitelist/office/complaints/": Complaint.objects.order_by("pk"),
    "/whitelist/office/releases/": Release.objects.filter(kind="campus").order_by("pk")[:2],
    "/whitelist/office/sessions/": Session.objects.order_by("pk")[:2],
}
# One step and one paper of a complaint: tests/whitelist asks for all of them.
_COMPLAINT = "/whitelist/office/complaints/<int:pk>"
SPELT = {
    f"{_COMPLAINT}/act/<str:name>/": f"{_COMPLAINT}/act/find/",
    f"{_COMPLAINT}/paper/<str:kind>.<str:format>": f"{_COMPLAINT}/paper/check.docx",
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


def shown_and_hidden(rows, user):
    """The person's own choice: one row of each state that is shown, and one that is not."""
    rows = list(rows.all())
    door = getattr(rows[0].__class__.objects, "visible_to", None) if rows else None
    shown = {row.pk for row in rows} if door is None else set(door(user).values_list("pk", flat=True))
    of_state = {getattr(row, "state", row.pk): row.pk for row in rows if row.pk in shown}
    hidden = [row.pk for row in rows if row.pk not in shown]
    return [*of_state.values(), *hidden[-1:]]


def addresses(user):
    """Every address with the rows behind it, as (template, address)."""
    numbers = {start: shown_and_hidden(rows, user) for start, rows in ROWS.items()}
    for path, converters in walk(get_resolver().url_patterns):
        template, kinds = f"/{path}", {name: KINDS[type(c).__name__] for name, c in converters.items()}
        spelt = SPELT.get(template, template)
        if set(kinds) == {"pk"} or spelt != template:
            start = max((s for s in numbers if template.startswith(s)), key=len, default="")
            for number in numbers.get(start, []):
                yield template, spelt.replace("<int:pk>", str(number))
        elif set(kinds) == {"pk", "kind", "format"}:
            # One document, as Word, for one that is shown and one that is not: it takes as long as ten pages,
            # and tests/approvals/exports asks for all of them in every state.
            for number in {*numbers["/approvals/"][:1], *numbers["/approvals/"][-1:]}:
                yield template, f"/approvals/{number}/paper/flow/docx/"
        elif set(kinds) == {"year"}:
            yield template, template.replace("<int:year>", "2026")
        elif not kinds and "sign-out" not in template:
            yield template, template


@pytest.mark.django_db
@pytest.mark.usefixtures("laid_out_once", "counted_once")
def test_nothing_that_is_asked_or_sent_breaks_a_page(client, settings):
    settings.JIANFU_DEMO = True
    call_command("demo", stdout=StringIO())
    _lend("limin", "chensiyu")
    _upload("limin", settings)
    _order("limin")
    client.raise_request_exception = False
    failed = []
    for person in PEOPLE:
        user = User.objects.get(username=person)
        walked = list(addresses(user))
        assert len(walked) > 100
        failed += [(person, *fault) for fault in faults(client, user, walked)]
    assert failed == []


def faults(client, user, walked):
    """What broke, as (method, address, status). A method that an address does not take is refused before
    any row is looked at, so it is tried on the first row only."""
    refused = set()
    client.force_login(user)
    for template, address in walked:
        for method in ("get", "post"):
            if (method, template) in refused:
                continue
            if client.session.get(SESSION_KEY) != str(user.pk):
                client.force_login(user)
            sent = {"data": form(NONSENSE), "content_type": FORM} if method == "post" else {}
            status = getattr(client, method)(address, **sent).status_code
            if status == HTTPStatus.METHOD_NOT_ALLOWED:
                refused.add((method, template))
            if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
                yield method, address, status


def _upload(person, settings):
    """Nobody in the demonstration has uploaded anything: one that was given up, and one that is read."""
    settings.JIANFU_BESIDE = False
    by, ledger = User.objects.get(username=person), Ledger.objects.get(year=2026)
    content = render(ledger, ledger.rows.prefetch_related("entries", "blanks"), dates.now())
    for name, file in (("a.xlsx", b"%PDF-1.7"), ("b.xlsx", content)):
        upload(purpose="form", about="2026", file=SimpleUploadedFile(name, file), by=by)
    for intake in Intake.objects.filter(state="waiting"):
        start("read", intake)


def _order(person):
    """Nobody in the demonstration has exported anything long: one that is ready, one that waits."""
    by = User.objects.get(username=person)
    order(kind="register", about={"register": "forms", "extension": "xlsx"}, by=by)
    making.work()
    order(kind="register", about={"register": "forms", "extension": "docx"}, by=by)


def _lend(principal, agent):
    """The demonstration has no 代理 of its own."""
    by, today = User.objects.get(username=principal), dates.today()
    rows, person = by.person.memberships.all(), User.objects.get(username=agent).person
    delegate(memberships=rows, agent=person, since=today, until=today, reason="外出", by=by)
