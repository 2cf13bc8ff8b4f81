"""The road of a release: who takes which step, what a district skips, and what is told of the difference."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from jianfu.audit.models import Event
from jianfu.kernel import dates
from jianfu.kernel.decisions import Refused
from jianfu.organisations.models import PolicyValue
from jianfu.organisations.services import grant_role
from jianfu.organisations.states import Role
from tests.whitelist.factories import (
    clerk,
    entry_of,
    filed,
    leader,
    opened,
    published,
    sent,
    sign,
    signed,
    soon,
)
from whitelist import services
from whitelist.desk import release as desk
from whitelist.models import Entry
from whitelist.selectors import current_entries
from whitelist.states import Change, Kind, Leaving, State
from whitelist.workflow import RELEASE

ON_PAPER = {"meeting_number": "云教领会纪〔2026〕7号"}


def says(world, code, value):
    PolicyValue.objects.create(
        district=world.district, code=code, value=value, effective_from=date(2020, 1, 1), document="本区文件"
    )


def advance(release, name, by, **more):
    return services.advance(release=release, name=name, by=by, **more)


def test_nothing_is_published_without_the_leaders_name(world):
    draft = opened(world)
    with pytest.raises(Refused, match="公布前须由领导小组成员签发"):
        services.publish(release=draft, by=clerk(world))
    release = advance(draft, "submit", clerk(world))
    with pytest.raises(Refused, match="只有“拟公布、公示中、已签发”时才能公布"):
        services.publish(release=release, by=clerk(world))
    release = advance(release, "sign", leader(world), data={"meeting_number": "云教领会纪[2026]07号"})
    assert (release.signed_by, release.signed_on) == (leader(world).person, dates.today())
    assert release.meeting_number == "云教领会纪〔2026〕7号"
    assert services.publish(release=release, by=clerk(world)).state == State.PUBLISHED
    assert [step.label for step in release.steps.order_by("pk")] == ["送领导小组签发", "签发", "公布这一版"]
    assert Event.objects.filter(action="release.sign").count() == 1


def test_a_district_may_do_without_a_signature(world):
    says(world, "RELEASE-SIGN", "不需要")
    draft = opened(world)
    with pytest.raises(Refused, match="这一版不用签发"):
        advance(draft, "submit", clerk(world))
    assert services.publish(release=draft, by=clerk(world)).state == State.PUBLISHED


def test_who_prepared_does_not_sign(world):
    """Compared by the natural person: a second role, another account, and an agent are no way round."""
    both = clerk(world)
    grant_role(person=both.person, organisation=world.place("leading_group"), role=Role.LEADER, by=None)
    release = sent(world)
    by = type(both).objects.get(pk=both.pk)
    with pytest.raises(Refused, match="本人准备了这一版白名单，不能再签发"):
        advance(release, "sign", by)
    paper = {"signer": both.person, "signed_on": dates.today(), **ON_PAPER}
    with pytest.raises(Refused, match="准备了这一版白名单"):
        advance(release, "sign_on_paper", by, data=paper)
    assert desk.todo_count(by, dates.today()) == 0
    assert desk.todo_count(leader(world), dates.today()) == 1


def test_who_only_changed_the_draft_does_not_sign_either(world):
    """Also a colleague who had a hand in it before another sent it."""
    draft, other = opened(world), clerk(world, key="second")
    services.change_release(release=draft, by=other, year=2026, applications=draft.applications.all())
    grant_role(person=other.person, organisation=world.place("leading_group"), role=Role.LEADER, by=None)
    release = advance(draft, "submit", clerk(world))
    with pytest.raises(Refused, match="不能再签发"):
        advance(release, "sign", type(other).objects.get(pk=other.pk))


def test_a_signature_on_paper_is_entered_by_the_office(world):
    release, signer = sent(world), leader(world).person
    for data, words in (
        ({}, "选择签发的领导小组成员"),
        ({"signer": signer, "signed_on": soon(1), **ON_PAPER}, "签发日期不能晚于今天"),
        ({"signer": signer, "signed_on": dates.today()}, "填写会议纪要或签发文件的文号"),
    ):
        with pytest.raises(Refused, match=words):
            advance(release, "sign_on_paper", clerk(world), data=data)
    data = {"signer": signer, "signed_on": dates.today(), **ON_PAPER}
    release = advance(release, "sign_on_paper", clerk(world), data=data)
    assert (release.state, release.signed_by) == (State.SIGNED, signer)


def test_a_release_comes_back_with_a_reason_and_starts_over(world):
    release = sent(world)
    with pytest.raises(Refused, match="填写退回理由"):
        advance(release, "return_", leader(world))
    release = advance(release, "return_", leader(world), note="核对第一项的时间")
    assert (release.state, release.steps.first().note) == (State.DRAFTED, "核对第一项的时间")
    release = sign(world, release)
    with pytest.raises(Refused, match="先撤回，再改"):
        services.change_release(release=release, by=clerk(world), year=2026, applications=())
    with pytest.raises(Refused, match="填写撤回理由"):
        advance(release, "recall", clerk(world))
    release = advance(release, "recall", clerk(world), note="又有一项备案")
    assert (release.state, release.signed_on, release.signed_by) == (State.DRAFTED, None, None)


@pytest.mark.parametrize("role", [Role.APPLICANT, Role.FIRST_REVIEWER, Role.SCHOOL])
def test_nobody_else_takes_a_step(world, role):
    """Neither the leader the office's steps, nor the office the leader's."""
    drafted, user = opened(world), world.user(role)
    for by in (user, leader(world)):
        assert not [o for o in RELEASE.available(drafted, by) if o.decision]
    release = advance(drafted, "submit", clerk(world))
    assert not RELEASE.available(release, user)
    assert {o.transition.name for o in RELEASE.available(release, clerk(world))} == {"recall"}


def test_posting_lasts_its_days(world):
    says(world, "RELEASE-POSTING", "需要")
    says(world, "RELEASE-POSTING-DAYS", "5")
    draft = opened(world)
    with pytest.raises(Refused, match="本区县规定公布前须公示"):
        advance(draft, "submit", clerk(world))
    release = advance(draft, "post", clerk(world))
    assert (release.posted_on, release.posted_until) == (dates.today(), soon(4))
    assert desk.todo_count(clerk(world), soon(4)) == 0
    assert desk.todo_count(clerk(world), soon(5)) == 1
    for days, passes in ((4, False), (5, True)):
        with dates.as_of(timezone.now() + timedelta(days=days)):
            assert bool(RELEASE.decide(release, "submit", clerk(world))) is passes


def test_a_district_may_forbid_posting(world):
    says(world, "RELEASE-POSTING", "不需要")
    with pytest.raises(Refused, match="白名单不用公示"):
        advance(opened(world), "post", clerk(world))


def test_what_was_only_registered_has_a_list_of_its_own(world):
    """R42: nobody decided it, so nobody signs it; the list of all that may come in shows both."""
    exempt, usual = filed(world, road="campus_exempt", title="文明城市创建宣传"), filed(world)
    with pytest.raises(Refused, match="已不是“待公布”"):
        opened(world, usual, exempt)
    catalogue = published(world, exempt, kind=Kind.EXEMPT)
    assert catalogue.title.endswith(f"免申报进校园事项目录（{dates.today().year}年第1版）")
    assert catalogue.steps.count() == 1
    release = published(world, usual)
    assert [item.entry.application for item in release.items.all()] == [usual]
    assert [row.application for row in current_entries(world.district.pk, dates.today())] == [usual, exempt]


def changed(world, entry, **words):
    """A filed application that changes what the entry lists."""
    return filed(world, predecessor=entry.application, **words)


def test_the_difference_is_told_and_kept(world):
    """新增, 调整, 延续, 移出 and 到期: each once, with its reason, and frozen with the release."""
    names = {"a": "留下", "b": "要调整", "c": "要移出", "d": "到期"}
    rows = {key: filed(world, title=title, ends_on=soon(300)) for key, title in names.items()}
    rows["d"].ends_on = rows["d"].starts_on = dates.today()
    rows["d"].save()
    first = published(world, *rows.values())
    entries = {item.entry.title: item.entry for item in first.items.all()}
    with dates.as_of(timezone.now() + timedelta(days=1)):
        services.remove(
            entry=entries["要移出"], by=clerk(world), on=dates.today(), reason="云教领〔2026〕9号，成效不明显"
        )
        again = changed(world, entries["要调整"], title="要调整（改期）", ends_on=soon(300))
        second = published(world, again, filed(world, title="新来的", ends_on=soon(300)))
    told = {item.entry.title: item.change for item in second.items.all()}
    assert told == {"留下": Change.KEPT, "要调整（改期）": Change.CHANGED, "新来的": Change.ADDED}
    gone = {row.entry.title: (row.why, row.reason) for row in second.departures.all()}
    new = Entry.objects.get(title="要调整（改期）")
    ended = f"批准的开展时间已于{dates.chinese_date(dates.today())}结束"
    assert gone == {
        "要移出": (Leaving.REMOVED, "云教领〔2026〕9号，成效不明显"),
        "到期": (Leaving.ENDED, ended),
        "要调整": (Leaving.REPLACED, f"调整后重新批准，改列为{new.number}"),
    }
    assert new.supersedes == entries["要调整"]
    assert first.departures.count() == 0
    old = Entry.objects.get(pk=entries["要调整"].pk)
    assert (old.removed_on, old in current_entries(world.district.pk, soon(1))) == (soon(1), False)


def test_a_change_of_what_no_longer_stands_is_new(world):
    entry = entry_of(world)
    services.remove(entry=entry, by=clerk(world), on=dates.today(), reason="云教领〔2026〕9号")
    second = published(world, changed(world, entry))
    assert [item.change for item in second.items.all()] == [Change.ADDED]
    assert Entry.objects.get(pk=entry.pk).removal_reason == "云教领〔2026〕9号"


def test_the_next_release_does_not_tell_it_again(world):
    entry = entry_of(world)
    services.remove(entry=entry, by=clerk(world), on=dates.today(), reason="云教领〔2026〕9号")
    second, third = published(world, filed(world)), published(world, filed(world))
    assert (second.departures.count(), third.departures.count()) == (1, 0)


def test_the_desk_follows_the_road(world):
    """One matter at a time, for whoever acts; `todo` and `todo_count` agree at every step."""

    def matters(by):
        found = desk.todo(by, dates.today())
        assert desk.todo_count(by, dates.today()) == len(found)
        return [matter.action for matter in found]

    office, one = clerk(world), leader(world)
    application = filed(world)
    assert (matters(office), matters(one)) == (["准备公布"], [])
    draft = opened(world, application)
    assert (matters(office), matters(one)) == (["继续准备"], [])
    release = advance(draft, "submit", office)
    assert (matters(office), matters(one)) == ([], ["签发"])
    release = advance(release, "sign", one)
    assert (matters(office), matters(one)) == (["公布"], [])
    services.publish(release=release, by=office)
    assert (matters(office), matters(one)) == ([], [])
    filed(world, road="campus_exempt"), filed(world)
    assert matters(office) == ["准备公布", "准备公布"]


def test_the_leader_reads_what_was_sent_and_no_draft(client, world):
    client.force_login(leader(world))
    draft = opened(world)
    assert client.get(draft.get_absolute_url()).status_code == 404
    release = advance(draft, "submit", clerk(world))
    page = client.get(release.get_absolute_url()).content.decode()
    assert 'value="sign"' in page
    assert "登记纸质签发" not in page
    assert 'value="sign_on_paper"' not in page


def test_the_office_enters_a_paper_signature_on_the_page(client, world):
    release, signer = sent(world), leader(world).person
    client.force_login(clerk(world))
    page = client.get(release.get_absolute_url()).content.decode()
    assert 'value="sign_on_paper"' in page
    typed = {"transition": "sign_on_paper", "version": release.version, "signer": signer.pk}
    said = client.post(release.get_absolute_url(), typed).content.decode()
    assert "填写签发日期" in said
    assert "<title>错误：" in said
    typed |= {"signed_on": dates.chinese_date(dates.today()), **ON_PAPER}
    assert client.post(release.get_absolute_url(), typed).status_code == 302
    release.refresh_from_db()
    assert (release.state, release.signed_by) == (State.SIGNED, signer)


def test_signed_and_then_removed_leaves_nothing_half(world):
    """What was signed is published without what was removed since."""
    entry = entry_of(world)
    release = signed(world, filed(world))
    services.remove(entry=entry, by=clerk(world), on=dates.today(), reason="云教领〔2026〕9号")
    done = services.publish(release=release, by=clerk(world))
    assert [item.change for item in done.items.all()] == [Change.ADDED]
    assert done.departures.get().entry == entry
