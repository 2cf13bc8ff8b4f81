"""Registers that are long: made beside the server, with what the page showed and what the person may see."""

import logging
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.urls import reverse
from pypdf import PdfReader

from jianfu.audit.models import Event
from jianfu.handouts.models import Handout
from jianfu.handouts.services import making
from jianfu.kernel.exports import in_parts
from jianfu.organisations.models import Membership
from jianfu.organisations.states import Role
from ledger.exports import form, register, secondment, year
from ledger.models import Achievement, LedgerRow, ReportForm
from tests.factories import World

from .cities import filed, parts_of
from .forms import YEAR, office
from .registers import clerk, enter
from .secondments import TODAY, borrow, get, keeper

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]
NAMES = ("甲表", "乙表", "丙表", "丁表")


@pytest.fixture(autouse=True)
def soon_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two rows are long; what would be begun beside the server waits for the test."""
    for module in (register, secondment):
        monkeypatch.setattr(module, "AT_ONCE", dict.fromkeys(register.AT_ONCE, 1))
    monkeypatch.setattr("jianfu.kernel.beside.start", lambda *_given: None)


def taken(by: Any, address: str) -> tuple[Handout, bytes]:
    """What is downloaded in the end of a link that leads to a long export."""
    answer = get(by, address)
    handout = Handout.objects.latest("pk")
    assert answer.url == handout.get_absolute_url()
    making.work()
    handout.refresh_from_db()
    content = get(by, reverse("handouts:handout_file", args=[handout.pk]))
    return handout, b"".join(content.streaming_content)


def test_the_rows_of_the_list_in_its_order(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        enter(world, "forms", name=name)
    enter(world, "forms", name="别的")
    address = "/ledger/registers/forms/export.xlsx?q=%E8%A1%A8&sort=-name"
    handout, content = taken(clerk(world), address)
    page = openpyxl.load_workbook(BytesIO(content)).worksheets[0]
    shown = [row[0].value for row in page.iter_rows(min_row=3)]
    assert shown == list(
        ReportForm.objects.filter(name__contains="表").order_by("-name").values_list("name", flat=True)
    )
    assert (handout.total, handout.done) == (4, 4)
    event = Event.objects.get(action="register.forms.exported")
    assert (event.data["rows"], event.data["kind"]) == (4, "xlsx")
    assert "sort=-name" in event.data["query"]


@pytest.mark.parametrize("extension", ["pdf", "docx"])
def test_a_paper(world: World, extension: str) -> None:
    enter(world, "forms", name="甲表"), enter(world, "forms", name="乙表")
    handout, content = taken(clerk(world), f"/ledger/registers/forms/export.{extension}")
    assert handout.done == handout.whole
    if extension == "pdf":
        text = PdfReader(BytesIO(content)).pages[0].extract_text()
        assert "甲表" in text
        assert "共 2 张" in text
    else:
        assert content.startswith(b"PK")


def test_a_short_one_is_handed_out_at_once(world: World) -> None:
    enter(world, "forms")
    assert get(clerk(world), "/ledger/registers/forms/export.pdf").content.startswith(b"%PDF")
    assert not Handout.objects.exists()


def test_names_leave_only_with_who_may_see_them(world: World) -> None:
    for name in ("欧阳修远", "司马光启"):
        borrow(world, name=name)
    reader, by = world.user(Role.FIRST_REVIEWER), keeper(world)
    for who, query, named in ((by, "", True), (by, "?names=0&q=欧阳", False), (reader, "", False)):
        if "q=" in query:
            borrow(world, name="欧阳修竹")
        handout, content = taken(who, f"/ledger/secondments/export.xlsx{query}")
        text = str([[cell.value for cell in row] for row in openpyxl.load_workbook(BytesIO(content)).active])
        assert ("修远" in text) is named
        assert ("姓名已隐去" in handout.title) is not named
        event = Event.objects.filter(action="ledger.secondments_exported").latest("pk")
        assert event.data["named"] is named
        assert "欧阳" not in str(event.data)


def test_names_do_not_leave_after_the_role_is_gone(world: World) -> None:
    for name in ("欧阳修远", "司马光启"):
        borrow(world, name=name)
    by = keeper(world)
    handout, _content = taken(by, "/ledger/secondments/export.pdf")
    Membership.objects.filter(person=by.person).update(role=Role.FIRST_REVIEWER)
    fresh = type(by).objects.get(pk=by.pk)
    answer = get(fresh, reverse("handouts:handout_file", args=[handout.pk]))
    assert answer.status_code == 409


def test_rows_are_read_in_parts_in_their_order(world: World, django_assert_num_queries: Any) -> None:
    for name in NAMES:
        enter(world, "forms", name=name)
    rows = ReportForm.objects.order_by("-name").select_related("section")
    with django_assert_num_queries(3):
        list(in_parts(rows, 2))
    assert [row.name for row in in_parts(rows, 2)] == [row.name for row in rows]


@pytest.mark.usefixtures("key_pair")
def test_a_year_of_many_words_and_its_package(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The PDF is what takes long; a workbook of the same year is handed out at once."""
    monkeypatch.setattr(year, "LONG_TEXT", -1)
    filed(world)
    by = office(world)
    LedgerRow.objects.update(implementation="长文" * 200)
    for row in LedgerRow.objects.all():
        row.entries.all().delete()
        lines = (Achievement(row=row, name="长" * 190, position=n, written_by=by.person) for n in range(6))
        Achievement.objects.bulk_create(lines)
    handout, content = taken(by, f"/ledger/{YEAR}/export.pdf")
    pages = len(PdfReader(BytesIO(content)).pages)
    assert pages >= 3
    assert (handout.total, handout.counted) == (pages, f"已排 {pages}/{pages} 页左右")
    assert handout.name == f"云岭区中小学教师减负工作重点任务台账（{YEAR}年）.pdf"
    assert get(by, f"/ledger/{YEAR}/export.xlsx").content.startswith(b"PK")
    handout, content = taken(by, f"/ledger/{YEAR}/package/")
    assert (handout.total, handout.done, handout.measure) == (pages + 2, pages + 2, "步左右")
    assert "SHA256SUMS.sig" in parts_of(content)
    actions = ["ledger.export", "ledger.export", "ledger.packaged", "ledger.package_taken"]
    assert (
        list(Event.objects.filter(action__in=actions).order_by("pk").values_list("action", flat=True))
        == actions
    )


@pytest.mark.usefixtures("key_pair")
def test_each_page_is_told_as_it_is_begun(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once each in their order, never beyond what is expected; what is raised meanwhile ends it."""
    monkeypatch.setattr(year, "LONG_TEXT", -1)
    ledger, told = filed(world), []
    for file, total in (("pdf", 3), ("package", 5)):
        about = {"year": str(YEAR), "file": file}
        made = year.maker(about, office(world))
        told.append([])
        made.write(BytesIO(), told[-1].append)
        assert (made.total, told[-1]) == (total, sorted(told[-1]))
    assert told == [[0, 1, 2, 3], [1, 1, 2, 3, 4, 5]]

    def taken_back(_page: int) -> None:
        raise making.Stopped

    log = logging.getLogger("weasyprint.progress")
    before = (log.level, log.propagate)
    with pytest.raises(making.Stopped):
        form.render_paper(ledger, TODAY, taken_back)
    assert (log.handlers, log.level, log.propagate) == ([], *before)
