"""规则核查 as pages show it."""

from datetime import date

import pytest

from approvals import parts, services
from approvals.findings import cited, excerpts, frozen, recorded, shown, then_and_now
from approvals.models import Application
from approvals.states import Road
from jianfu.kernel.policy import FIGURES, Figure, Finding, Mark, Rule, Severity
from jianfu.organisations.states import Role
from tests.approvals.factories import draft, step

RULE = Rule("R-1", "留痕", "004 三（三）", lambda _facts: None, quote="不得留痕")
WARNED = Finding(RULE, "文中写了“打卡”", Severity.WARN)
BLOCKED = Finding(Rule("R-2", "收费", "003", lambda _facts: None), "不得收费", Severity.BLOCK)


def words(excerpt):
    return "".join(f"[{piece.text}]" if piece.marked else piece.text for piece in excerpt.pieces)


def marks(text, *found):
    return [Mark("content", text.index(word), text.index(word) + len(word), word) for word in found]


@pytest.mark.parametrize(
    ("text", "found", "expected"),
    [
        ("每天打卡", ["打卡"], "每天[打卡]"),
        ("先讲解。每天打卡，拍照。再讲解", ["打卡", "拍照"], "…每天[打卡]，[拍照]"),
        ("预案\n课程表", ["课程表"], "[课程表]"),
        ("一" * 40 + "打卡" + "二" * 40, ["打卡"], "…" + "一" * 14 + "[打卡]" + "二" * 14 + "…"),
        ("打卡" + "中" * 40 + "拍照", ["打卡", "拍照"], "[打卡]" + "中" * 14 + "…" + "中" * 14 + "[拍照]"),
    ],
)
def test_marked_words_stand_in_their_sentence(text, found, expected):
    (excerpt,) = excerpts(marks(text, *found), Application(content=text))
    assert (excerpt.label, words(excerpt)) == ("活动内容", expected)


def test_words_that_overlap_are_marked_once_and_words_that_are_gone_not_at_all():
    text = "下载学习客户端打卡"
    overlapping = [Mark("content", 0, 7, ""), Mark("content", 4, 9, "")]
    (excerpt,) = excerpts(overlapping, Application(content=text))
    assert words(excerpt) == "[下载学习客户端]打卡"
    assert list(excerpts(marks(text, "打卡"), Application(content="短"))) == []


def test_what_blocks_comes_first_and_says_so():
    found = shown([WARNED, BLOCKED], Application())
    assert [(row.severity, row.tone, row.code) for row in found] == [
        ("拦截", "red", "R-2"),
        ("提示", "amber", "R-1"),
    ]


def test_a_figure_is_cited_with_its_paper_or_as_the_districts_own():
    lead = FIGURES["CAM-LEAD-SINGLE"]
    assert cited(lead, 14).startswith("一事一审提前申报 14 天（合川区规范社会事务进校园")
    assert cited(lead, 21) == "一事一审提前申报 21 天（本区参数）"
    assert "004" not in cited(lead, 14)
    cap = FIGURES["CAM-CAP-SCHOOL"]
    assert "教师厅〔2025〕2号" in cited(cap, 6)
    assert cited(cap, 6).count("待核实") == 1
    own = Figure("X", "限", 1, "天", "第1条", "文件", date(2026, 1, 1), verified=False)
    assert cited(own, 1) == "限 1 天（文件，第1条，待核实）"


def test_then_and_now_are_told_apart():
    before = frozen([WARNED])
    rows = then_and_now(before, [WARNED, BLOCKED], Application())
    assert [(row.code, row.when) for row in rows] == [("R-2", "提交后新出现"), ("R-1", "提交时已有")]
    (past,) = then_and_now(before, [], Application())
    assert (past.severity, past.when, past.message) == ("提交时", "今天已没有这个问题", "文中写了“打卡”")
    assert [row.when for row in recorded(before)] == [""]


@pytest.mark.django_db
def test_a_submission_keeps_what_the_rules_said(world):
    application = step(draft(world, content="学生每天打卡"), "submit", world)
    kept = {row["code"]: row for row in application.submissions.get().findings}
    assert kept["R-CAM-19"]["severity"] == "warn"
    assert "“打卡”" in kept["R-CAM-19"]["message"]


@pytest.mark.django_db
def test_the_day_of_applying_is_what_a_notice_counts_from(world):
    """Two weeks before the day of applying stay two weeks, however long the offices take."""
    by = world.user(Role.APPLICANT)
    made = services.open_draft(by=by, organisation=world.place("department"), road=Road.CAMPUS_SINGLE)
    starts = date(2027, 3, 15)
    made = services.save_draft(application=made, by=by, fields={"starts_on": starts, "ends_on": starts})

    def codes(on, **more):
        return {f.rule.code for f in parts.findings_of(made, on, **more)}

    assert "R-CAM-15" in codes(date(2027, 3, 10))
    assert "R-CAM-15" not in codes(date(2027, 3, 10), applied_on=date(2027, 3, 1))
    assert "R-CAM-10" in codes(date(2027, 3, 16), applied_on=date(2027, 3, 1))
