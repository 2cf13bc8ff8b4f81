"""The dated plan of a year: from which figures, ticked by a person or proven by records, late on the desk."""

from datetime import date, timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from approvals.models import InspectionPlan, PastItem
from jianfu.audit.models import Event
from jianfu.kernel.decisions import Conflicted, Refused
from jianfu.kernel.policy import FIGURES
from jianfu.organisations.models import PolicyValue
from jianfu.organisations.selectors import forget_cached
from jianfu.organisations.states import STAFF, Role
from ledger.desk import year as desk
from ledger.models import Ledger, Milestone
from ledger.rules.milestones import STOPS
from ledger.selectors import milestones as selectors
from ledger.services import milestones as services
from ledger.states import LedgerState, RowState
from tests.factories import World
from tests.ledger.forms import YEAR, brought_to, clerk, office, opened, row_of, signed_in, url
from tests.ledger.years import year_at
from whitelist.models import Release

MAY = date(2026, 5, 11)


@pytest.fixture(autouse=True)
def in_may(settings: Any) -> None:
    settings.JIANFU_TODAY = MAY


def on_desk(world: World, on: date) -> list[str]:
    matters = desk.todo(office(world), on)
    assert desk.todo_count(office(world), on) == len(matters)
    return [matter.title for matter in matters]


def plan(world: World, ledger: Ledger, on: date = MAY) -> dict[str, selectors.Standing]:
    return {each.milestone.code: each for each in selectors.plan_of(ledger, office(world), on)}


def one(ledger: Ledger, code: str) -> Milestone:
    return ledger.milestones.get(code=code)


class TestThePlan:
    def test_the_days_of_the_sources(self, world: World) -> None:
        ledger = opened(world)
        assert [(each.code, f"{each.due_on:%m-%d}") for each in ledger.milestones.all()] == [
            ("inspection-list", "05-15"),
            ("clean-up", "06-15"),
            ("secondments", "06-15"),
            ("deployment", "07-20"),
            ("survey", "07-30"),
            ("whitelist", "08-20"),
            ("summary", "08-31"),
        ]

    def test_rows_are_linked_by_their_topic(self, world: World) -> None:
        ledger = opened(world)
        linked = {each.code: [row.number for row in each.rows.all()] for each in ledger.milestones.all()}
        assert linked == {
            "inspection-list": [1],
            "clean-up": [2],
            "secondments": [13],
            "deployment": [],
            "survey": [],
            "whitelist": [8],
            "summary": [],
        }

    def test_a_district_has_its_own_days_or_none(self, world: World) -> None:
        for code, value in (("MS-WHITELIST", "9月10日"), ("MS-SURVEY", "不设")):
            PolicyValue.objects.create(
                district=world.district, code=code, value=value, effective_from=date(2026, 1, 1),
                document="云教委发〔2026〕1号",
            )  # fmt: skip
        forget_cached()
        ledger = opened(world)
        assert one(ledger, "whitelist").due_on == date(2026, 9, 10)
        assert not ledger.milestones.filter(code="survey").exists()

    @pytest.mark.parametrize("text", ["8月", "2月29日", "13月1日", ""])
    def test_what_is_no_day_is_refused(self, text: str) -> None:
        with pytest.raises(ValueError, match="不设"):
            FIGURES["MS-WHITELIST"].of_text(text)

    def test_every_page_exists(self, world: World) -> None:
        ledger = opened(world)
        page = signed_in(office(world)).get(url("milestone_list", YEAR)).content.decode()
        for stop in STOPS:
            assert stop.name in page
        assert ledger.milestones.count() == len(STOPS)


class TestProofs:
    def test_the_published_plan(self, world: World) -> None:
        ledger = opened(world)
        made = InspectionPlan.objects.create(
            district=world.district, year=YEAR, published_on=date(2026, 5, 18)
        )
        InspectionPlan.objects.create(district=world.district, year=YEAR - 1, published_on=date(2025, 5, 18))
        found = plan(world, ledger)["inspection-list"]
        assert found.is_done
        assert found.proof.url == made.get_absolute_url()
        assert found.words == "2026年5月18日，晚于2026年5月15日"

    def test_the_clean_up_when_every_item_has_its_opinion(self, world: World) -> None:
        ledger = opened(world)
        made = InspectionPlan.objects.create(district=world.district, year=YEAR)
        assert not plan(world, ledger)["clean-up"].is_done
        done = PastItem.objects.create(plan=made, title="校园安全检查", disposed_on=date(2026, 5, 6))
        rest = PastItem.objects.create(plan=made, title="五项管理督导")
        assert not plan(world, ledger)["clean-up"].is_done
        rest.disposed_on = date(2026, 5, 8)
        rest.save()
        assert plan(world, ledger)["clean-up"].words == "2026年5月8日"
        assert "上年 2 项" in plan(world, ledger)["clean-up"].proof.words
        assert done.pk

    def test_the_first_whitelist_of_the_year(self, world: World, stranger_world: World) -> None:
        ledger = opened(world)
        release(stranger_world, date(2026, 4, 1))
        assert not plan(world, ledger)["whitelist"].is_done
        release(world, date(2025, 8, 1), year=2025)
        assert not plan(world, ledger)["whitelist"].is_done
        first = release(world, date(2026, 4, 2))
        release(world, date(2026, 4, 9), serial=2)
        found = plan(world, ledger)["whitelist"]
        assert found.words == "2026年4月2日"
        assert str(first) in found.proof.words
        assert one(ledger, "whitelist").done_on is None  # nobody's name stands under it

    @pytest.mark.parametrize(
        ("state", "done"), [(RowState.STARTED, False), (RowState.SUBMITTED, True), (RowState.ACCEPTED, True)]
    )
    def test_the_self_check_is_proven_by_its_reported_row(
        self, world: World, state: RowState, done: bool
    ) -> None:
        ledger = opened(world)
        row = row_of(ledger, 8)
        one(ledger, "secondments").rows.set([row])
        brought_to(state, row, world)
        assert plan(world, ledger)["secondments"].is_done is done


def release(world: World, day: date, *, year: int = YEAR, serial: int = 1) -> Release:
    return Release.objects.create(
        district=world.district, year=year, serial=serial, title=f"{year}年白名单第 {serial} 版",
        state="published", published_on=day, published_by=office(world),
    )  # fmt: skip


class TestTheDesk:
    def test_near_and_late_ones_and_no_others(self, world: World) -> None:
        opened(world)
        assert on_desk(world, date(2026, 5, 7)) == []
        assert on_desk(world, date(2026, 5, 8)) == ["督查检查评比考核清单报审并公布（2026年节点）"]
        late = desk.todo(office(world), date(2026, 5, 18))[0]
        assert (late.remaining.words, late.remaining.light, late.tone) == ("超期 1 天", "r", "red")
        assert len(on_desk(world, date(2026, 12, 1))) == 7
        assert desk.todo_count(clerk(world), date(2026, 12, 1)) == 0

    def test_what_is_ticked_or_proven_waits_no_more(self, world: World) -> None:
        ledger = opened(world)
        InspectionPlan.objects.create(district=world.district, year=YEAR, published_on=MAY)
        assert on_desk(world, date(2026, 5, 12)) == []
        done(one(ledger, "clean-up"), world)
        assert on_desk(world, date(2026, 6, 16)) == ["抽调借用教师自查、建立台账（2026年节点）"]

    def test_a_signed_year_asks_for_nothing(self, world: World) -> None:
        year_at(LedgerState.FILED, world)
        assert on_desk(world, date(2026, 12, 1)) == []

    @pytest.mark.parametrize("late", [1, 3])
    def test_counting_costs_the_same(
        self, world: World, django_assert_num_queries: DjangoAssertNumQueries, late: int
    ) -> None:
        ledger = opened(world)
        office(world).memberships  # noqa: B018
        for place in range(late):
            services.add_milestone(
                ledger=ledger, name=f"第{place}个", due_on=MAY, note="", rows=[], by=office(world)
            )
        ledger.milestones.exclude(code="").delete()
        desk.todo_count(office(world), MAY)
        with django_assert_num_queries(2):
            assert desk.todo_count(office(world), MAY) == late


def done(milestone: Milestone, world: World, on: date = MAY, **more: Any) -> Milestone:
    return services.complete_milestone(
        milestone=milestone, done_on=on, note="云教委发〔2026〕7号", by=office(world),
        **{"expected_version": milestone.version, **more},
    )  # fmt: skip


class TestKeeping:
    def test_a_tick_names_who_and_when_and_can_be_taken_back(self, world: World) -> None:
        ledger = opened(world)
        kept = done(one(ledger, "deployment"), world)
        assert plan(world, ledger)["deployment"].words == f"2026年5月11日，{office(world)}登记"
        with pytest.raises(Refused, match="已登记"):
            done(kept, world)
        kept = services.resume_milestone(milestone=kept, by=office(world), expected_version=kept.version)
        assert (kept.done_on, kept.done_by) == (None, None)
        with pytest.raises(Refused, match="还没有登记完成"):
            services.resume_milestone(milestone=kept, by=office(world), expected_version=kept.version)
        assert kept.history.count() == 3

    def test_nothing_is_done_tomorrow(self, world: World) -> None:
        with pytest.raises(Refused, match="不能晚于今天"):
            done(one(opened(world), "deployment"), world, on=MAY + timedelta(days=1))

    def test_a_colleague_was_faster(self, world: World) -> None:
        milestone = one(opened(world), "deployment")
        with pytest.raises(Conflicted):
            done(milestone, world, expected_version=milestone.version - 1)

    def test_another_day_and_other_rows(self, world: World, stranger_world: World) -> None:
        ledger, foreign = opened(world), opened(stranger_world)
        milestone = one(ledger, "survey")
        kept = services.change_milestone(
            milestone=milestone, name="排查摸底", due_on=date(2026, 8, 5), note="推迟",
            rows=[row_of(ledger, 10), row_of(foreign, 10)], by=office(world),
            expected_version=milestone.version,
        )  # fmt: skip
        assert (kept.due_on, [row.number for row in kept.rows.all()]) == (date(2026, 8, 5), [10])
        assert Event.objects.get(action="milestone.changed").note == "2026年7月30日改为2026年8月5日"

    def test_one_that_is_not_kept_goes_with_its_reason(self, world: World) -> None:
        milestone = one(opened(world), "summary")
        with pytest.raises(Refused, match="填写为什么"):
            services.remove_milestone(
                milestone=milestone, reason=" ", by=office(world), expected_version=milestone.version
            )
        services.remove_milestone(
            milestone=milestone, reason="本区不开展专项行动", by=office(world), expected_version=1
        )
        assert not Milestone.objects.filter(pk=milestone.pk).exists()
        assert Event.objects.get(action="milestone.removed").note == "本区不开展专项行动"
        assert Milestone.history.filter(id=milestone.pk).count() == 2


class TestPages:
    @pytest.mark.parametrize("role", list(Role))
    def test_staff_read_and_the_office_keeps(self, world: World, role: Role) -> None:
        milestone = one(opened(world), "survey")
        client = signed_in(world.user(role))
        reads = 200 if role in STAFF else 404
        assert client.get(url("milestone_list", YEAR)).status_code == reads
        keeps = {True: 200, False: 403 if role in STAFF else 404}[role == Role.LEDGER_OFFICE]
        for name in ("milestone_change", "milestone_done", "milestone_remove"):
            assert client.get(url(name, milestone.pk)).status_code == keeps, name
        assert client.get(url("milestone_add", YEAR)).status_code == keeps
        resumed = client.post(url("milestone_resume", milestone.pk)).status_code
        assert resumed == (302 if role == Role.LEDGER_OFFICE else keeps)

    def test_another_district_does_not_exist(self, world: World, stranger_world: World) -> None:
        milestone = one(opened(world), "survey")
        client = signed_in(office(stranger_world))
        for name in ("milestone_change", "milestone_done", "milestone_remove"):
            assert client.get(url(name, milestone.pk)).status_code == 404

    def test_adding_changing_ticking_and_removing(self, world: World) -> None:
        ledger = opened(world)
        client = signed_in(office(world))
        data = {"name": "中期督查", "due_on": "2026.9.30", "rows": [str(row_of(ledger, 3).pk)], "note": ""}
        assert "填写节点" in client.post(url("milestone_add", YEAR), data | {"name": ""}).content.decode()
        client.post(url("milestone_add", YEAR), data)
        added = ledger.milestones.get(code="")
        assert (added.due_on, added.rows.get().number) == (date(2026, 9, 30), 3)
        seen = {"version": str(added.version)}
        client.post(url("milestone_change", added.pk), {**data, **seen, "due_on": "2026年10月9日"})
        stale = client.post(url("milestone_change", added.pk), {**data, **seen}).content.decode()
        assert "刚刚被别人改动过" in stale
        client.post(url("milestone_done", added.pk), {"version": "2", "done_on": "2026-05-11"})
        added.refresh_from_db()
        assert (added.due_on, added.done_on) == (date(2026, 10, 9), MAY)
        assert "取消完成" in client.get(url("milestone_list", YEAR)).content.decode()
        client.post(url("milestone_resume", added.pk), {"version": "3"})
        client.post(url("milestone_remove", added.pk), {"version": "4", "reason": "并入年终"})
        assert not ledger.milestones.filter(pk=added.pk).exists()

    def test_the_countdown_stands_in_words(self, world: World) -> None:
        opened(world)
        page = signed_in(clerk(world)).get(url("milestone_list", YEAR)).content.decode()
        assert "剩 4 天" in page
        assert "登记完成" not in page
