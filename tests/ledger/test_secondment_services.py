"""The writers of the register: what is entered, corrected, returned, taken back, and what is refused."""

from datetime import date
from itertools import product
from typing import Any

import pytest

from jianfu.audit.models import Event
from jianfu.kernel.decisions import Conflicted, Refused
from jianfu.organisations.models import Person
from jianfu.organisations.states import Role
from ledger.models import Secondment
from ledger.rules.secondment import overlap
from ledger.selectors import secondment as selectors
from ledger.services import secondment as services
from ledger.states import Standing
from tests.factories import World

from .secondments import NAME, TODAY, USUAL, borrow, give_back, keeper

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]


def test_a_teacher_is_entered_once(world: World) -> None:
    first = borrow(world, starts_on=date(2026, 1, 1), ends_on=date(2026, 3, 31))
    give_back(world, first, date(2026, 4, 1))
    second = borrow(world, name=f" {NAME} ")
    assert first.teacher == second.teacher
    assert Person.objects.filter(name=NAME).count() == 1
    assert not second.teacher.accounts.exists()


def test_the_due_day_defaults_to_the_last_allowed_one(world: World) -> None:
    assert borrow(world, starts_on=date(2026, 8, 31), ends_on=None).ends_on == date(2027, 2, 27)


def test_the_document_number_is_kept_in_the_official_form(world: World) -> None:
    assert borrow(world, document_number="云委[2026]05号").document_number == "云委〔2026〕5号"


def test_a_known_unit_is_recognised_by_its_name(world: World) -> None:
    assert borrow(world).borrowing_unit == world.place("department")
    other = borrow(world, name="马成", borrowing_unit_name="第五次经济普查办公室")
    assert other.borrowing_unit is None


def test_what_is_known_of_a_teacher_is_not_asked_again(world: World) -> None:
    """R78: subject and 编制 come from the record before; what is typed wins."""
    first = borrow(world, starts_on=date(2026, 1, 1), ends_on=date(2026, 3, 31), subject="语文")
    give_back(world, first, date(2026, 4, 1))
    second = borrow(world, establishment="", ends_on=date(2026, 8, 31))
    assert (second.subject, second.establishment) == ("语文", "established")
    give_back(world, second, date(2026, 9, 1))
    assert borrow(world, subject="数学", starts_on=date(2026, 10, 1), ends_on=None).subject == "数学"


def test_the_record_keeps_who_and_why(world: World) -> None:
    record = borrow(world)
    version = record.history.get()
    assert (version.history_user, version.history_change_reason) == (keeper(world), "登记借用")
    assert record.version == 1


def test_at_two_units_at_once_is_refused(world: World) -> None:
    borrow(world)
    with pytest.raises(Refused) as refused:
        borrow(world, borrowing_unit_name="区公安分局", starts_on=date(2026, 12, 31), ends_on=None)
    (reason,) = refused.value.decision.reasons
    assert "区消防救援支队，2026年7月1日起，2026年12月31日到期" in reason
    assert "R-BORROW-02" in reason
    assert Secondment.objects.count() == 1


def test_one_after_the_other_is_fine(world: World) -> None:
    borrow(world)
    borrow(world, borrowing_unit_name="区公安分局", starts_on=date(2027, 1, 1), ends_on=None)
    assert Secondment.objects.count() == 2


def test_who_is_not_back_cannot_be_lent_again(world: World) -> None:
    """The paper ended in June, the teacher is still away on 20 November."""
    record = borrow(world, starts_on=date(2026, 1, 1), ends_on=date(2026, 6, 30))
    with pytest.raises(Refused):
        borrow(world, starts_on=TODAY, ends_on=None)
    give_back(world, record, date(2026, 7, 1))
    borrow(world, starts_on=TODAY, ends_on=None)


def test_the_same_name_in_another_school_is_another_person(world: World) -> None:
    borrow(world)
    other = borrow(world, school="other_school")
    assert [finding.rule.code for finding in selectors.to_mend(other, TODAY)] == ["R-BORROW-08"]


def test_nothing_is_written_when_refused(world: World) -> None:
    with pytest.raises(Refused):
        borrow(world, ends_on=date(2027, 1, 1))
    assert not Secondment.objects.exists()
    assert not Person.objects.filter(name=NAME).exists()
    assert not Event.objects.filter(action__startswith="ledger.").exists()


def test_an_old_record_is_judged_by_the_figure_of_its_day(world: World) -> None:
    world.district.policy_values.create(
        code="BORROW-MONTHS", value="3", effective_from=date(2026, 7, 2), document="云教发〔2026〕9号"
    )
    borrow(world)
    with pytest.raises(Refused, match="3 个月"):
        borrow(world, name="马成", starts_on=date(2026, 7, 2))


def test_correcting_raises_the_version_and_names_the_fields(world: World) -> None:
    record = change(world, borrow(world), work_item="改过的事项")
    assert (record.version, record.work_item) == (2, "改过的事项")
    assert Event.objects.get(action="ledger.secondment_changed").data == {"fields": ["work_item"]}


def change(world: World, record: Secondment, version: int | None = None, **more: Any) -> Secondment:
    return services.change_secondment(
        secondment=record,
        school=record.school,
        teacher_name=NAME,
        details={**USUAL, **more},
        expected_version=version or record.version,
        by=keeper(world),
    )


def test_a_stale_tab_is_told(world: World) -> None:
    record = borrow(world)
    change(world, record, note="别人先改")
    stale = Secondment.objects.get(pk=record.pk)
    with pytest.raises(Conflicted):
        change(world, stale, version=1, note="后改")
    assert Secondment.objects.get().note == "别人先改"


def test_moving_into_another_borrowing_is_refused(world: World) -> None:
    first = borrow(world, starts_on=date(2026, 1, 1), ends_on=date(2026, 3, 31))
    give_back(world, first, date(2026, 4, 1))
    with pytest.raises(Refused):
        change(world, borrow(world), starts_on=date(2026, 3, 31), ends_on=date(2026, 9, 1))


@pytest.mark.parametrize("day", [date(2026, 6, 30), date(2026, 11, 21)])
def test_a_return_before_the_start_or_in_the_future_is_refused(world: World, day: date) -> None:
    with pytest.raises(Refused):
        give_back(world, borrow(world), day)


def test_back_after_the_limit_needs_a_word(world: World) -> None:
    record = borrow(world, starts_on=date(2026, 3, 1), ends_on=date(2026, 8, 31))
    with pytest.raises(Refused, match="R-BORROW-09"):
        give_back(world, record, date(2026, 9, 2))
    give_back(world, record, date(2026, 9, 2), "普查延期，区委批准续借")
    assert Secondment.objects.get().standing_on(TODAY) == Standing.BACK


def test_back_on_the_first_day_after_the_half_year_needs_none(world: World) -> None:
    record = borrow(world, starts_on=date(2026, 3, 1), ends_on=date(2026, 8, 31))
    assert give_back(world, record, date(2026, 9, 1)).returned_on == date(2026, 9, 1)


def test_overdue_and_not_back_is_a_risk(world: World) -> None:
    record = borrow(world, starts_on=date(2026, 3, 1), ends_on=date(2026, 8, 31))
    found = {finding.rule.code for finding in selectors.to_mend(record, TODAY)}
    assert found == {"R-BORROW-01", "R-BORROW-05"}


def test_a_voided_record_counts_nowhere_and_changes_no_more(world: World) -> None:
    record = void(world, borrow(world))
    assert not Secondment.objects.valid().exists()
    assert selectors.to_mend(record, TODAY) == []
    with pytest.raises(Refused, match="已作废"):
        give_back(world, record, TODAY)
    borrow(world)  # its days are free again


def void(world: World, record: Secondment, reason: str = "重复登记") -> Secondment:
    return services.void_secondment(
        secondment=record, reason=reason, expected_version=record.version, by=keeper(world)
    )


def test_voiding_needs_a_reason(world: World) -> None:
    with pytest.raises(Refused, match="作废原因"):
        void(world, borrow(world), "  ")


@pytest.mark.parametrize("role", [role for role in Role if role != Role.SECTION_CLERK])
def test_nobody_else_writes(world: World, role: Role) -> None:
    record, by = borrow(world), world.user(role)
    with pytest.raises(Refused, match="组织人事科"):
        services.add_secondment(school=world.place("school"), teacher_name="马成", details=USUAL, by=by)
    with pytest.raises(Refused, match="组织人事科"):
        services.record_return(secondment=record, returned_on=TODAY, expected_version=1, by=by)
    with pytest.raises(Refused, match="组织人事科"):
        services.void_secondment(secondment=record, reason="x", expected_version=1, by=by)


def test_a_clerk_of_another_section_does_not_write(world: World) -> None:
    with pytest.raises(Refused, match="组织人事科"):
        services.add_secondment(
            school=world.place("school"),
            teacher_name="马成",
            details=USUAL,
            by=world.user(Role.SECTION_CLERK),
        )


def test_a_school_of_another_district_is_refused(world: World, stranger_world: World) -> None:
    with pytest.raises(Refused, match="本区县"):
        services.add_secondment(
            school=stranger_world.place("school"), teacher_name=NAME, details=USUAL, by=keeper(world)
        )


def test_the_trail_of_the_record_never_names_the_teacher(world: World) -> None:
    record = borrow(world)
    give_back(world, change(world, record, note="n"), date(2026, 11, 1))
    events = list(Event.objects.filter(action__contains="add_person"))
    events += Event.objects.filter(target_type="ledger.secondment")
    assert len(events) == 4
    for event in events:
        assert NAME not in f"{event.target_name}{event.note}{event.data}"


PERIODS = [
    (date(2025, 3, 1), date(2025, 8, 31), date(2025, 9, 1)),
    (date(2025, 11, 1), date(2025, 12, 31), date(2026, 1, 1)),
    (date(2025, 11, 1), date(2026, 1, 31), date(2026, 1, 2)),
    (date(2026, 5, 1), date(2026, 5, 1), date(2026, 5, 1)),
    (date(2026, 1, 1), date(2026, 6, 30), None),
    (date(2026, 7, 1), date(2026, 12, 31), None),
    (date(2027, 1, 1), date(2027, 6, 30), None),
]
WINDOWS = [
    (date(2025, 1, 1), date(2025, 12, 31)),
    (date(2026, 1, 1), date(2026, 12, 31)),
    (date(2026, 1, 2), date(2026, 4, 30)),
    (date(2026, 1, 1), date(2026, 1, 1)),
    (date(2026, 5, 1), date(2026, 5, 1)),
    (date(2026, 6, 30), date(2026, 7, 1)),
    (date(2026, 11, 20), date(2026, 11, 20)),
    (date(2026, 11, 21), date(2026, 12, 1)),
    (date(2027, 1, 1), date(2027, 1, 1)),
    (date(2028, 1, 1), date(2028, 12, 31)),
]


def test_the_database_and_the_rule_agree_on_who_was_away(world: World) -> None:
    rows = [raw(world, f"教师{n}", *period) for n, period in enumerate(PERIODS)]
    for window, row in product(WINDOWS, rows):
        found = Secondment.objects.filter(pk=row.pk).away_between(*window, TODAY).exists()
        assert found == overlap((row.starts_on, row.last_day_away(TODAY)), window), (window, row.starts_on)


def test_the_database_and_the_rule_agree_on_the_standing(world: World) -> None:
    rows = [raw(world, f"教师{n}", *period) for n, period in enumerate(PERIODS)]
    for on, row in product([day for window in WINDOWS for day in window], rows):
        found = [
            each for each in Standing if Secondment.objects.filter(pk=row.pk).standing(each, on).exists()
        ]
        assert found == [row.standing_on(on)], (on, row.starts_on)


def raw(world: World, name: str, starts_on: date, ends_on: date, returned_on: date | None) -> Secondment:
    teacher = Person.objects.create(district=world.district, name=name, organisation=world.place("school"))
    return Secondment.objects.create(
        district=world.district,
        school=world.place("school"),
        teacher=teacher,
        borrowing_unit_name="某办",
        work_item="某事",
        kind="task_force",
        starts_on=starts_on,
        ends_on=ends_on,
        returned_on=returned_on,
    )
