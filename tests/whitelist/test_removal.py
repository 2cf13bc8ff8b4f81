"""移出: state × step × role, the people kept apart, the days at their edges, and what each reader is told."""

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from jianfu.audit.models import Event
from jianfu.kernel import dates
from jianfu.kernel.decisions import Conflicted, Refused
from jianfu.organisations.services import grant_role
from jianfu.organisations.states import Role
from tests.factories import add_account
from tests.whitelist.factories import clerk, entry_of, soon
from tests.whitelist.removals import TOLD, WAYS, applicant, data_of, proposed, removal_at, step
from whitelist import services
from whitelist.models import Entry, Release, Removal
from whitelist.selectors import current_entries
from whitelist.states import RemovalState as S
from whitelist.workflow import REMOVAL

OFFICE, LEADER, UNIT = Role.PUBLICATION_CLERK, Role.LEADER, Role.APPLICANT
TAKES = {
    "hear": OFFICE, "record_reply": OFFICE, "withdraw": OFFICE,
    "reply": UNIT, "report_mending": UNIT,
    "remove": LEADER, "keep": LEADER, "mend": LEADER,
    "record_silence": None, "call_back": None,  # not before the limit is over
}  # fmt: skip
FROM = {
    S.PROPOSED: {"hear", "withdraw"},
    S.HEARING: {"reply", "record_reply", "record_silence", "withdraw"},
    S.HEARD: {"remove", "keep", "mend", "withdraw"},
    S.MENDING: {"report_mending", "call_back"},
    S.REMOVED: set(),
    S.KEPT: set(),
    S.WITHDRAWN: set(),
}


@pytest.mark.parametrize("state", S.values)
def test_every_cell(world, state):
    removal, wrong = removal_at(state, world), []
    assert removal.state == state
    for name in REMOVAL.transitions:
        for role in Role:
            user = applicant(world) if role == UNIT else world.user(role)
            allowed = name in FROM[S(state)] and TAKES[name] == role
            if bool(REMOVAL.decide(removal, name, user)) is not allowed:
                wrong.append((name, role.value, allowed))
    assert wrong == []


def test_every_step_is_in_the_grid():
    assert set(REMOVAL.transitions) == set(TAKES)
    assert set(WAYS) == set(S.values)


def test_another_department_does_not_speak(world):
    removal = removal_at(S.HEARING, world)
    other = world.user(UNIT, place="other_department", key="other")
    with pytest.raises(Refused, match="区消防救援支队的申报经办人"):
        services.perform_removal(removal=removal, name="reply", by=other, note="不同意")


def also(world, user, role, place):
    grant_role(person=user.person, organisation=world.place(place), role=role, by=None)
    return add_account(user.person)  # another account of the same person


def test_who_proposed_does_not_decide(world):
    removal = removal_at(S.HEARD, world)
    twin = also(world, clerk(world), LEADER, "leading_group")
    with pytest.raises(Refused, match="提出了这项移出建议"):
        step(removal, "remove", world, by=twin)
    assert step(removal, "remove", world).state == S.REMOVED


def test_who_spoke_for_the_department_does_not_decide(world):
    removal = removal_at(S.HEARD, world)
    twin = also(world, applicant(world), LEADER, "leading_group")
    twin.person.organisation = world.place("leading_group")  # has changed the office since
    twin.person.save()
    with pytest.raises(Refused, match="代表部门说过意见"):
        step(removal, "keep", world, by=twin)


def test_nobody_decides_on_the_own_unit(world):
    removal = removal_at(S.HEARD, world)
    twin = also(world, world.user(UNIT, key="colleague"), LEADER, "leading_group")
    with pytest.raises(Refused, match="不能决定本单位的事项"):
        step(removal, "mend", world, by=twin)


def at_day(day):
    return dates.as_of(timezone.make_aware(datetime.combine(day, time(10))))


def test_silence_is_recorded_the_day_after_the_limit(world):
    removal = removal_at(S.HEARING, world)
    with at_day(removal.due_on), pytest.raises(Refused, match="次日起才能记作逾期没有答复"):
        step(removal, "record_silence", world, note="")
    with at_day(removal.due_on + timedelta(days=1)):
        done = step(removal, "record_silence", world, note="")
    assert (done.state, done.replied_on) == (S.HEARD, None)


def test_mending_comes_back_the_day_after_its_limit(world):
    removal = removal_at(S.MENDING, world)
    assert removal.due_on == removal.mend_until == soon(14)
    with at_day(soon(14)), pytest.raises(Refused, match="次日起才能提请复核"):
        step(removal, "call_back", world)
    with at_day(soon(15)):
        assert step(removal, "call_back", world).state == S.HEARD


def test_mending_reported_is_decided_again(world):
    removal = step(removal_at(S.MENDING, world), "report_mending", world, note="改到课后服务时间")
    assert removal.state == S.HEARD
    assert step(removal, "keep", world).state == S.KEPT


@pytest.mark.parametrize(
    ("name", "changed", "words"),
    [
        ("remove", {"effective_on": None}, "填写移出生效日期"),
        ("remove", {"effective_on": soon(-1)}, "不能早于今天"),
        ("remove", {"public_reason": "打 13800000000 问"}, "电话、证件号或邮箱"),
        ("remove", {"public_reason": "长" * 301}, "最多 300 字，现在是 301 字"),
        ("remove", {"meeting_number": ""}, "填写会议纪要文号"),
        ("keep", {"decided_on": soon(1)}, "决定日期不能晚于今天"),
        ("mend", {"mend_until": dates.today()}, "填写整改期限，要在今天以后"),
    ],
)
def test_what_a_decision_must_say(world, name, changed, words):
    removal = removal_at(S.HEARD, world)
    with pytest.raises(Refused, match=words):
        step(removal, name, world, data={**data_of(name), **changed})
    removal.refresh_from_db()
    assert removal.state == S.HEARD
    assert removal.entry.removed_on is None


@pytest.mark.parametrize("name", ["reply", "record_reply"])
def test_a_hearing_needs_words(world, name):
    with pytest.raises(Refused, match="填写部门意见"):
        step(removal_at(S.HEARING, world), name, world, note=" ")


def test_a_paper_answer_is_dated_between_the_letter_and_today(world):
    removal = removal_at(S.HEARING, world)
    for day, words in ((soon(-1), "不能早于发函日期"), (soon(1), "不能晚于今天")):
        with pytest.raises(Refused, match=words):
            step(removal, "record_reply", world, data={"replied_on": day})


def test_the_entry_leaves_on_the_day_and_tells_the_public_reason(world):
    removal = removal_at(S.HEARD, world)
    data = {**data_of("remove"), "effective_on": soon(3), "public_reason": "占用上课时间较多。"}
    step(removal, "remove", world, data=data)
    entry = Entry.objects.get()
    assert (entry.removed_on, entry.removal_reason) == (soon(3), "占用上课时间较多。")
    assert entry in current_entries(world.district.pk, soon(2))
    assert entry not in current_entries(world.district.pk, soon(3))
    actions = list(Event.objects.order_by("pk").values_list("action", flat=True))
    assert actions[-2:] == ["removal.remove", "entry.removed"]


def test_one_proposal_at_a_time(world):
    removal = proposed(world)
    with pytest.raises(Conflicted, match="已有办理中的移出建议"):
        proposed(world, entry=removal.entry)
    step(removal, "withdraw", world, note="重复提出")
    assert proposed(world, entry=removal.entry).state == S.PROPOSED


def test_what_is_removed_is_not_proposed_again(world):
    removal = removal_at(S.REMOVED, world)
    with pytest.raises(Refused, match=r"已于.*移出"):
        proposed(world, entry=Entry.objects.get(pk=removal.entry_id))


@pytest.mark.parametrize(
    "role", [r for r in Role if r not in (OFFICE, Role.FIRST_REVIEWER, Role.COMPLAINT_HANDLER)]
)
def test_who_does_not_propose(world, role):
    with pytest.raises(Refused, match="移出建议由"):
        proposed(world, by=world.user(role))
    assert not Removal.objects.exists()


def test_another_district_sees_nothing(world, stranger_world):
    removal = removal_at(S.HEARD, world)
    for role in (OFFICE, LEADER):
        other = stranger_world.user(role)
        assert not Removal.objects.visible_to(other).exists()
        assert not any(REMOVAL.decide(removal, name, other) for name in REMOVAL.transitions)
    with pytest.raises(Refused):
        services.propose(
            entry=removal.entry, by=stranger_world.user(OFFICE), ground="weak", reason="x", public_reason="y"
        )


def test_the_department_learns_it_with_the_letter(world, client):
    removal = proposed(world, source="complaint", reference="TS-2026-17")
    unit = applicant(world)
    client.force_login(unit)
    assert client.get(removal.get_absolute_url()).status_code == 404
    step(removal, "hear", world, note="按程序办理")
    page = client.get(removal.get_absolute_url()).content.decode()
    assert TOLD in page
    for hidden in ("张喆老师来电", "TS-2026-17", "投诉举报", clerk(world).person.name + "</dd>"):
        assert hidden not in page
    assert client.get("/whitelist/office/removals/").status_code == 403
    assert client.get(f"/history/removal/{removal.pk}/").status_code == 404


@pytest.mark.parametrize("state", S.values)
def test_the_papers_are_there_when_their_step_was_taken(world, client, state):
    removal = removal_at(state, world)
    client.force_login(clerk(world))
    there = {"hearing": state not in (S.PROPOSED, S.WITHDRAWN), "decision": state == S.REMOVED}
    for paper, exists in there.items():
        answer = client.get(f"{removal.get_absolute_url()}papers/{paper}/docx/")
        assert (answer.status_code == 200) is exists
    assert client.get(f"{removal.get_absolute_url()}papers/other/pdf/").status_code == 404


def test_the_list_takes_as_many_queries_for_three_as_for_one(world, client, django_assert_num_queries):
    client.force_login(clerk(world))
    for titles in (("一",), ("二", "三")):
        for title in titles:
            proposed(world, entry=entry_of(world, title=title))
        client.get("/whitelist/office/removals/")  # what waits is counted once after each event
        with django_assert_num_queries(6):
            client.get("/whitelist/office/removals/")


def test_desks(world, client):
    def told(user):
        client.force_login(user)
        return client.get("/desk/").content.decode()

    removal = proposed(world)
    words = f"移出“{removal.entry}”"
    people = {"office": clerk(world), "unit": applicant(world), "leader": world.user(LEADER)}
    expected = [("office", None), ("unit", "hear"), ("leader", "reply"), ("unit", "mend"),
                ("leader", "report_mending"), ("", "remove")]  # fmt: skip
    for holder, name in expected:
        if name:
            removal = step(removal, name, world)
        assert [key for key, user in people.items() if words in told(user)] == ([holder] if holder else [])
    assert "公布移出后的新一版白名单：1 项已移出" in told(people["office"])
    draft = client.post(f"{removal.get_absolute_url()}release/", follow=True).content.decode()
    assert Release.objects.filter(state="drafted").count() == 1
    assert TOLD in draft


def test_what_is_left_unanswered_comes_to_the_office(world, client):
    removal = removal_at(S.HEARING, world)
    client.force_login(clerk(world))
    with at_day(removal.due_on + timedelta(days=1)):
        page = client.get("/desk/").content.decode()
    assert f"移出“{removal.entry}”" in page


def test_the_leader_decides_in_two_clicks(world, client):
    removal = removal_at(S.HEARD, world)
    client.force_login(world.user(LEADER))
    page = client.get(removal.get_absolute_url()).content.decode()
    assert TOLD in page
    today = dates.chinese_date(dates.today())
    typed = {"version": removal.version, "transition": "remove", "decided_on": today,
             "effective_on": today, "meeting_number": "云教领纪[2026]9号", "public_reason": TOLD}  # fmt: skip
    done = client.post(f"{removal.get_absolute_url()}act/", typed, follow=True).content.decode()
    assert "已决定移出" in done
    assert Removal.objects.get().meeting_number == "云教领纪〔2026〕9号"
    client.logout()
    entry = client.get(Entry.objects.get().get_absolute_url()).content.decode()
    assert "已移出" in entry
    assert TOLD in entry
    assert "张喆老师来电" not in entry


def test_what_was_typed_stays_where_the_step_is_refused(world, client):
    removal = removal_at(S.HEARD, world)
    client.force_login(world.user(LEADER))
    typed = {"version": removal.version, "transition": "keep", "note": "",
             "decided_on": dates.chinese_date(dates.today()), "meeting_number": "纪要甲"}  # fmt: skip
    page = client.post(f"{removal.get_absolute_url()}act/", typed).content.decode()
    assert "填写保留的理由" in page
    assert "纪要甲" in page
    page = client.post(
        f"{removal.get_absolute_url()}act/", {**typed, "note": "有用", "version": 0}
    ).content.decode()
    assert "刚刚被别人改动过" in page


def test_proposing_takes_one_page(world, client):
    entry = entry_of(world)
    client.force_login(world.user(Role.FIRST_REVIEWER))
    page = client.get(
        f"/whitelist/office/removals/new/?entry={entry.number}&ground=disliked"
    ).content.decode()
    assert f'value="{entry.pk}" selected' in page
    assert 'value="disliked" selected' in page
    typed = {"entry": entry.pk, "ground": "disliked", "reason": "核实过", "public_reason": TOLD}
    done = client.post("/whitelist/office/removals/new/", typed, follow=True).content.decode()
    assert "等领导小组办公室发函听取意见" in done
    bad = client.post("/whitelist/office/removals/new/", typed).content.decode()
    assert "已有办理中的移出建议" in bad


def test_staff_of_the_unit_that_is_heard_read_no_more_than_it(world, client):
    """A 科室 that applied is a department, too: its clerks are staff, and are not told who said so."""
    removal = proposed(world, entry=entry_of(world, place="section"), source="complaint", reference="TS-17")
    assert removal.department == world.place("section")
    colleague = world.user(Role.SECTION_CLERK)
    client.force_login(colleague)
    assert client.get(removal.get_absolute_url()).status_code == 404
    step(removal, "hear", world)
    page = client.get(removal.get_absolute_url()).content.decode()
    assert TOLD in page
    assert "张喆老师来电" not in page
    assert "TS-17" not in page
    assert client.get(f"/history/removal/{removal.pk}/").status_code == 404
    Removal.objects.update(department=None)  # a unit of elsewhere: nobody here is of it
    assert "张喆老师来电" in client.get(removal.get_absolute_url()).content.decode()
    Removal.objects.update(department=world.place("section"))
    client.force_login(world.user(Role.SECTION_CLERK, place="other_section", key="elsewhere"))
    assert "张喆老师来电" in client.get(removal.get_absolute_url()).content.decode()
    assert client.get(f"/history/removal/{removal.pk}/").status_code == 200
