"""The pages of a round: gathering, marking, putting into force, and who sees nothing of it."""

import re

import pytest
from django.core import mail
from django.core.management import call_command

from approvals import desk, services
from approvals.agenda import lines_of, totals
from approvals.models import Application, Round
from approvals.similar import similar_to
from approvals.states import RoundState, State
from jianfu.kernel import dates
from jianfu.organisations.services import grant_role
from jianfu.organisations.states import Role
from tests.approvals.factories import application_at
from tests.approvals.rounds import AGREED, MINUTES, mark_all, opened, put_in_force
from tests.approvals.views.conftest import page

TODAY = dates.today()
SECRET = "拟不予通过的密语"


def form_of(answer):
    """What a browser would send back untouched: the filled controls of the round's form."""
    html = answer.content.decode()
    data = {}
    for tag in re.findall(r"<input[^>]*>", html):
        found = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if found.get("type") in {"checkbox", "radio"} and " checked" not in tag:
            continue
        if found.get("name", "").startswith("line-"):
            name, value = found["name"], found.get("value", "")
            data[name] = [*data.get(name, []), value] if found["type"] == "checkbox" else value
    for name, body in re.findall(r'<select name="(line-[^"]*)"[^>]*>(.*?)</select>', html, re.S):
        picked = re.search(r'<option value="([^"]*)"[^>]* selected', body)
        data[name] = picked[1] if picked else ""
    return data


def words(answer) -> str:
    return answer.content.decode()


@pytest.fixture
def three(world):
    return [application_at(State.REVIEWED, world, title=f"活动{n}") for n in range(3)]


@pytest.fixture
def round_(world, three):
    return opened(world, three)


def test_a_round_is_opened_with_everything_ticked(world, three, as_):
    client = as_(Role.LEADER)
    shown = words(client.get(page("round_new")))
    assert f"{TODAY.year}年第1批（领导小组审批）" in shown
    assert len(re.findall(r'name="chosen"[^>]*checked', shown)) == 3
    kept = [str(row.pk) for row in three[:2]]
    none = client.post(page("round_new"), {"title": "第一批", "chosen": ["x", "9" * 30]})
    assert "勾选至少一项申请" in words(none)
    answer = client.post(page("round_new"), {"title": "第一批", "chosen": kept})
    made = Round.objects.get()
    assert answer.url == made.get_absolute_url()
    assert made.items.count() == 2
    assert f"{TODAY.year}年第2批（领导小组审批）" in words(client.get(page("round_new")))
    assert str(three[2]) in words(client.get(page("round_new")))
    assert str(three[0]) not in words(client.get(page("round_new")))
    assert "第一批" in words(client.get(page("round_list")))
    client.post(page("round_add", made.pk), {"chosen": [str(three[2].pk)]})
    assert made.items.count() == 3
    item = made.items.first()
    assert "移出批次" in words(client.post(page("round_remove", made.pk), {"remove": item.pk}, follow=True))
    assert "已经不在批次里" in words(client.post(page("round_remove", made.pk), {"remove": "x"}, follow=True))
    assert made.items.count() == 2
    assert "留在原来的环节" in words(client.get(page("round_dissolve", made.pk)))
    client.post(page("round_dissolve", made.pk))
    assert Round.objects.get().state == RoundState.DISSOLVED


def test_marks_are_saved_and_what_is_untouched_is_left(world, three, round_, as_):
    first, second, third = round_.items.all()
    client = as_(Role.LEADER)
    data = form_of(client.get(page("round_detail", round_.pk)))
    colleague = world.user(Role.LEADER, key="second-leader")
    services.mark(item=third, by=colleague, marks={"outcome": "return", "ground": "plan", "note": "补方案"})
    data |= {f"line-{first.pk}-verdict": "integrate", f"line-{second.pk}-verdict": "reject"}
    data |= {f"line-{second.pk}-reject_ground": "over_limit", "action": "save"}
    assert client.post(page("round_mark", round_.pk), data).status_code == 302
    first, second, third = round_.items.all()
    assert (first.outcome, first.integration) == ("integrate", ["practice"])
    assert first.note == "同意，融入日常教育教学，不单独占用课时。"
    assert (second.outcome, second.ground, second.note) == (
        "reject", "over_limit", "本年度次数已超过清单规定次数。",
    )  # fmt: skip
    assert (third.outcome, third.marked_by) == ("return", colleague)
    assert first.marked_by == world.user(Role.LEADER)


def test_a_colleagues_newer_mark_is_shown_instead(world, three, round_, as_):
    first, second, _third = round_.items.all()
    client = as_(Role.LEADER)
    data = form_of(client.get(page("round_detail", round_.pk)))
    services.mark(
        item=first, by=world.user(Role.LEADER, key="second-leader"),
        marks={"outcome": "return", "ground": "plan", "note": "同事的话"},
    )  # fmt: skip
    data |= {f"line-{first.pk}-verdict": "pass", f"line-{second.pk}-verdict": "pass", "action": "confirm"}
    answer = client.post(page("round_mark", round_.pk), data)
    assert answer.status_code == 409
    assert "没有覆盖" in words(answer)
    assert "同事的话" in words(answer)
    assert [item.outcome for item in round_.items.all()] == ["return", "pass", ""]


def test_what_does_not_read_is_said_at_its_line_and_kept(world, three, round_, as_):
    first = round_.items.first()
    client = as_(Role.LEADER)
    data = form_of(client.get(page("round_detail", round_.pk)))
    data |= {f"line-{first.pk}-verdict": "merge", f"line-{first.pk}-merge": "jxy20269999", "action": "save"}
    answer = client.post(page("round_mark", round_.pk), data)
    assert "没有编号为 JXY20269999 的办理中的申请" in words(answer)
    assert 'value="jxy20269999"' in words(answer)
    data[f"line-{first.pk}-merge"] = three[1].number.lower()
    client.post(page("round_mark", round_.pk), data)
    assert round_.items.first().merge_into == three[1]
    data |= {f"line-{first.pk}-note": "字" * 501}
    assert "500" in words(client.post(page("round_mark", round_.pk), data))


def test_ticked_lines_are_marked_together(world, three, round_, as_):
    first, second, third = round_.items.all()
    client = as_(Role.LEADER)
    data = form_of(client.get(page("round_detail", round_.pk)))
    assert "先勾选" in words(
        client.post(
            page("round_mark", round_.pk), {**data, "action": "bulk", "bulk-verdict": "pass"}, follow=True
        )
    )
    chosen = {"chosen": [first.pk, second.pk], "action": "bulk"}
    assert "选择统一标记的结果" in words(
        client.post(page("round_mark", round_.pk), data | chosen, follow=True)
    )
    data |= {f"line-{third.pk}-verdict": "return", f"line-{third.pk}-return_ground": "safety"}
    data |= {f"line-{first.pk}-verdict": "reject"}  # the common mark goes over what was typed
    client.post(page("round_mark", round_.pk), data | chosen | {"bulk-verdict": "integrate"})
    marked = [(i.outcome, i.integration, i.note) for i in round_.items.all()]
    assert marked == [
        ("integrate", ["practice"], "同意，融入日常教育教学，不单独占用课时。"),
        ("integrate", ["practice"], "同意，融入日常教育教学，不单独占用课时。"),
        ("return", [], "请补充完整的应急预案。"),
    ]


def test_a_line_may_join_several_and_one_box_is_a_change(world, three, round_, as_):
    first = round_.items.first()
    client = as_(Role.LEADER)
    several = {f"line-{first.pk}-integration": ["practice", "culture"], "action": "save"}
    data = form_of(client.get(page("round_detail", round_.pk)))
    client.post(page("round_mark", round_.pk), data | several | {f"line-{first.pk}-verdict": "integrate"})
    assert round_.items.first().integration == ["practice", "culture"]
    again = form_of(client.get(page("round_detail", round_.pk)))
    assert again[f"line-{first.pk}-integration"] == ["practice", "culture"]
    client.post(page("round_mark", round_.pk), again | {"action": "save"})
    assert round_.items.first().version == 2  # nothing was changed, nothing is saved
    again[f"line-{first.pk}-integration"] = ["culture"]
    client.post(page("round_mark", round_.pk), again | {"action": "save"})
    assert round_.items.first().integration == ["culture"]


def test_a_common_manner_goes_over_that_of_each(world, three, round_, as_):
    client, ticked = as_(Role.LEADER), [item.pk for item in round_.items.all()]
    data = form_of(client.get(page("round_detail", round_.pk))) | {"chosen": ticked, "action": "bulk"}
    manner = {"bulk-verdict": "integrate", "bulk-integration": ["subject", "after_school"]}
    client.post(page("round_mark", round_.pk), data | manner)
    assert [item.joins for item in round_.items.all()] == ["学科教学、课后服务"] * 3


def test_a_common_mark_does_not_go_over_a_colleagues_newer_one(world, three, round_, as_):
    first, second, _third = round_.items.all()
    client = as_(Role.LEADER)
    data = form_of(client.get(page("round_detail", round_.pk)))
    services.mark(item=first, by=world.user(Role.PUBLICATION_CLERK), marks={"outcome": "return"})
    data |= {"chosen": [first.pk, second.pk], "action": "bulk", "bulk-verdict": "pass"}
    assert client.post(page("round_mark", round_.pk), data).status_code == 409
    assert [item.outcome for item in round_.items.all()] == ["return", "pass", ""]


def test_it_is_put_into_force_with_its_meeting(world, three, round_, as_):
    client = as_(Role.LEADER)
    lacking = words(client.get(page("round_confirm", round_.pk)))
    assert "第 1 项“活动0”还没有标记结果" in lacking
    assert "全部生效" not in lacking
    mark_all(round_, world.user(Role.LEADER), **AGREED)
    shown = words(client.get(page("round_confirm", round_.pk)))
    assert dates.chinese_date(TODAY) in shown
    version = Round.objects.get().version
    said = {"met_on": dates.chinese_date(TODAY), "meeting_number": "云教领纪要[2026]第03号"}
    stale = client.post(page("round_confirm", round_.pk), {**said, "version": version - 1})
    assert stale.status_code == 409
    assert "刚刚被同事改过" in words(stale)
    empty = client.post(page("round_confirm", round_.pk), {"met_on": "", "version": version})
    assert "填写会议纪要文号" in words(empty)
    done = client.post(page("round_confirm", round_.pk), {**said, "version": version}, follow=True)
    assert "已生效，各单位现在能看到结果" in words(done)
    assert "同意 3 项" in words(done)
    assert {row.meeting_number for row in Application.objects.all()} == {"云教领纪要〔2026〕3号"}
    assert client.get(page("round_confirm", round_.pk)).status_code == 302
    assert client.post(page("round_mark", round_.pk), {"action": "save"}).status_code == 302
    assert "第 2 项" not in words(client.get(page("round_detail", round_.pk)))
    assert client.get(page("round_paper", round_.pk)).content.startswith(b"%PDF")


def test_the_office_prepares_and_does_not_decide(world, three, round_, as_):
    client = as_(Role.PUBLICATION_CLERK)
    mark_all(round_, world.user(Role.PUBLICATION_CLERK), **AGREED)
    shown = words(client.get(page("round_confirm", round_.pk)))
    assert "批次由领导小组成员确认生效" in shown
    said = {"met_on": dates.chinese_date(TODAY), "meeting_number": MINUTES, "version": 4}
    client.post(page("round_confirm", round_.pk), {**said, "version": Round.objects.get().version})
    assert Round.objects.get().state == RoundState.OPEN


PAGES = ("detail", "mark", "confirm", "add", "remove", "dissolve", "paper")


@pytest.mark.parametrize(
    "role", [Role.APPLICANT, Role.EXPERT, Role.SCHOOL, Role.SECTION_CLERK, Role.FIRST_REVIEWER]
)
def test_nobody_else_finds_an_open_round(world, round_, as_, role):
    client = as_(role)
    for name in PAGES:
        address = page(f"round_{name}", round_.pk)
        assert client.get(address).status_code in {404, 405}, name
        assert client.post(address).status_code == 404, name
    if role != Role.FIRST_REVIEWER:
        assert client.get(page("round_list")).status_code == 403
        assert client.get(page("round_new")).status_code == 403


def test_a_provisional_mark_leaks_nowhere(world, three, round_, as_):
    """Applicant's pages, history, desk, digest, similar ones: before it is in force, and after."""
    mark_all(round_, world.user(Role.LEADER), outcome="reject", ground="plan", note=SECRET)
    application = three[0]
    applicant = world.user(Role.APPLICANT)
    applicant.person.email = "a@example.cn"
    applicant.person.save()
    client = as_(Role.APPLICANT)

    def everything():
        addresses = [
            page("application_mine"), page("application_detail", application.pk),
            page("application_compare", application.pk),
            f"/history/application/{application.pk}/", "/desk/", "/",
        ]  # fmt: skip
        said = "".join(words(client.get(address, follow=True)) for address in addresses)
        call_command("send_digest", verbosity=0)
        said += "".join(str(letter.body) for letter in mail.outbox)
        return said + str(similar_to(application)) + str(desk.started(applicant, TODAY))

    before = everything()
    assert application.title in before
    for secret in (SECRET, "不予通过", "第一批", "批次"):
        assert secret not in before
    application.refresh_from_db()
    assert application.state == State.REVIEWED
    put_in_force(round_, world.user(Role.LEADER))
    assert SECRET in everything()


def test_a_deciders_own_units_line_is_hidden_while_it_is_open(world, three, round_):
    leader = world.user(Role.LEADER)
    assert len(lines_of(round_, leader)) == 3
    other = application_at(State.REVIEWED, world, title="本单位的活动")
    Application.objects.filter(pk=other.pk).update(organisation=world.place("office"))
    services.add_to_round(round_=round_, by=leader, applications=[other])
    grant_role(person=leader.person, organisation=world.place("office"), role=Role.APPLICANT, by=None)
    leader = type(leader).objects.get(pk=leader.pk)
    assert [line.number for line in lines_of(round_, leader)] == [1, 2, 3]
    item = round_.items.get(application=other)
    refused = services.save_marks(
        round_=round_, by=leader, markings=[services.Marking(item.pk, {"outcome": "pass"})]
    )
    assert list(refused) == [item.pk]


def test_what_the_deciders_see_beside_each_line(world, three, round_, as_):
    lines = lines_of(round_, world.user(Role.LEADER))
    assert [line.number for line in lines] == [1, 2, 3]
    assert lines[0].experts.words == "3/3 同意"
    assert lines[0].before == "同意"
    assert ("活动内容", "讲解逃生知识，组织疏散演练一次。", False) in lines[0].told
    assert all(line.kept_from for line in lines)
    services.mark(item=round_.items.first(), by=world.user(Role.LEADER), marks=AGREED)
    summed = totals(round_, lines_of(round_, world.user(Role.LEADER)), TODAY)
    assert (summed.passing, summed.hours, summed.approved, summed.after) == (1, 1, 0, 1)
    reviewer = world.user(Role.FIRST_REVIEWER)
    grant_role(person=reviewer.person, organisation=world.place("leading_group"), role=Role.LEADER, by=None)
    second = type(reviewer).objects.get(pk=reviewer.pk)
    assert [bool(line.kept_from) for line in lines_of(round_, second)] == [False] * 3
    assert "初审过这项申请" in lines_of(round_, second)[0].kept_from.text


def test_the_table_costs_the_same_for_one_line_and_for_three(world, three, as_, django_assert_num_queries):
    small, large = opened(world, three[:1]), opened(world, three[1:], title="第二批")
    services.add_to_round(
        round_=large, by=world.user(Role.LEADER), applications=[application_at(State.REVIEWED, world)]
    )
    client = as_(Role.LEADER)
    client.get(page("round_detail", small.pk))
    for round_ in (small, large):
        with django_assert_num_queries(18):
            client.get(page("round_detail", round_.pk))
    with django_assert_num_queries(6):
        client.get(page("round_list"))


def test_an_open_round_is_one_matter_of_its_deciders(world, three, round_):
    leader = world.user(Role.LEADER)
    (matter,) = desk.rounds(leader, TODAY)
    assert (matter.title, matter.kind, matter.origin) == ("第一批", "批次", "3 项，3 项未标记")
    assert matter.remaining.due == three[0].due_on
    assert desk.todo_count(leader, TODAY) == 1
    assert desk.rounds(world.user(Role.FIRST_REVIEWER), TODAY) == []
    # What left the stage stands for itself again: the applicant finds what was returned.
    services.perform(application=three[0], name="return_", by=leader, note="补方案")
    assert [m.title for m in desk.todo(world.user(Role.APPLICANT), TODAY)] == ["活动0"]
    assert desk.todo_count(world.user(Role.APPLICANT), TODAY) == 1


def test_what_is_not_agreed_to_is_named_before_it_takes_effect(world, three, round_, as_):
    """A number tells nobody which one is about to be refused for good."""
    leader = world.user(Role.LEADER)
    first, second, _third = round_.items.all()
    mark_all(round_, leader, **AGREED)
    client = as_(Role.LEADER)
    assert "没有同意的" not in words(client.get(page("round_confirm", round_.pk)))
    services.mark(item=second, by=leader, marks={"outcome": "reject", "ground": "plan", "note": SECRET})
    shown = words(client.get(page("round_confirm", round_.pk)))
    assert "没有同意的 1 项" in shown
    assert f"第 2 项 {second.application}（{second.application.organisation}）：不予通过，{SECRET}" in shown
    assert f"第 1 项 {first.application}" not in shown
