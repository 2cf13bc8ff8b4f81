"""从记录起草: what the records propose, for which row, to whom; taken once, and then the clerk's own."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from approvals import services as approvals
from approvals.states import Disposition, State
from jianfu.kernel.decisions import Conflicted, Refused
from jianfu.organisations.states import Role
from ledger import drafting
from ledger.drafting import LIMIT, Proposal, proposals
from ledger.models import Ledger, LedgerRow, LedgerTemplate, TemplateRow
from ledger.services.drafting import take_proposals
from ledger.services.filling import as_input, save_row
from ledger.services.templates import load_templates
from ledger.states import AchievementKind, RowState
from tests.approvals.factories import application_at
from tests.approvals.plans import OFFICES, collected, plan_of, plan_step
from tests.factories import World

from .forms import HELD, brought_to, clerk, office, opened, row_of, signed_in, typed, url
from .registers import dispose, enter
from .secondments import borrow, give_back, keeper
from .test_whitelist_indicators import listed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]


def cleaned_up(world: World, count: int) -> None:
    plan = plan_of(collected(world))
    by = world.user(Role.PUBLICATION_CLERK)
    for serial in range(count + 1):
        item = approvals.add_past_item(plan=plan, by=by, title=f"检查{serial}", source="2025年清单")
        ended = serial < count
        approvals.dispose(
            item=item,
            disposition=Disposition.CANCELLED if ended else Disposition.KEPT,
            reason="已不需要" if ended else "",
            by=by,
        )
    for name in ("send", *OFFICES, "approve", "publish"):
        plan = plan_step(plan, name, world)


def returned(world: World, count: int, **more: Any) -> None:
    for serial in range(count):
        give_back(world, borrow(world, name=f"教师{serial}", **more), date(2026, 9, 1))
    borrow(world, name="仍在借")


def refused(world: World, count: int) -> None:
    for serial in range(count):
        application_at(State.REJECTED, world, title=f"打卡答题{serial}")
    application_at(State.SUBMITTED, world, title="还在办")


def dropped(slug: str) -> Callable[[World, int], None]:
    def make(world: World, count: int) -> None:
        for serial in range(count):
            dispose(world, enter(world, slug, name=f"停用{serial}"), "cancel")
        enter(world, slug, name="还在用")
        enter(world, slug, name="去年的", begun_on=date(2025, 3, 1), ended_on=date(2025, 6, 1))

    return make


def entered(slug: str, **more: Any) -> Callable[[World, int], None]:
    def make(world: World, count: int) -> None:
        for serial in range(count):
            enter(world, slug, name=f"事项{serial}", **more)

    return make


VILLAGE = {"kind": "village", "starts_on": date(2026, 4, 1), "ends_on": None}
# The source, the row of 000 that asks for it, how to make `count` records of it and some that are none.
SOURCES: list[tuple[str, int, Callable[[World, int], None], str]] = [
    ("白名单", 8, lambda world, count: listed(world, 2026, count), "held"),
    ("未获准入的进校园申请", 8, refused, "declined"),
    ("督查清理", 2, cleaned_up, "held"),
    ("返岗的借用教师", 13, returned, "held"),
    ("返岗的驻村教师", 4, lambda world, count: returned(world, count, **VILLAGE), "held"),
    ("取消整合的报表", 10, dropped("forms"), "held"),
    ("撤并的工作群", 3, dropped("channels"), "held"),
    ("取消合并的培训会议", 14, dropped("gatherings"), "held"),
    ("专项任务", 5, entered("duties", kind="special"), "held"),
    ("城市创优评先", 6, entered("duties"), "held"),
    ("数据共享", 12, entered("reuses"), "held"),
    ("拒绝记录", 7, entered("refusals"), "declined"),
]


def clerk_of(row: LedgerRow, world: World) -> Any:
    """Somebody of the row's first 科室."""
    section = row.assignments.order_by("-is_lead").first()
    places = {organisation.pk: name for name, organisation in world.places.items()}
    if section is None:
        from ledger.services.assigning import assign_sections

        assign_sections(row=row, lead=world.place("section"), by=office(world))
        return clerk(world)
    place = places[section.organisation_id]
    return world.user(Role.SECTION_CLERK, place=place, key=f"clerk of {place}")


def offered(row: LedgerRow, by: Any) -> dict[str, list[Proposal]]:
    return dict(proposals(row, by))


def test_every_source_is_tested() -> None:
    told = {"未同意的督查检查评比考核事项", "未同意的统计和调研"}  # the same code on other roads
    told.add("投诉举报")  # asked for by 004 alone: test_complaints.py
    assert {label for label, *_more in SOURCES} | told == {draft.label for draft in drafting.DRAFTS}


@pytest.mark.parametrize(("label", "number", "make", "kind"), SOURCES)
@pytest.mark.parametrize("count", [0, 1, 3])
def test_the_records_propose_and_lead_to_themselves(
    world: World, stranger_world: World, label: str, number: int, make: Any, kind: str, count: int
) -> None:
    row = row_of(opened(world), number)
    by = clerk_of(row, world)
    make(world, count)
    found = offered(row, by).get(label, [])
    assert len(found) == count + (count > 1)
    assert {proposal.kind for proposal in found} <= {kind}
    if count > 1:
        assert found[0].quantity == count
        assert found[0].unit
    client = signed_in(by)
    for proposal in found:
        assert proposal.name
        assert client.get(proposal.url).status_code == 200, proposal.url
    foreign = row_of(opened(stranger_world), number)
    assert label not in offered(foreign, clerk_of(foreign, stranger_world))


def test_teachers_are_not_named(world: World) -> None:
    give_back(world, borrow(world, name="欧阳文婷"), date(2026, 9, 1))
    row = row_of(opened(world), 13)
    (found,) = offered(row, keeper(world))["返岗的借用教师"]
    assert found.name == "区消防救援支队借用的实验小学教师返岗"
    assert "欧阳" not in f"{found}"


def test_a_refusal_says_why(world: World) -> None:
    refused(world, 1)
    row = row_of(opened(world), 8)
    (found,) = offered(row, clerk(world))["未获准入的进校园申请"]
    assert found.kind == AchievementKind.DECLINED
    assert found.outcome.startswith("不予通过：")


@pytest.mark.parametrize("code", ["wulong-000", "city-002", "heilongjiang-003"])
def test_the_topic_leads_in_every_template(world: World, code: str) -> None:
    listed(world, 2026, 1)
    load_templates(pattern=f"{code}.json")
    template = LedgerTemplate.objects.newest().get(code=code)
    with_topic = [row.key for row in TemplateRow.objects.filter(template=template) if "T08" in row.topics]
    ledger = opened(world, code=code)
    for row in ledger.rows.all():
        assert ("白名单" in offered(row, clerk(world))) is (row.key in with_topic)


def test_many_are_summed_up_and_only_the_first_are_listed(world: World) -> None:
    listed(world, 2026, LIMIT + 3)
    found = offered(row_of(opened(world), 8), clerk(world))["白名单"]
    assert len(found) == LIMIT + 1
    assert found[0].quantity == LIMIT + 3


# ---- Taken


@pytest.fixture
def row(world: World) -> LedgerRow:
    listed(world, 2026, 3)
    ledger: Ledger = opened(world)
    return row_of(ledger, 8)


def keys(row: LedgerRow, by: Any) -> list[str]:
    return [proposal.key for _label, found in proposals(row, by) for proposal in found]


def test_what_is_ticked_becomes_the_clerks_own_entry(world: World, row: LedgerRow) -> None:
    save_row(row=row, by=clerk(world), entries=[HELD])
    everything = keys(row, clerk(world))
    saved = take_proposals(row=row, keys=everything[:2], by=clerk(world))
    assert list(saved.entries.values_list("position", "name")) == [
        (1, HELD.name),
        (2, "经审批列入白名单的进校园活动"),
        (3, "事项0（区消防救援支队）"),
    ]
    last = saved.entries.last()
    assert (last.written_by, str(last.section), last.kind) == (clerk(world).person, "基教科", "held")
    assert saved.entries.all()[1].quantity == Decimal(3)
    assert "事项0" in saved.history.first().implementation
    assert saved.state == RowState.STARTED
    assert keys(row, clerk(world)) == everything[2:]


def test_edited_it_is_still_taken_and_deleted_it_is_offered_again(world: World, row: LedgerRow) -> None:
    key = keys(row, clerk(world))[1]
    saved = take_proposals(row=row, keys=[key], by=clerk(world))
    entry = saved.entries.get()
    changed = typed(
        saved, {"name": "改过的名称", "id": str(entry.pk), "outcome": "本人写的"}, I8a="3", I8b=""
    )
    assert signed_in(clerk(world)).post(url("row_detail", row.pk), changed).status_code == 302
    entry.refresh_from_db()
    assert (entry.name, entry.drafted_from) == ("改过的名称", key)
    assert key not in keys(row, clerk(world))
    save_row(row=row, by=clerk(world), entries=[])
    assert key in keys(row, clerk(world))


def test_copying_an_entry_into_the_next_year_does_not_copy_where_it_is_from(
    world: World, row: LedgerRow
) -> None:
    saved = take_proposals(row=row, keys=keys(row, clerk(world))[1:2], by=clerk(world))
    assert as_input(saved.entries.get(), new=True).drafted_from == ""


def test_what_another_row_of_the_ledger_took_is_not_offered(world: World) -> None:
    dispose(world, enter(world, "channels"), "cancel")
    ledger = opened(world)
    TemplateRow.objects.filter(template=ledger.template, key="000-08").update(topics=["T03"])
    third, eighth = row_of(ledger, 3), row_of(ledger, 8)
    by = clerk_of(third, world)
    assert keys(third, by) == keys(eighth, clerk(world)) != []
    take_proposals(row=third, keys=keys(third, by), by=by)
    assert keys(eighth, clerk(world)) == []


@pytest.mark.parametrize("chosen", [[], ["entry-999999"], ["x"], [""]])
def test_what_is_not_offered_is_not_taken(world: World, row: LedgerRow, chosen: list[str]) -> None:
    with pytest.raises(Refused, match="勾选要写进落实情况的记录"):
        take_proposals(row=row, keys=chosen, by=clerk(world))
    assert not row.entries.exists()


def test_over_a_newer_version_it_is_a_conflict(world: World, row: LedgerRow) -> None:
    stale = row.version
    save_row(row=row, by=clerk(world), entries=[HELD])
    with pytest.raises(Conflicted):
        take_proposals(row=row, keys=keys(row, clerk(world)), by=clerk(world), expected_version=stale)
    assert row.entries.count() == 1


# ---- The page


def test_the_page_offers_and_writes_nothing(world: World, row: LedgerRow) -> None:
    answer = signed_in(clerk(world)).get(url("row_draft", row.pk))
    page = answer.content.decode()
    assert page.count('name="chosen"') == 4
    assert "经审批列入白名单的进校园活动" in page
    row.refresh_from_db()
    assert (row.state, row.entries.count()) == (RowState.ASSIGNED, 0)


def test_ticking_leads_back_to_the_row(world: World, row: LedgerRow) -> None:
    client, address = signed_in(clerk(world)), url("row_draft", row.pk)
    chosen = keys(row, clerk(world))[1:3]
    answer = client.post(address, {"version": row.version, "chosen": chosen}, follow=True)
    assert answer.redirect_chain[-1][0] == row.get_absolute_url()
    assert "已写入 2 条" in answer.content.decode()
    again = client.post(address, {"version": row.version + 9, "chosen": chosen})
    assert "勾选要写进落实情况的记录" in again.content.decode()


def test_the_row_saves_what_was_typed_before_it_leads_there(world: World, row: LedgerRow) -> None:
    data = typed(row, {"name": "手写的一条"}, step="draft", I8a="3", I8b="")
    answer = signed_in(clerk(world)).post(url("row_detail", row.pk), data)
    assert answer["location"] == url("row_draft", row.pk)
    assert row.entries.get().name == "手写的一条"


@pytest.mark.parametrize("state", [RowState.SUBMITTED, RowState.ACCEPTED])
def test_a_reported_row_is_not_drafted(world: World, row: LedgerRow, state: RowState) -> None:
    row = brought_to(state, row, world)
    assert signed_in(clerk(world)).get(url("row_draft", row.pk)).status_code == 403
    with pytest.raises(Refused):
        take_proposals(row=row, keys=keys(row, clerk(world)), by=clerk(world))


def test_only_the_rows_own_clerks_draft(world: World, stranger_world: World, row: LedgerRow) -> None:
    for by in (office(world), keeper(world), world.user(Role.FIRST_REVIEWER)):
        assert signed_in(by).get(url("row_draft", row.pk)).status_code == 403
        with pytest.raises(Refused):
            take_proposals(row=row, keys=keys(row, by), by=by)
    assert signed_in(clerk(stranger_world)).get(url("row_draft", row.pk)).status_code == 404


def test_the_page_costs_the_same_however_many_records(world: World, row: LedgerRow) -> None:
    client = signed_in(clerk(world))
    client.get(url("row_draft", row.pk))

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url("row_draft", row.pk)).status_code == 200
        return len(captured)

    refused(world, 2)
    first = queries()
    refused(world, 3)
    assert queries() == first
