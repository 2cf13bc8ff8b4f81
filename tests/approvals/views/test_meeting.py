"""The collective opinion: written from the sheets, and read by the applicant after the decision only."""

from types import SimpleNamespace

import pytest
from django.urls import reverse

from approvals import panel, services
from approvals.models import Assignment
from approvals.states import Conclusion, State
from jianfu.kernel import dates
from jianfu.kernel.workflow import NOTE_LIMIT
from jianfu.organisations.services import grant_role
from jianfu.organisations.states import Role
from tests.approvals.factories import ALL_AGREE, application_at, experts, give_opinions, step
from tests.approvals.test_recusal import ask, hand_in, office
from tests.approvals.views.conftest import page

WORDS = "专家组认为可行，控制在一课时内。"


def conclude(client, application, **changed):
    head = application.assignments.first().expert_id
    data = {
        "note": WORDS,
        "conclusion": "agree_amended",
        "head": head,
        "met_on": dates.chinese_date(dates.today()),
        "version": application.version,
        **changed,
    }
    return client.post(page("panel_form", application.pk), data)


def argued(world, **more):
    application = application_at(State.SUBMITTED, world)
    give_opinions(application, world, **more)
    return application


def test_the_meeting_writes_one_opinion(world, as_):
    application = argued(world)
    client = as_(Role.PUBLICATION_CLERK)
    body = client.get(page("panel_form", application.pk)).content.decode()
    assert "专家组 3 人审阅申请材料并讨论，同意 3 人。" in body
    assert "专家意见（3 份）" in body
    assert conclude(client, application).status_code == 302
    application.refresh_from_db()
    kept = application.panel_opinions.get()
    assert (application.state, kept.text, kept.conclusion) == (State.APPRAISED, WORDS, "agree_amended")
    assert kept.head_id == application.assignments.first().expert_id
    assert (kept.met_on, len(kept.members)) == (dates.today(), 3)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"note": ""}, "填写论证意见"),
        ({"note": "字" * (NOTE_LIMIT + 1)}, f"最多 {NOTE_LIMIT} 字"),
        ({"conclusion": ""}, "选择论证结论"),
        ({"head": ""}, "选择组长"),
        ({"head": "999999"}, "组长"),
        ({"met_on": "2099年1月1日"}, "不能晚于今天"),
        ({"version": "0"}, "刚刚被别人改动过"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(world, as_, changed, words):
    application = argued(world)
    answer = conclude(as_(Role.PUBLICATION_CLERK), application, **changed)
    assert words in answer.content.decode()
    assert changed.get("note", WORDS) in answer.content.decode()
    application.refresh_from_db()
    assert application.state == State.SUBMITTED
    assert not application.panel_opinions.exists()


def test_who_may_not_and_when(world, as_):
    application = application_at(State.SUBMITTED, world)
    assert "须满 3 份" in as_(Role.PUBLICATION_CLERK).get(page("panel_form", application.pk)).content.decode()
    assert "须满 3 份" in conclude_early(as_(Role.PUBLICATION_CLERK), application, world)
    for role in (Role.LEADER, Role.FIRST_REVIEWER, Role.APPLICANT):
        assert as_(role).get(page("panel_form", application.pk)).status_code == 403
    done = application_at(State.APPRAISED, world)
    assert as_(Role.PUBLICATION_CLERK).get(page("panel_form", done.pk)).status_code == 403


def conclude_early(client, application, world):
    people = experts(world, 1)
    _application, (row,) = ask(world, people, application)
    hand_in(row, people[0])
    return conclude(client, application).content.decode()


def said(conclusion, comment, *notes):
    items = [SimpleNamespace(get_point_display=lambda: "开展时间", note=note) for note in notes]
    return SimpleNamespace(
        get_conclusion_display=lambda: Conclusion(conclusion).label,
        comment=comment,
        items=SimpleNamespace(all=lambda: items),
    )


def test_the_draft_names_nobody_and_keeps_no_order():
    one, other = said("agree", "乙说可以"), said("merge", "甲说合并", "避开考试周", "")
    text = panel.drafted([one, other])
    assert text == panel.drafted([other, one])
    assert text.splitlines() == [
        "专家组 2 人审阅申请材料并讨论，同意 1 人，建议整合 1 人。",
        *sorted(["乙说可以", "甲说合并"]),
        "开展时间：避开考试周",
    ]
    assert panel.drafted([]) == ""


def test_the_draft_fits_an_opinion():
    text = panel.drafted([said("agree", f"{n}" * 150) for n in range(9)])
    assert 300 < len(text) <= NOTE_LIMIT
    assert all(len(line) in {150, len(text.splitlines()[0])} for line in text.splitlines())


def seen_by(client, application):
    """Everything that a person can open about an application, as text."""
    names = ("application_detail", "application_compare", "application_mine", "application_list")
    pages = [page(n, application.pk) if n[-4:] in {"tail", "pare"} else page(n) for n in names]
    pages += [reverse("history", args=["application", application.pk]), reverse("desk"), "/desk/?tab=done"]
    return "".join(client.get(each).content.decode() for each in pages)


def paper_of(client, application):
    from io import BytesIO

    from pypdf import PdfReader

    pdf = client.get(page("application_paper", application.pk)).content
    return "".join(p.extract_text() for p in PdfReader(BytesIO(pdf)).pages).replace("\n", "")


def test_the_applicant_reads_it_after_the_decision_and_never_a_sheet(world, as_):
    application = argued(world)
    conclude(as_(Role.PUBLICATION_CLERK), application)
    application.refresh_from_db()
    applicant = as_(Role.APPLICANT)
    for name in ("", "pass_review"):
        application = step(application, name, world) if name else application
        shown = seen_by(applicant, application)
        assert WORDS not in shown
        assert "修改后同意" not in shown
        assert WORDS[:8] not in paper_of(applicant, application)
    application = step(application, "approve", world)
    shown = seen_by(applicant, application)
    assert WORDS in shown
    assert WORDS[:8] in paper_of(applicant, application)
    assert "同意开展。" not in shown  # what each expert wrote
    assert not any(row.expert.name in shown for row in application.assignments.exclude(
        expert=application.panel_opinions.get().head
    ))  # fmt: skip


def test_a_return_after_the_panel_keeps_it_closed(world, as_):
    application = argued(world)
    conclude(as_(Role.PUBLICATION_CLERK), application)
    application.refresh_from_db()
    reviewer = world.user(Role.FIRST_REVIEWER)
    services.perform(application=application, name="return_", by=reviewer, note="补应急预案")
    shown = seen_by(as_(Role.APPLICANT), application)
    assert "补应急预案" in shown
    assert WORDS not in shown
    assert "修改后同意" not in shown


def test_who_applies_sees_no_sheet_by_another_role(world, client):
    application = argued(world)
    applicant = world.user(Role.APPLICANT)
    grant_role(
        person=applicant.person, organisation=world.place("section"), role=Role.FIRST_REVIEWER, by=None
    )
    assert not Assignment.objects.visible_to(applicant).filter(application=application).exists()
    conclude_by = office(world)
    client.force_login(conclude_by)
    conclude(client, application)
    client.force_login(applicant)
    assert WORDS not in seen_by(client, application)


def test_an_expert_of_the_next_version_reads_the_last_opinion_after_the_own(world, client):
    application = argued(world)
    client.force_login(office(world))
    conclude(client, application)
    application.refresh_from_db()
    services.perform(
        application=application, name="return_", by=world.user(Role.FIRST_REVIEWER), note="补预案"
    )
    application.refresh_from_db()
    application = step(application, "submit", world)
    newcomer = experts(world, 4)[3]
    _application, (row,) = ask(world, [newcomer], application)
    client.force_login(newcomer)
    assert WORDS not in client.get(page("application_detail", application.pk)).content.decode()
    hand_in(row, newcomer)
    assert WORDS in client.get(page("application_detail", application.pk)).content.decode()


def test_what_was_asked_is_frozen_with_the_answer(world):
    people = experts(world, 1)
    application, (row,) = ask(world, people)
    hand_in(row, people[0], submit=False)
    assert Assignment.objects.get(pk=row.pk).opinion.asked == {}
    hand_in(row, people[0])
    asked = Assignment.objects.get(pk=row.pk).opinion.asked
    assert set(asked["points"]) == set(ALL_AGREE)
    assert asked["points"]["theme"] == "活动主题"
    assert asked["content_version"] == application.content_version
    assert len(asked["content_digest"]) == 64
