"""公示 and objections: anybody says it without an account, the office answers each in words."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from jianfu.audit.models import Event
from jianfu.kernel import dates
from jianfu.kernel.decisions import Refused
from jianfu.organisations.states import Role
from tests.whitelist.factories import clerk, filed, leader, opened, published
from whitelist import services
from whitelist.desk import release as desk
from whitelist.models import Objection
from whitelist.states import Channel, ObjectionState, Remedy, State
from whitelist.views import posting as views

PAGE, FORM = "/whitelist/yunling/posting/", "/whitelist/yunling/posting/objection/"


def text(response) -> str:
    return response.content.decode()


@pytest.fixture
def one(world):
    return filed(world, title="税法小课堂")


@pytest.fixture
def posted(world, one):
    draft = opened(world, one, filed(world, title="防溺水安全教育"))
    return services.advance(release=draft, name="post", by=clerk(world))


def answer(objection, by, name="decline", note="依据充分。", **data):
    return services.answer_objection(objection=objection, by=by, name=name, note=note, data=data)


def later(days):
    return dates.as_of(timezone.now() + timedelta(days=days))


def test_the_public_sees_what_is_posted_and_objects(client, world, posted, one):
    """Without an account and without a name; the list itself is not changed by being posted."""
    assert "正在公示" in text(client.get("/whitelist/yunling/"))
    assert "正在公示" not in text(client.get("/whitelist/yunling/exempt/"))
    page = client.get(PAGE)
    assert "税法小课堂" in text(page)
    assert not page.cookies
    assert page.headers["Cache-Control"].startswith("public")
    assert "税法小课堂" not in text(client.get("/whitelist/yunling/list.json"))
    form = client.get(FORM)
    assert "no-store" in form.headers["Cache-Control"]
    said = client.post(FORM, {"about": one.pk, "content": "与道德与法治课重复", "contact": "13800138000"})
    assert "已收到您的异议" in text(said)
    made = Objection.objects.get()
    assert (made.application, made.channel, made.state) == (one, Channel.WEB, ObjectionState.RECEIVED)
    event = Event.objects.get(action="objection.received")
    assert "13800138000" not in str(event.data) + event.note
    for address in (PAGE, "/whitelist/yunling/"):
        assert "与道德与法治课重复" not in text(client.get(address))


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"content": ""}, "填写异议内容"),
        ({"content": "字" * 1001}, "异议内容最多 1000 字，现在是 1001 字"),
        ({"content": "有", "about": "999999"}, "针对哪一项"),
    ],
)
def test_what_cannot_be_taken_is_said(client, posted, typed, words):
    page = text(client.post(FORM, typed))
    assert words in page
    assert "<title>错误：" in page
    assert not Objection.objects.exists()


def test_who_sends_many_is_asked_to_wait(client, posted):
    cache.clear()
    for _ in range(views.TRIES):
        assert "已收到" in text(client.post(FORM, {"content": "不妥"}))
    assert "一小时内最多提" in text(client.post(FORM, {"content": "不妥"}))
    assert Objection.objects.count() == views.TRIES


def test_objections_end_with_the_posting(client, world, posted):
    """The last day still counts; afterwards, and where nothing is posted, nothing is taken."""
    with later(6):
        services.object_to(release=posted, content="最后一天")
    with later(7), pytest.raises(Refused, match="不在公示期内"):
        services.object_to(release=posted, content="晚了")
    services.advance(release=posted, name="recall", by=clerk(world), note="重拟")
    with pytest.raises(Refused, match="不在公示期内"):
        services.object_to(release=posted, content="撤回了")
    assert client.get(FORM).status_code == 302
    assert "现在没有公示" in text(client.get(PAGE))


def test_each_is_answered_before_the_list_goes_on(world, posted, one):
    made = services.object_to(release=posted, content="不妥", application=one)
    assert desk.todo(clerk(world), dates.today())[0].action == "答复异议"
    with pytest.raises(Refused, match="填写答复"):
        answer(made, clerk(world), note=" ")
    with later(7):
        with pytest.raises(Refused, match="还有 1 件异议没有答复"):
            services.advance(release=posted, name="submit", by=clerk(world))
        done = answer(made, clerk(world))
        assert (done.state, done.answer, done.answered_by) == (
            ObjectionState.DECLINED,
            "依据充分。",
            clerk(world).person,
        )
        release = services.advance(release=posted, name="submit", by=clerk(world))
    assert release.applications.count() == 2


def test_an_adopted_one_takes_the_item_out(client, world, posted, one):
    made = services.object_to(release=posted, content="与课程重复", application=one)
    with pytest.raises(Refused, match="选择采纳后怎样处理"):
        answer(made, clerk(world), "adopt")
    answer(made, clerk(world), "adopt", "与课程重复，不再列入。电话13800138000", remedy=Remedy.TAKE_OUT)
    posted.refresh_from_db()
    assert posted.state == State.POSTED
    assert one not in posted.applications.all()
    page = text(client.get(PAGE))
    assert "对“税法小课堂”的异议" in page
    assert "与课程重复，不再列入" in page
    assert "13800138000" not in page
    with later(7):
        release = services.advance(release=posted, name="submit", by=clerk(world))
        release = services.advance(release=release, name="sign", by=leader(world))
        release = services.publish(release=release, by=clerk(world))
    assert [item.entry.title for item in release.items.all()] == ["防溺水安全教育"]
    assert "采纳" in text(client.get(f"/whitelist/yunling/releases/{release.year}-1/"))
    client.force_login(clerk(world))
    form = text(client.get("/whitelist/office/next/"))
    assert "税法小课堂" in form
    assert " checked>" not in form


def test_an_adopted_one_against_the_whole_list_sends_it_back(world, posted):
    made = services.object_to(release=posted, content="总量太多")
    with pytest.raises(Refused, match="选择采纳后怎样处理"):
        answer(made, clerk(world), "adopt", remedy=Remedy.TAKE_OUT)
    answer(made, clerk(world), "adopt", "压减后重新公示。", remedy=Remedy.REDRAFT)
    posted.refresh_from_db()
    assert (posted.state, posted.posted_until) == (State.DRAFTED, None)
    assert "采纳异议" in posted.steps.first().note


def test_the_office_writes_down_what_came_by_telephone(client, world, posted, one):
    client.force_login(clerk(world))
    page = text(client.get(posted.get_absolute_url()))
    assert "登记电话、来信异议" in page
    assert "现在不能<b>送领导小组签发</b>：公示到" in page, "what comes next and when is said, not left out"
    assert '撤回理由<span class="need need-yes">必填' in page
    address = f"{posted.get_absolute_url()}objections/"
    typed = {"channel": "phone", "about": one.pk, "content": "时间在考试周", "contact": "李女士"}
    assert "已登记" in text(client.post(address, typed, follow=True))
    made = Objection.objects.get()
    page = text(client.get(made.get_absolute_url()))
    assert "李女士" in page
    typed = {"transition": "decline", "note": "已避开考试周。", "version": made.version}
    assert "已避开考试周。" in text(client.post(made.get_absolute_url(), typed, follow=True))


def test_the_office_writes_down_the_last_afternoon_until_the_list_is_sent_on(client, world, posted):
    client.force_login(clerk(world))
    address = f"{posted.get_absolute_url()}objections/"
    with later(7):
        typed = {"channel": "phone", "content": "昨天傍晚来电"}
        assert "已登记" in text(client.post(address, typed, follow=True))
        services.advance(release=posted, name="recall", by=clerk(world), note="重拟")
        refused = client.get(address)
    assert (refused.status_code, "这一版不在公示，不登记异议" in text(refused)) == (403, True)
    with pytest.raises(Refused, match="这一版不在公示"):
        services.object_to(release=posted, content="晚了", by=clerk(world))


@pytest.mark.parametrize("role", [Role.LEADER, Role.APPLICANT, Role.SCHOOL])
def test_nobody_else_reads_or_answers(client, world, stranger_world, posted, role):
    made = services.object_to(release=posted, content="不妥", contact="李女士")
    for user in (world.user(role), clerk(stranger_world)):
        with pytest.raises(Refused):
            answer(made, user)
        client.force_login(user)
        assert client.get(made.get_absolute_url()).status_code == 404
        assert client.get(f"{posted.get_absolute_url()}objections/").status_code in (403, 404)


def test_what_was_sent_to_be_signed_is_not_changed_by_an_answer(world, posted, one):
    """An objection that came before is answered only where the leader does not read already."""
    made = services.object_to(release=posted, content="不妥", application=one)
    posted.refresh_from_db()
    type(posted).objects.filter(pk=posted.pk).update(state=State.SUBMITTED)
    made.refresh_from_db()
    with pytest.raises(Refused, match="先撤回，再答复异议"):
        answer(made, clerk(world), "adopt", remedy=Remedy.TAKE_OUT)


def test_a_release_that_was_never_posted_asks_for_no_objections(client, world):
    release = published(world)
    assert "公示期间的异议" not in text(client.get(f"/whitelist/yunling/releases/{release.year}-1/"))
