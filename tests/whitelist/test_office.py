"""The register and the publication, as people with an account meet them."""

import pytest

from approvals.models import Application
from approvals.states import State as ApplicationState
from jianfu.kernel import dates, registry
from jianfu.organisations.states import Role
from tests.whitelist.factories import clerk, entry_of, filed, leader, opened, published, signed, soon
from whitelist import services
from whitelist.desk import release as desk
from whitelist.models import Release
from whitelist.states import State

NEXT, REGISTER, RELEASES = "/whitelist/office/next/", "/whitelist/office/", "/whitelist/office/releases/"


def text(response) -> str:
    return response.content.decode()


@pytest.fixture
def office(client, world):
    client.force_login(clerk(world))
    return client


def step(client, release, name, **typed):
    release.refresh_from_db()
    sent = {"transition": name, "version": release.version, **typed}
    return client.post(release.get_absolute_url(), sent, follow=True)


def test_each_hand_takes_two_clicks(client, world):
    """The office: 准备公布, 保存并预览, 送签; the leader: 签发; the office: 公布 (F8)."""
    client.force_login(clerk(world))
    one, two = filed(world), filed(world, title="禁毒知识宣讲")
    assert "公布白名单：2 项待公布" in text(client.get("/desk/"))
    form = text(client.get(NEXT))
    assert form.count(" checked>") == 2
    typed = {
        "applications": [one.pk, two.pk],
        "year": dates.today().year,
        "document_number": "云教领[2026]6号",
    }
    preview = text(client.post(NEXT, typed, follow=True))
    for words in ("禁毒知识宣讲", "新增 2 项", "公布前公众看不到", "开始公示"):
        assert words in preview
    assert "公布这一版" not in preview
    release = Release.objects.get()
    assert "已送领导小组签发" in text(step(client, release, "submit"))
    assert release.title not in text(client.get("/desk/"))

    client.force_login(leader(world))
    assert release.title in text(client.get("/desk/"))
    assert "由领导小组办公室公布" in text(step(client, release, "sign", meeting_number="云教领会纪[2026]2号"))

    client.force_login(clerk(world))
    assert "已签发，待公布" in text(client.get("/desk/"))
    assert "公布后公众不用登录即可看到" in text(client.get(release.get_absolute_url()))
    done = text(step(client, release, "publish"))
    for words in ("公众可见", "云教领〔2026〕6号", "云教领会纪〔2026〕2号"):
        assert words in done
    assert set(Application.objects.values_list("state", flat=True)) == {ApplicationState.PUBLISHED}
    assert "项待公布" not in text(client.get("/desk/"))
    assert release.title in text(client.get("/desk/?tab=done"))
    client.logout()
    assert "禁毒知识宣讲" in text(client.get("/whitelist/yunling/"))


def test_the_preview_is_the_public_page(office, world):
    draft = signed(world)
    before = text(office.get(draft.get_absolute_url()))
    services.publish(release=draft, by=clerk(world))
    after = text(office.get(f"/whitelist/yunling/releases/{draft.year}-1/"))
    table = slice_of(before).replace("<td", "\n<td")
    assert [cell for cell in table.split("\n") if "card-title" not in cell] == [
        cell for cell in slice_of(after).replace("<td", "\n<td").split("\n") if "card-title" not in cell
    ]


def slice_of(page: str) -> str:
    return page[page.index("<tbody>") : page.index("</tbody>")]


def test_a_draft_is_taken_up_again(office, world):
    kept, left = filed(world), filed(world)
    office.post(NEXT, {"applications": [kept.pk], "year": dates.today().year, "notice": "先拟着"})
    form = text(office.get(NEXT))
    assert "先拟着" in form
    assert form.count(" checked>") == 1
    draft = Release.objects.get()
    typed = {"applications": [kept.pk, left.pk], "year": dates.today().year, "version": draft.version}
    office.post(NEXT, typed)
    assert draft.applications.count() == 2
    stale = office.post(NEXT, typed)
    assert "同事刚刚改过" in text(stale)
    assert Release.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"year": "2020"}, "所选的年度不在可选范围内"),
        ({"year": "", "applications": []}, "选择年度"),
        ({"applications": ["999999"]}, "已不是“待公布”"),
        ({"applications": ["x"]}, "列入名单的申请"),
        ({"notice": "字" * 1001}, "公告最多 1000 字，现在是 1001 字"),
        ({"document_number": "a\x00b"}, "不能保存的字符"),
    ],
)
def test_what_cannot_be_saved_is_said_at_the_form(office, world, typed, words):
    filed(world)
    answer = office.post(NEXT, {"year": dates.today().year, **typed})
    assert answer.status_code == 200
    assert words in text(answer)
    assert "<title>错误：" in text(answer)
    assert not Release.objects.exists()


def test_a_release_with_an_application_taken_back_cannot_be_published(office, world):
    gone = filed(world, title="税法小课堂")
    draft = signed(world, gone)
    Application.objects.filter(pk=gone.pk).update(state=ApplicationState.WITHDRAWN)
    page = text(office.get(draft.get_absolute_url()))
    assert "“税法小课堂”现在是“已撤回”" in page
    assert 'value="publish"' not in page
    assert "“税法小课堂”现在是“已撤回”" in text(step(office, draft, "publish"))
    draft.refresh_from_db()
    assert draft.state == State.SIGNED


@pytest.mark.parametrize("version", ["0", "x", "", "-1", "9" * 400])
def test_a_stale_page_publishes_nothing(office, world, version):
    draft = signed(world)
    typed = {"transition": "publish", "version": version}
    assert "刚刚被别人改动过" in text(office.post(draft.get_absolute_url(), typed))
    draft.refresh_from_db()
    assert draft.state == State.SIGNED


def test_a_second_click_is_answered_in_words(office, world):
    draft = signed(world)
    assert "公众可见" in text(step(office, draft, "publish"))
    assert "现在是“已公布”" in text(step(office, draft, "publish"))
    assert "选择要办理的步骤" in text(step(office, draft, "nonsense"))


def test_the_clerk_of_another_district_finds_nothing(client, world, stranger_world):
    release = published(world)
    draft = opened(world)
    client.force_login(clerk(stranger_world))
    assert client.get(release.get_absolute_url()).status_code == 404
    assert client.get(draft.get_absolute_url()).status_code == 404
    assert client.post(draft.get_absolute_url(), {"version": draft.version}).status_code == 404
    assert client.get(f"/history/release/{draft.pk}/").status_code == 404
    assert release.title not in text(client.get(RELEASES))
    assert "消防安全应急疏散演练" not in text(client.get(REGISTER))


@pytest.mark.parametrize("role", [Role.LEADER, Role.APPLICANT, Role.SCHOOL, Role.SECTION_CLERK])
def test_others_read_what_is_published_and_prepare_nothing(client, world, role):
    release, draft = published(world), opened(world)
    client.force_login(world.user(role))
    assert client.get(release.get_absolute_url()).status_code == 200
    assert client.get(draft.get_absolute_url()).status_code == 404
    assert client.post(draft.get_absolute_url()).status_code == 404
    assert client.get(NEXT).status_code == 403
    page = text(client.get(REGISTER))
    assert "消防安全应急疏散演练" in page
    assert "准备公布" not in page
    assert draft.title not in text(client.get(RELEASES))


def test_without_an_account_one_is_sent_to_sign_in(client, world):
    for address in (NEXT, REGISTER, RELEASES, f"{RELEASES}1/"):
        assert client.get(address).status_code == 302


def test_the_register_is_searched_filtered_and_sorted(office, world):
    entry_of(world, title="甲事项", ends_on=soon(90))
    gone = entry_of(world, title="乙事项", ends_on=soon(90))
    services.remove(entry=gone, by=clerk(world), on=dates.today(), reason="云教领〔2026〕9号")
    shown = text(office.get(REGISTER))
    assert ("甲事项" in shown, "乙事项" in shown) == (True, False)
    removed = text(office.get(REGISTER, {"standing": "removed"}))
    assert ("甲事项" in removed, "乙事项" in removed) == (False, True)
    everything = text(
        office.get(REGISTER, {"standing": "all", "sort": "-number", "year": dates.today().year})
    )
    assert everything.index("乙事项") < everything.index("甲事项")
    assert "没有找到白名单事项" in text(office.get(REGISTER, {"q": "丙"}))


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow(office, world, django_assert_num_queries, monkeypatch, count):
    monkeypatch.setattr(registry.desks, "_items", {})  # the bar counts what all apps have to say
    release = published(world, *(filed(world) for _ in range(count)))
    draft = opened(world, *(filed(world) for _ in range(count)))
    office.get(REGISTER)
    for address, queries in (
        (REGISTER, 9),
        (RELEASES, 8),
        (NEXT, 6),
        (release.get_absolute_url(), 10),
        (draft.get_absolute_url(), 21),
    ):
        with django_assert_num_queries(queries):
            office.get(address)


def test_the_desk_counts_without_loading_rows(world, django_assert_num_queries):
    filed(world), filed(world)
    user = clerk(world)
    assert user.memberships
    with django_assert_num_queries(2):
        assert desk.todo_count(user, dates.today()) == 1
    (matter,) = desk.todo(user, dates.today())
    assert matter.title == "公布白名单：2 项待公布"
    filed(world, road="campus_exempt")  # of another list, in the same question
    with django_assert_num_queries(2):
        assert desk.todo_count(user, dates.today()) == 2
    titles = [matter.title for matter in desk.todo(user, dates.today())]
    assert titles == ["公布白名单：2 项待公布", "公布免申报目录：1 项待公布"]
    assert desk.todo(world.user(Role.LEADER), dates.today()) == []
    assert desk.todo_count(world.user(Role.LEADER), dates.today()) == 0
