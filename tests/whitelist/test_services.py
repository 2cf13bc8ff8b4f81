from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from approvals.models import Application
from approvals.states import State as ApplicationState
from jianfu.audit.models import Event
from jianfu.kernel import dates
from jianfu.kernel.decisions import Conflicted, Refused
from jianfu.organisations.states import Role
from tests.whitelist.factories import (
    clerk,
    entry_of,
    filed,
    opened,
    paper_entry,
    published,
    sign,
    signed,
    soon,
)
from whitelist import services
from whitelist.models import Entry, Release, ReleaseItem
from whitelist.selectors import current_entries, listed_in_year
from whitelist.selectors import entry_of as entry_of_application
from whitelist.services import release as writer
from whitelist.states import Standing, State

LONG_AGO = datetime(2025, 8, 19, 9, 30, tzinfo=timezone.get_default_timezone())


def nothing_written() -> bool:
    return (
        not (Entry.objects.exists() or ReleaseItem.objects.exists()) and not Release.objects.public().exists()
    )


def test_a_release_makes_entries_items_and_moves_the_applications(world):
    one, two = filed(world), filed(world, title="禁毒知识宣讲", stages=["primary", "junior"])
    release = published(world, one, two, document_number="云教领[2026]06号", notice=" 请遵照执行 ")
    assert (release.state, release.published_on, release.published_by) == (
        State.PUBLISHED,
        dates.today(),
        clerk(world),
    )
    assert release.title == f"云岭区社会事务进校园白名单（{dates.today().year}年第1版）"
    assert (release.document_number, release.notice) == ("云教领〔2026〕6号", "请遵照执行")
    year = dates.today().year
    assert [(i.position, i.change, i.entry.number) for i in release.items.for_list()] == [
        (1, "added", f"BMD{year}0001"),
        (2, "added", f"BMD{year}0002"),
    ]
    entry = entry_of_application(two.pk)
    assert (entry.title, entry.stages, entry.lead_name) == ("禁毒知识宣讲", "小学、初中", "区消防救援支队")
    assert set(Application.objects.values_list("state", flat=True)) == {ApplicationState.PUBLISHED}
    assert Event.objects.filter(action="release.publish", destination=State.PUBLISHED).count() == 1
    assert release.history.count() >= 2
    assert entry.history.get().history_user == clerk(world)


def test_the_next_release_carries_over_what_still_stands(world):
    over = filed(world, starts_on=dates.today(), ends_on=dates.today())
    stays = filed(world, ends_on=soon(300))
    first = published(world, over, stays)
    with dates.as_of(timezone.now() + timedelta(days=1)):
        second = published(world, filed(world, starts_on=soon(), ends_on=soon(60)))
    assert second.title.endswith(f"（{first.year}年第2版）")
    changes = [(i.entry.application_id, i.change) for i in second.items.for_list()]
    assert changes[0] == (stays.pk, "kept")
    assert [change for _, change in changes] == ["kept", "added"]
    assert first.items.count() == 2


def test_the_same_list_again_is_refused_and_nothing_changes(world):
    published(world)
    draft = services.open_release(by=clerk(world), district=world.district, year=2026, applications=())
    with pytest.raises(Refused, match="名单与上一版相同"):
        services.advance(release=draft, name="submit", by=clerk(world))
    draft.refresh_from_db()
    assert (draft.state, draft.published_on, draft.steps.count()) == (State.DRAFTED, None, 0)


def test_a_release_without_a_removed_entry_may_follow(world):
    entry = entry_of(world)
    other = published(world, filed(world)).items.get(change="added").entry
    services.remove(entry=entry, by=clerk(world), on=dates.today(), reason="云教领〔2026〕9号")
    release = services.release_without(entry=entry, by=clerk(world))
    assert services.release_without(entry=entry, by=clerk(world)) == release
    release = services.publish(release=sign(world, release), by=clerk(world))
    assert [i.entry for i in release.items.all()] == [other]


def test_a_second_publication_is_refused_in_words(world):
    draft = signed(world)
    services.publish(release=draft, by=clerk(world))
    with pytest.raises(Refused, match="现在是“已公布”"):
        services.publish(release=draft, by=clerk(world))
    with pytest.raises(Conflicted, match="刚刚被别人改动过"):
        services.publish(release=draft, by=clerk(world), expected_version=draft.version)
    assert ReleaseItem.objects.count() == 1


@pytest.mark.parametrize("state", [ApplicationState.WITHDRAWN, ApplicationState.RETURNED])
def test_an_application_taken_back_is_named_and_nothing_is_half_done(world, state):
    good, gone = filed(world), filed(world, title="税法小课堂")
    draft = signed(world, good, gone)
    Application.objects.filter(pk=gone.pk).update(state=state)
    with pytest.raises(Refused, match=f"“税法小课堂”现在是“{state.label}”"):
        services.publish(release=draft, by=clerk(world))
    good.refresh_from_db()
    assert nothing_written()
    assert good.state == ApplicationState.FILED


def test_a_failure_in_the_middle_leaves_nothing(world, monkeypatch):
    one, two = filed(world), filed(world)
    draft = signed(world, one, two)
    marked = []

    def fail_at_the_second(**asked):
        marked.append(asked["application"])
        if len(marked) == 2:
            raise RuntimeError("power cut")
        return real(**asked)

    real = writer.mark_published
    monkeypatch.setattr(writer, "mark_published", fail_at_the_second)
    with pytest.raises(RuntimeError):
        services.publish(release=draft, by=clerk(world))
    assert nothing_written()
    assert set(Application.objects.values_list("state", flat=True)) == {ApplicationState.FILED}
    assert not Event.objects.filter(action="release.publish").exists()


def test_an_application_that_moved_between_the_check_and_its_lock_is_named(world, monkeypatch):
    draft = signed(world, filed(world, title="税法小课堂"))
    monkeypatch.setattr("whitelist.guards.all_still_filed", lambda *_: None)
    real = writer.mark_published

    def moved_first(**asked):
        Application.objects.filter(pk=asked["application"].pk).update(state=ApplicationState.RETURNED)
        return real(**asked)

    monkeypatch.setattr(writer, "mark_published", moved_first)
    with pytest.raises(Refused, match="“税法小课堂”现在是“退回补正”"):
        services.publish(release=draft, by=clerk(world))
    assert nothing_written()


def test_one_draft_at_a_time(world, stranger_world):
    opened(world)
    with pytest.raises(Conflicted, match="已经有一版还没有公布的名单"):
        opened(world)
    assert opened(stranger_world).district == stranger_world.district
    assert Release.objects.open().count() == 2


def test_a_draft_is_rewritten_and_a_stale_one_refused(world):
    draft = opened(world)
    change = {"release": draft, "by": clerk(world), "year": 2027, "applications": ()}
    fresh = services.change_release(**change, expected_version=draft.version, notice="新公告")
    assert (fresh.year, fresh.notice, fresh.applications.count()) == (2027, "新公告", 0)
    with pytest.raises(Conflicted, match="同事刚刚改过"):
        services.change_release(**change, expected_version=draft.version)


def test_what_is_published_never_changes(world):
    release = published(world)
    with pytest.raises(Refused, match="已经公布，不能再改"):
        services.change_release(release=release, by=clerk(world), year=2026, applications=())


@pytest.mark.parametrize("state", [ApplicationState.APPROVED, ApplicationState.PUBLISHED])
def test_only_filed_applications_of_the_district_are_chosen(world, stranger_world, state):
    for wrong in (filed(world, state=state), filed(stranger_world)):
        with pytest.raises(Refused, match="已不是“待公布”"):
            opened(world, wrong)
    assert not Release.objects.exists()


@pytest.mark.parametrize(
    "role", [Role.LEADER, Role.FIRST_REVIEWER, Role.APPLICANT, Role.SYSTEM_ADMINISTRATOR]
)
def test_only_the_office_prepares_publishes_and_removes(world, role):
    draft, other = opened(world), world.user(role)
    for act in (
        lambda: services.publish(release=draft, by=other),
        lambda: services.change_release(release=draft, by=other, year=2026, applications=()),
        lambda: services.open_release(by=other, district=world.district, year=2026, applications=()),
    ):
        with pytest.raises(Refused, match="由领导小组办公室经办人公布"):
            act()


def test_the_office_of_another_district_may_do_nothing(world, stranger_world):
    draft = opened(world)
    with pytest.raises(Refused):
        services.publish(release=draft, by=clerk(stranger_world))


def test_an_entry_keeps_no_telephone_and_no_name(world):
    told = "由张晓明带队，联系13800138000。"
    entry = entry_of(world, content=told, contact_name="张晓明", title="演练（023-55550123）")
    assert entry.content == "由张＊＊带队，联系［联系方式略］。"
    assert entry.title == "演练（［联系方式略］）"


def test_an_entry_is_a_snapshot(world):
    entry = entry_of(world)
    unit = entry.application.organisation
    unit.name = "改名的支队"
    unit.save()
    entry.refresh_from_db()
    assert entry.lead_name == "区消防救援支队"


def test_removal_counts_from_its_day(world):
    entry = entry_of(world, ends_on=soon(90))
    removed = services.remove(
        entry=entry, by=clerk(world), on=soon(5), reason="云教领〔2026〕9号，成效不明显"
    )
    assert (removed.standing(soon(4)), removed.standing(soon(5))) == (Standing.VALID, Standing.REMOVED)
    assert entry in current_entries(world.district.pk, soon(4))
    assert entry not in current_entries(world.district.pk, soon(5))
    assert Event.objects.get(action="entry.removed").note == "云教领〔2026〕9号，成效不明显"
    with pytest.raises(Refused, match="已于"):
        services.remove(entry=entry, by=clerk(world), on=soon(6), reason="再次")


def test_removal_needs_a_reason_and_no_past_day(world):
    entry = entry_of(world)
    with pytest.raises(Refused, match="填写移出原因"):
        services.remove(entry=entry, by=clerk(world), on=dates.today(), reason=" ")
    with pytest.raises(Refused, match="不能早于今天"):
        services.remove(entry=entry, by=clerk(world), on=soon(-1), reason="有")


def test_an_earlier_list_is_entered_from_paper(world):
    with dates.as_of(LONG_AGO):
        release = services.enter_earlier_list(
            by=clerk(world),
            district=world.district,
            year=2025,
            document_number="云教领〔2025〕4号",
            entries=[paper_entry(), paper_entry(title="近视筛查")],
        )
    assert (release.published_on, release.title) == (
        date(2025, 8, 19),
        "云岭区社会事务进校园白名单（2025年第1版）",
    )
    entry = Entry.objects.get(title="近视筛查")
    assert (entry.number, entry.origin, entry.listed_on) == (
        "BMD20250002",
        "补录自云教领〔2025〕4号",
        date(2025, 8, 19),
    )
    assert listed_in_year(world.district.pk, 2025).count() == 2
    assert listed_in_year(world.district.pk, 2026).count() == 0


def test_no_list_is_entered_before_one_that_stands(world):
    published(world)
    with (
        dates.as_of(LONG_AGO),
        pytest.raises(Refused, match="不能再补录"),
    ):
        services.enter_earlier_list(
            by=clerk(world), district=world.district, year=2025, document_number="", entries=[paper_entry()]
        )
