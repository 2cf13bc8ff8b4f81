"""The pages as people and scripts use them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from approvals import services
from approvals.models import Application, Opinion
from approvals.states import State
from jianfu.kernel import dates, registry
from jianfu.organisations.states import Role
from tests.approvals.factories import (
    ALL_AGREE,
    application_at,
    draft,
    experts,
    give_opinions,
    step,
)
from tests.approvals.test_files import pdf


def page(name, *args):
    return reverse(f"approvals:{name}", args=args)


@pytest.fixture
def as_(client, world):
    def sign_in(role, **more):
        user = world.user(role, **more)
        client.force_login(user)
        return client

    return sign_in


# ---- the department


def test_a_new_application_is_a_draft_at_once(world, as_):
    answer = as_(Role.APPLICANT).post(page("application_new"))
    made = Application.objects.get()
    assert answer.url == page("application_form", made.pk)
    shown = as_(Role.APPLICANT).get(answer.url).content.decode()
    assert "已填 0/5 步" in shown
    assert "已为您带出 4 项" in shown


def test_somebody_without_the_role_is_told_why(as_):
    answer = as_(Role.LEADER).post(page("application_new"))
    assert answer.status_code == 403
    assert "申报经办人" in answer.content.decode()


def test_a_part_is_saved_though_it_is_incomplete(world, as_):
    application = draft(world)
    url = page("application_part", application.pk, "content")
    answer = as_(Role.APPLICANT).post(url, {"content": "新内容", "go": "on", "version": application.version})
    body = answer.content.decode()
    assert answer.status_code == 200
    assert "填写预期效果" in body
    assert "<title>错误：" in body
    application.refresh_from_db()
    assert (application.content, application.expected_effect) == ("新内容", "")


def test_leaving_does_not_ask_for_what_is_missing(world, as_):
    application = draft(world)
    url = page("application_part", application.pk, "content")
    answer = as_(Role.APPLICANT).post(url, {"content": "新内容", "go": "exit"})
    assert answer.url == page("application_form", application.pk)


def test_a_rule_speaks_when_its_page_is_saved(world, as_):
    application = draft(world)
    data = {
        "delivery": "visit", "method": "讲", "class_hours": "1", "teacher_count": "0", "go": "on",
        "charges_fee": "yes", "appraises_schools": "no", "demands_traces": "no",
    }  # fmt: skip
    answer = as_(Role.APPLICANT).post(page("application_part", application.pk, "conduct"), data)
    assert "R-CAM-05，003 第9条" in answer.content.decode()


def test_a_colleagues_version_does_not_eat_what_was_typed(world, as_):
    application = draft(world)
    services.save_draft(
        application=application, by=world.user(Role.APPLICANT), fields={"content": "同事写的"}
    )
    url = page("application_part", application.pk, "content")
    answer = as_(Role.APPLICANT).post(
        url, {"content": "我写的", "expected_effect": "好", "go": "on", "version": application.version}
    )
    body = answer.content.decode()
    assert "同单位的同事刚刚改过" in body
    assert "我写的" in body
    assert "同事写的" in body
    application.refresh_from_db()
    assert application.content == "同事写的"
    again = {"content": "我写的", "expected_effect": "好", "go": "exit", "version": application.version}
    as_(Role.APPLICANT).post(url, again)
    application.refresh_from_db()
    assert application.content == "我写的"


def test_autosave_answers_in_json(world, as_):
    application = draft(world)
    url = page("application_autosave", application.pk, "scope")
    saved = as_(Role.APPLICANT).post(
        url, {"schools_text": "半句", "starts_on": "2027年3", "version": application.version}
    )
    assert saved.json()["version"] == application.version + 1
    application.refresh_from_db()
    assert application.schools_text == "半句"
    stale = as_(Role.APPLICANT).post(url, {"schools_text": "旧页", "version": application.version - 1})
    assert stale.status_code == 409
    assert "同事刚刚改过" in stale.json()["message"]


def test_check_submit_receipt(world, as_):
    application = draft(world)
    client = as_(Role.APPLICANT)
    shown = client.get(page("application_check", application.pk)).content.decode()
    assert "未填" in shown
    assert "中华人民共和国消防法第六条" in shown
    answer = client.post(page("application_check", application.pk), {"version": application.version})
    assert answer.url == page("application_receipt", application.pk)
    receipt = client.get(answer.url).content.decode()
    application.refresh_from_db()
    assert application.number in receipt
    assert dates.chinese_date(application.due_on) in receipt
    again = client.post(page("application_check", application.pk), {"version": application.version})
    assert again.url == page("application_detail", application.pk)
    assert application.submissions.count() == 1


def test_an_incomplete_application_cannot_be_pressed_through(world, as_):
    application = draft(world, title="")
    answer = as_(Role.APPLICANT).post(
        page("application_check", application.pk), {"version": application.version}
    )
    assert "填写活动名称" in answer.content.decode()
    application.refresh_from_db()
    assert application.state == State.DRAFTED


@pytest.mark.parametrize("version", ["", "0", "abc", "-1", "9" * 40, "１２"])
def test_a_version_that_fits_nothing_submits_nothing(world, as_, version):
    application = draft(world)
    answer = as_(Role.APPLICANT).post(page("application_check", application.pk), {"version": version})
    assert answer.status_code == 200
    application.refresh_from_db()
    assert application.state == State.DRAFTED


def test_a_returned_form_opens_at_its_reason(world, as_):
    application = application_at(State.RETURNED, world)
    for name, *args in (("application_form",), ("application_part", "content"), ("application_check",)):
        body = as_(Role.APPLICANT).get(page(name, application.pk, *args)).content.decode()
        assert "退回补正：请补方案" in body


def test_withdrawing_asks_for_a_reason_and_once(world, as_):
    application = application_at(State.SUBMITTED, world)
    url = page("application_withdraw", application.pk)
    client = as_(Role.APPLICANT)
    assert "不能恢复" in client.get(url).content.decode()
    empty = client.post(url, {"note": "", "version": application.version})
    assert "填写撤回理由" in empty.content.decode()
    client.post(url, {"note": "活动取消", "version": application.version})
    application.refresh_from_db()
    assert application.state == State.WITHDRAWN
    assert client.post(url, {"note": "再撤", "version": application.version}).status_code == 403


def test_files_in_and_out(world, as_):
    application = draft(world)
    client = as_(Role.APPLICANT)
    url = page("attachment_add", application.pk)
    bad = client.post(url, {"kind": "plan", "file": SimpleUploadedFile("假.pdf", b"MZ")}, follow=True)
    assert "和它的扩展名不符" in bad.content.decode()
    client.post(url, {"kind": "plan", "file": SimpleUploadedFile("方案.pdf", pdf())})
    row = application.attachments.get()
    answer = client.get(page("attachment_file", row.pk))
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "application/pdf"
    assert b"".join(answer.streaming_content) == pdf()
    client.post(page("attachment_remove", row.pk))
    assert client.get(page("attachment_file", row.pk)).status_code == 404


# ---- office, reviewers, leaders


def act(client, application, name, **data):
    data = {"transition": name, "note": "同意", "version": application.version, **data}
    return client.post(page("application_act", application.pk), data)


def test_the_road_by_its_pages(world, as_):
    application = application_at(State.SUBMITTED, world)
    give_opinions(application, world)
    filing = {
        "body": "市委",
        "document_number": "江教领备〔2026〕1号",
        "filed_on": f"{dates.today():%Y.%m.%d}",
    }
    meeting = {"decided_on": f"{dates.today():%Y%m%d}", "meeting_number": "云教领纪[2026]03号"}
    for role, name, data in (
        (Role.PUBLICATION_CLERK, "conclude", {"conclusion": "agree"}),
        (Role.FIRST_REVIEWER, "pass_review", {}),
        (Role.LEADER, "approve", meeting),
        (Role.PUBLICATION_CLERK, "file", filing),
    ):
        answer = act(as_(role), application, name, **data)
        assert answer.status_code == 302, answer.content.decode()
        application.refresh_from_db()
    assert application.state == State.FILED
    assert application.meeting_number == "云教领纪〔2026〕3号"


def test_a_refused_step_keeps_the_words_and_says_where(world, as_):
    application = application_at(State.REVIEWED, world)
    body = act(as_(Role.LEADER), application, "approve", note="原则同意，控制次数").content.decode()
    assert "填写审批日期" in body
    assert "原则同意，控制次数" in body
    assert "<title>错误：" in body
    application.refresh_from_db()
    assert application.state == State.REVIEWED


def test_returning_does_not_ask_for_the_meeting(world, as_):
    application = application_at(State.REVIEWED, world)
    assert act(as_(Role.LEADER), application, "return_", note="请补预案").status_code == 302


def test_a_stale_tab_is_told_and_keeps_its_words(world, as_):
    application = application_at(State.APPRAISED, world)
    stale = application.version
    services.perform(application=application, name="return_", by=world.user(Role.FIRST_REVIEWER), note="请补")
    answer = act(as_(Role.FIRST_REVIEWER), application, "pass_review", version=stale, note="我写了很多")
    assert answer.status_code == 409
    assert "刚刚被别人改动过，现在是“退回补正”" in answer.content.decode()
    application.refresh_from_db()
    assert application.state == State.RETURNED


@pytest.mark.parametrize("name", ["", "publish", "nonsense", "__class__", "字" * 1000])
def test_no_step_but_those_of_the_page(world, as_, name):
    application = application_at(State.FILED, world)
    assert act(as_(Role.PUBLICATION_CLERK), application, name).status_code == 302
    application.refresh_from_db()
    assert application.state == State.FILED


@pytest.mark.parametrize("note", ["字" * 70_000, "a\x00b", "<script>alert(1)</script>"])
def test_strange_words_never_break_the_page(world, as_, note):
    application = application_at(State.APPRAISED, world)
    answer = act(as_(Role.FIRST_REVIEWER), application, "return_", note=note)
    assert answer.status_code in {200, 302}
    assert b"<script>alert(1)" not in answer.content


def test_the_detail_shows_road_record_matrix_and_changes(world, as_):
    application = application_at(State.RETURNED, world)
    by = world.user(Role.APPLICANT)
    services.save_draft(application=application, by=by, fields={"schools_text": "三所小学"})
    application.refresh_from_db()
    application = step(application, "submit", world)
    give_opinions(application, world)
    body = as_(Role.PUBLICATION_CLERK).get(page("application_detail", application.pk)).content.decode()
    assert 'aria-current="step"' in body
    assert "退回补正" in body
    assert "用时" in body
    assert "专家论证意见（已收 3/3 份）" in body
    assert "改了 1 处" in body
    compared = as_(Role.LEADER).get(page("application_compare", application.pk)).content.decode()
    assert "三所小学" in compared
    assert "全区小学" in compared


def test_a_refused_button_says_why(world, as_):
    application = application_at(State.SUBMITTED, world)
    body = as_(Role.PUBLICATION_CLERK).get(page("application_detail", application.pk)).content.decode()
    assert "已收到 0 份专家意见，须满 3 份才能汇总" in body
    assert 'value="conclude"' not in body


def test_the_applicant_sees_no_sheet_of_an_expert(world, as_):
    application = application_at(State.APPRAISED, world)
    body = as_(Role.APPLICANT).get(page("application_detail", application.pk)).content.decode()
    assert "已收 3/3 份" not in body
    assert "同意开展。" not in body


def test_unsent_changes_of_a_returned_one_are_not_shown_to_the_bureau(world, as_):
    application = application_at(State.RETURNED, world)
    by = world.user(Role.APPLICANT)
    services.save_draft(application=application, by=by, fields={"schools_text": "还在改的"})
    body = as_(Role.LEADER).get(page("application_detail", application.pk)).content.decode()
    assert "还在改的" not in body


def test_experts_are_chosen_and_conflicts_are_named(world, as_):
    application = application_at(State.SUBMITTED, world)
    people = [user.person for user in experts(world)]
    colleague = world.user(Role.EXPERT, place="department", key="colleague")
    url = page("expert_choose", application.pk)
    client = as_(Role.PUBLICATION_CLERK)
    assert "须回避" in client.get(url).content.decode()
    none = client.post(url, {})
    assert "还没有选专家" in none.content.decode()
    bad = client.post(url, {"expert": [people[0].pk, colleague.person_id]})
    assert "须回避" in bad.content.decode()
    assert not application.assignments.exists()
    client.post(url, {"expert": [person.pk for person in people]})
    assert application.assignments.count() == 3
    assert client.post(url, {"expert": ["x", "9" * 30]}).status_code == 200


def test_who_may_not_choose_experts(world, as_):
    application = application_at(State.SUBMITTED, world)
    assert as_(Role.LEADER).get(page("expert_choose", application.pk)).status_code == 403


# ---- experts


def ask(world, count=1):
    application = application_at(State.SUBMITTED, world)
    panel = experts(world, count)
    rows = services.assign_experts(
        application=application,
        experts=[user.person for user in panel],
        by=world.user(Role.PUBLICATION_CLERK),
    )
    return application, rows, panel


def sheet(**changed):
    return {f"{point}_grade": "agree" for point in ALL_AGREE} | {
        "conclusion": "agree",
        "comment": "好",
        **changed,
    }


def test_a_sheet_is_saved_submitted_and_followed_by_the_next(world, client):
    _first, (row,), panel = ask(world)
    _second, (other,), _panel = ask(world)
    client.force_login(panel[0])
    assert client.post(page("opinion_autosave", row.pk), {"comment": "半句"}).json()["saved_at"]
    assert Opinion.objects.get().comment == "半句"
    answer = client.post(page("opinion_form", row.pk), sheet())
    assert answer.url == page("opinion_form", other.pk)
    body = client.get(page("opinion_form", row.pk)).content.decode()
    assert "不能再改" in body


def test_an_incomplete_sheet_says_which_points(world, client):
    _application, (row,), panel = ask(world)
    client.force_login(panel[0])
    body = client.post(page("opinion_form", row.pk), sheet(theme_grade="", comment="")).content.decode()
    assert "选择活动主题的意见" in body
    assert "填写论证意见" in body
    assert not Opinion.objects.filter(submitted_at__isnull=False).exists()


def test_the_rest_is_agreed_to_at_once_and_answers_stay(world, client):
    _application, (row,), panel = ask(world)
    client.force_login(panel[0])
    client.post(page("opinion_form", row.pk), {"rest": "1", "scope_grade": "disagree"})
    grades = dict(Opinion.objects.get().items.values_list("point", "grade"))
    assert grades.pop("scope") == "disagree"
    assert set(grades.values()) == {"agree"}


def test_others_sheets_are_hidden_until_the_own_is_in(world, client):
    _application, rows, panel = ask(world, 2)
    client.force_login(panel[0])
    client.post(page("opinion_form", rows[0].pk), sheet(comment="甲的意见"))
    client.force_login(panel[1])
    assert "甲的意见" not in client.get(page("opinion_form", rows[1].pk)).content.decode()
    detail = client.get(page("application_detail", rows[1].application_id)).content.decode()
    assert "甲的意见" not in detail
    assert client.get(page("opinion_form", rows[0].pk)).status_code == 404
    client.post(page("opinion_form", rows[1].pk), sheet())
    assert "甲的意见" in client.get(page("opinion_form", rows[1].pk)).content.decode()


def test_the_earlier_sheet_can_be_taken_over(world, client):
    application, (row,), panel = ask(world)
    client.force_login(panel[0])
    client.post(page("opinion_form", row.pk), sheet(comment="上次的话"))
    application.refresh_from_db()
    application = step(step(application, "return_", world), "submit", world)
    (again,) = services.assign_experts(
        application=application, experts=[panel[0].person], by=world.user(Role.PUBLICATION_CLERK)
    )
    assert "沿用上次意见" in client.get(page("opinion_form", again.pk)).content.decode()
    client.post(page("opinion_autosave", again.pk), {"earlier": "1"})
    opinion = Opinion.objects.get(assignment=again)
    assert (opinion.comment, opinion.submitted_at) == ("上次的话", None)


# ---- strangers and lists


def test_rows_of_another_district_are_not_found(world, stranger_world, client):
    application = application_at(State.SUBMITTED, world)
    for role in Role:
        client.force_login(stranger_world.user(role))
        for name in ("application_detail", "application_form", "application_check", "application_paper"):
            assert client.get(page(name, application.pk)).status_code == 404, (role, name)
        assert client.post(page("application_act", application.pk)).status_code == 404


def test_a_paper_is_a_pdf_of_what_was_handed_in(world, as_):
    application = application_at(State.APPROVED, world)
    answer = as_(Role.LEADER).get(page("application_paper", application.pk))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")


def test_an_empty_list_says_what_where_and_what_next(as_):
    body = as_(Role.LEADER).get(page("application_list"), {"q": "没有"}).content.decode()
    assert "没有申请" in body
    assert "看全部申请" in body


@pytest.mark.parametrize(
    "query", [{"page": "-1"}, {"page": "x"}, {"sort": "-state"}, {"sort": "'"}, {"tab": "x"}]
)
def test_a_list_asked_wrongly_is_still_a_list(world, as_, query):
    application_at(State.SUBMITTED, world)
    assert as_(Role.LEADER).get(page("application_list"), query).status_code == 200


# Without the badge of the bar, whose cost belongs to the apps that fill it.
LISTS = [
    (Role.PUBLICATION_CLERK, "/approvals/?tab=all", 12),
    (Role.APPLICANT, "/approvals/mine/", 11),
]


@pytest.mark.parametrize(("role", "address", "queries"), LISTS)
def test_a_list_costs_the_same_for_one_row_and_three(
    world, as_, monkeypatch, role, address, queries, django_assert_num_queries
):
    monkeypatch.setattr(registry.desks, "_items", {})
    client = as_(role)
    application_at(State.SUBMITTED, world)
    client.get(address)
    for _ in range(2):
        with django_assert_num_queries(queries):
            assert client.get(address).status_code == 200
        application_at(State.SUBMITTED, world)
        application_at(State.SUBMITTED, world)


def test_an_experts_list_costs_the_same_for_one_row_and_three(
    world, client, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(registry.desks, "_items", {})
    _application, _rows, panel = ask(world)
    client.force_login(panel[0])
    for _ in range(2):
        with django_assert_num_queries(8):
            assert client.get(page("opinion_list")).status_code == 200
        ask(world)
        ask(world)
