"""The closing of a year: state × action × role, who may sign, what is recorded, what opens again."""

from datetime import date, timedelta
from typing import Any

import pytest

from jianfu.audit.models import Event
from jianfu.kernel import dates
from jianfu.kernel.decisions import Conflicted, Refused
from jianfu.organisations.services import delegate, grant_role
from jianfu.organisations.states import Role
from ledger.exports.form import official_form
from ledger.models import Ledger
from ledger.selectors import closing
from ledger.services.closing import record_receipt
from ledger.services.filling import EntryInput, save_row
from ledger.states import PAST, LedgerState, RowState
from ledger.workflow import LEDGER, ROW
from tests.factories import World, add_account
from tests.ledger.forms import brought_to, filled, office, opened, row_of
from tests.ledger.years import filing, taken, whole, year_at

S = LedgerState
MAY = {
    "summarise": Role.LEDGER_OFFICE,
    "sign": Role.LEADER,
    "return_": Role.LEADER,
    "recall": Role.LEDGER_OFFICE,
    "hand_over": Role.LEDGER_OFFICE,
    "record": Role.LEADER,
    "lock": Role.LEDGER_OFFICE,
    "file_": Role.LEDGER_OFFICE,
    "reopen": Role.LEDGER_OFFICE,
}
FROM = {
    "summarise": {S.OPENED},
    "sign": {S.SUMMARISED},
    "return_": {S.SUMMARISED, S.CHECKING},
    "recall": {S.SUMMARISED, S.CHECKING},
    "hand_over": {S.ENTERING},
    "record": {S.CHECKING},
    "lock": {S.SIGNED},
    "file_": {S.LOCKED},
    "reopen": {S.SIGNED, S.LOCKED, S.FILED, S.RECORDED},
}
TO = {
    "summarise": S.SUMMARISED,
    "sign": S.SIGNED,
    "return_": S.OPENED,
    "recall": S.OPENED,
    "hand_over": S.CHECKING,
    "record": S.RECORDED,
    "lock": S.LOCKED,
    "file_": S.FILED,
    "reopen": S.OPENED,
}


PAST_TO = {"return_": S.ENTERING, "recall": S.ENTERING, "reopen": S.ENTERING}


def leads_to(name: str, state: str) -> str:
    return PAST_TO.get(name, TO[name]) if state in PAST else TO[name]


def leader(world: World) -> Any:
    return world.user(Role.LEADER)


def lent_to(agent: Any, principal: Any) -> Any:
    """The agent's account, with the principal's seat among the leaders."""
    membership = principal.person.memberships.get(role=Role.LEADER)
    day = dates.today()
    delegate(memberships=[membership], agent=agent.person, since=day, until=day, reason="外出", by=principal)
    return add_account(agent.person)


def test_the_table_is_the_one_meant() -> None:
    assert {name: set(row.sources) for name, row in LEDGER.transitions.items()} == FROM
    moves = {name: dict(row.moves) for name, row in LEDGER.transitions.items()}
    assert moves == {name: {state: leads_to(name, state) for state in FROM[name]} for name in FROM}
    reasoned = {name for name, row in LEDGER.transitions.items() if row.note_required}
    assert reasoned == {"return_", "recall", "reopen"}
    assert LEDGER.terminal == set()


@pytest.mark.parametrize("state", list(S))
def test_every_action_of_every_role(world: World, state: LedgerState) -> None:
    ledger = year_at(state, world)
    for name in LEDGER.transitions:
        for role in Role:
            expected = state in FROM[name] and role == MAY[name]
            assert bool(LEDGER.decide(ledger, name, world.user(role))) is expected, (name, role)


@pytest.mark.parametrize("state", list(S))
def test_a_refused_action_changes_nothing(world: World, state: LedgerState) -> None:
    ledger = year_at(state, world)
    steps = ledger.steps.count()
    for name in [name for name in FROM if state not in FROM[name]]:
        with pytest.raises(Refused):
            taken(ledger, name, world.user(MAY[name]), note="说明")
    ledger.refresh_from_db()
    assert (ledger.state, ledger.steps.count()) == (state, steps)


@pytest.mark.parametrize(("name", "state"), [(name, state) for name in FROM for state in sorted(FROM[name])])
def test_every_allowed_step_arrives_and_is_written_down(world: World, name: str, state: LedgerState) -> None:
    by = world.user(MAY[name])
    ledger = taken(year_at(state, world), name, by, note="核对数字")
    assert ledger.state == leads_to(name, state)
    step = ledger.steps.first()
    assert (step.transition, step.source, step.target) == (name, state, leads_to(name, state))
    assert (step.person_id, step.note) == (by.person_id, "核对数字")
    event = Event.objects.filter(action=f"ledger.{name}").latest("position")
    assert (event.source, event.destination, event.note) == (state, leads_to(name, state), "核对数字")


@pytest.mark.parametrize("role", [Role.LEADER, Role.LEDGER_OFFICE])
def test_another_district_takes_no_step(world: World, stranger_world: World, role: Role) -> None:
    for state, name in ((S.SUMMARISED, "sign"), (S.SIGNED, "lock")):
        ledger = opened(world, year=2025 if name == "lock" else 2026)
        Ledger.objects.filter(pk=ledger.pk).update(state=state)
        ledger.refresh_from_db()
        assert not LEDGER.decide(ledger, name, stranger_world.user(role))


@pytest.mark.parametrize("state", [state for state in S if state not in {S.OPENED, S.ENTERING}])
def test_no_row_moves_while_the_year_is_closed(world: World, state: LedgerState) -> None:
    row = row_of(year_at(state, world), 8)
    for name in ROW.transitions:
        assert not ROW.decide(row, name, office(world))
    by = office(world) if state in PAST else world.user(Role.SECTION_CLERK, key="clerk of section")
    with pytest.raises(Refused, match="不能再改"):
        filled(row, by)


def test_what_is_missing_before_it_is_sent_is_named(world: World) -> None:
    ledger = opened(world)
    brought_to(RowState.ACCEPTED, row_of(ledger, 8), world)
    decision = LEDGER.decide(ledger, "summarise", office(world))
    assert "还有 13 项" in decision.text
    assert "第 8 项" not in decision.text


def test_a_return_and_a_reopening_say_why(world: World) -> None:
    ledger = year_at(S.SUMMARISED, world)
    with pytest.raises(Refused, match="填写退回原因"):
        taken(ledger, "return_", leader(world), note=" ")
    ledger = taken(taken(ledger, "sign", leader(world)), "lock", office(world))
    with pytest.raises(Refused, match="填写重新打开的理由"):
        taken(ledger, "reopen", office(world))


def test_what_was_sent_is_taken_back_with_its_reason_and_sent_again(world: World) -> None:
    """撤回 is no 退回: no stop of the road is marked as returned, and the rows stay accepted."""
    ledger = year_at(S.SUMMARISED, world)
    with pytest.raises(Refused, match="填写撤回原因"):
        taken(ledger, "recall", office(world))
    ledger = taken(ledger, "recall", office(world), note="第 8 项的数要更正")
    bar = closing.stages(ledger, closing.steps_of(ledger), dates.today())
    assert [stage.state for stage in bar] == ["current", "todo", "todo", "todo"]
    assert set(ledger.rows.values_list("state", flat=True)) == {RowState.ACCEPTED}
    again = taken(ledger, "summarise", office(world))
    assert LEDGER.decide(again, "sign", leader(world))


class TestWhoSigns:
    def leading(self, world: World, person: Any) -> Any:
        """The same natural person as a leader, under a second account."""
        grant_role(person=person, organisation=world.place("leading_group"), role=Role.LEADER, by=None)
        return add_account(person)

    def test_not_who_filled_a_row(self, world: World) -> None:
        ledger = year_at(S.SUMMARISED, world)
        filler = world.user(Role.SECTION_CLERK, key="clerk of supervision")
        decision = LEDGER.decide(ledger, "sign", self.leading(world, filler.person))
        assert [refusal.code for refusal in decision.refusals] == ["R-LED-21"]
        assert "本人填报过第 1、2、3、10 项" in decision.text
        assert LEDGER.decide(ledger, "return_", add_account(filler.person))

    def test_not_who_summarised(self, world: World) -> None:
        ledger = year_at(S.SUMMARISED, world)
        decision = LEDGER.decide(ledger, "sign", self.leading(world, office(world).person))
        assert "本人汇总了这本台账" in decision.text

    def test_an_agent_of_a_leader_signs_for_him_and_must_be_free(self, world: World) -> None:
        ledger = year_at(S.SUMMARISED, world)
        free = lent_to(world.user(Role.COMPLAINT_HANDLER), leader(world))
        filler = world.user(Role.SECTION_CLERK, key="clerk of office")
        busy = lent_to(filler, world.user(Role.LEADER, key="second leader"))
        assert f"代理人{filler.person.name}填报过" in LEDGER.decide(ledger, "sign", busy).text
        step = taken(ledger, "sign", free).steps.first()
        assert (step.person, step.on_behalf_of) == (free.person, leader(world).person)
        assert step.who == f"{free.person.name}（代{leader(world).person.name}）"

    def test_an_agent_does_not_sign_for_a_leader_who_filled(self, world: World) -> None:
        ledger = year_at(S.SUMMARISED, world)
        filler = world.user(Role.SECTION_CLERK, key="clerk of office")
        principal = self.leading(world, filler.person)
        agent = lent_to(world.user(Role.COMPLAINT_HANDLER), principal)
        decision = LEDGER.decide(ledger, "sign", agent)
        assert f"被代理人{filler.person.name}填报过" in decision.text


class TestFiling:
    def test_the_number_is_brought_into_its_form(self, world: World) -> None:
        ledger = year_at(S.FILED, world)
        kept = ledger.filings.get()
        assert (kept.body, kept.document_number) == ("市教委师范处", "云教委发〔2026〕5号")
        assert kept.history.count() == 1
        assert not kept.has_receipt

    @pytest.mark.parametrize(
        ("wrong", "words"),
        [
            ({"body": " "}, "填写备案机关"),
            ({"document_number": ""}, "填写备案文号"),
            ({"filed_on": None}, "填写报送日期"),
            ({"filed_on": date(2090, 1, 1)}, "不能晚于今天"),
            ({"filed_on": date(2020, 1, 1)}, "早于签发日期"),
            ({"received_on": date(2020, 1, 1)}, "早于报送日期"),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_is_filed(
        self, world: World, wrong: dict[str, Any], words: str
    ) -> None:
        ledger = year_at(S.LOCKED, world)
        with pytest.raises(Refused, match=words):
            taken(ledger, "file_", office(world), data=filing() | wrong)
        ledger.refresh_from_db()
        assert (ledger.state, ledger.filings.count()) == (S.LOCKED, 0)

    def test_a_receipt_comes_later_and_is_entered_once(self, world: World) -> None:
        kept = year_at(S.FILED, world).filings.get()
        came = {"receipt_number": "渝教师〔2026〕12号", "received_on": dates.today(), "received_by": "王老师"}
        seen = kept.version
        record_receipt(filing=kept, data=came, by=office(world), expected_version=seen)
        with pytest.raises(Conflicted):
            record_receipt(filing=kept, data=came, by=office(world), expected_version=seen)
        kept.refresh_from_db()
        assert (kept.receipt_number, kept.received_by) == ("渝教师〔2026〕12号", "王老师")
        with pytest.raises(Refused, match="至少一项"):
            record_receipt(filing=kept, data={}, by=office(world), expected_version=kept.version)
        with pytest.raises(Refused, match="台账汇总人"):
            record_receipt(filing=kept, data=came, by=leader(world), expected_version=kept.version)


class TestOpenedAgain:
    def test_signature_and_filing_stay_and_the_form_says_so(self, world: World) -> None:
        ledger = taken(year_at(S.FILED, world), "reopen", office(world), note="市里要求更正第 8 项")
        today = dates.chinese_date(dates.today())
        assert ledger.is_open
        assert ledger.filings.count() == 1
        names = [step.transition for step in ledger.steps.all()]
        assert names == ["reopen", "file_", "lock", "sign", "summarise"]
        assert official_form(ledger, dates.today()).state == f"草稿，{today}重新打开"
        for name, by in (("summarise", office(world)), ("sign", leader(world))):
            ledger = taken(ledger, name, by)
        signed = f"定稿，{leader(world).person.name}{today}签发，{today}重新打开后再次签发"
        assert official_form(ledger, dates.today()).state == signed

    def test_what_changed_since_the_signature_is_shown(self, world: World) -> None:
        ledger = year_at(S.SIGNED, world)
        rows = list(ledger.rows.all())
        assert "没有改动" in closing.changes(ledger, rows, closing.steps_of(ledger)).words
        ledger = taken(ledger, "reopen", office(world), note="更正")
        clerk = world.user(Role.SECTION_CLERK, key="clerk of section")
        row = ROW.perform(row_of(ledger, 8), "return_", by=office(world), note="更正")
        row = save_row(row=row, by=clerk, entries=[EntryInput(kind="held", name="改写过的一条")])
        ROW.perform(ROW.perform(row, "submit", by=clerk), "accept", by=office(world))
        ledger = taken(ledger, "summarise", office(world))
        found = closing.changes(ledger, list(ledger.rows.all()), closing.steps_of(ledger))
        assert [(change.row.number, change.part) for change in found.found] == [(8, "落实情况")]
        assert "改写过的一条" in found.found[0].new
        assert "改写过的一条" not in found.found[0].old
        assert "第 8 项有改动" in found.words

    def test_before_the_first_signature_there_is_nothing_to_compare(self, world: World) -> None:
        ledger = whole(world)
        assert "还没有签发过" in closing.changes(ledger, [], closing.steps_of(ledger)).words


def test_a_leaders_time_runs_from_the_sending(world: World, settings: Any) -> None:
    settings.JIANFU_TODAY = date(2026, 11, 2)
    ledger = year_at(S.SUMMARISED, world)
    assert closing.remaining(ledger, date(2026, 11, 2)).days == 5
    assert closing.remaining(ledger, date(2026, 11, 2) + timedelta(days=9)).days < 0
