"""What a form's own words ask of schools: found where it is asked, left alone where it is denied."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from approvals.rules import RULES_OF, words
from approvals.rules.reading import find
from approvals.states import CAMPUS
from jianfu.kernel.policy import Severity
from tests.approvals.rules.sentences import ASKED, NOT_ASKED
from tests.approvals.rules.sound import found, said

ASKED_ROWS = [(name, text) for name, texts in ASKED.items() for text in texts]
NOT_ASKED_ROWS = [(name, text) for name, texts in NOT_ASKED.items() for text in texts]
TRACES = [text for name, text in ASKED_ROWS if name == "TRACES"]
NO_TRACES = [text for name, text in NOT_ASKED_ROWS if name == "TRACES"]


@pytest.mark.parametrize(("name", "text"), ASKED_ROWS)
def test_what_is_asked_is_found(name, text):
    hits = find(text, getattr(words, name))
    assert hits
    assert all(text[hit.start : hit.end] == hit.words for hit in hits)


@pytest.mark.parametrize(("name", "text"), NOT_ASKED_ROWS)
def test_what_is_denied_or_something_else_is_left_alone(name, text):
    assert find(text, getattr(words, name)) == []


@given(st.sampled_from(TRACES), st.sampled_from(NO_TRACES), st.sampled_from("。；！\n"))
def test_a_sentence_says_what_it_says_whatever_stands_beside_it(asked, denied, end):
    alone = [hit.words for hit in find(asked, words.TRACES)]
    assert [hit.words for hit in find(f"{denied}{end}{asked}", words.TRACES)] == alone
    assert [hit.words for hit in find(f"{asked}{end}{denied}", words.TRACES)] == alone


@given(
    st.sampled_from(["打卡", "接龙", "点赞", "拍照", "截图"]),
    st.sampled_from(["不要求", "严禁", "无需", "不得"]),
)
def test_a_denial_turns_a_demand_round_and_a_second_turns_it_back(word, denial):
    assert find(f"每天{word}", words.TRACES)
    assert not find(f"{denial}{word}", words.TRACES)
    assert find(f"{denial}不{word}", words.TRACES)


@given(st.text(max_size=60))
def test_no_text_is_too_strange(text):
    for hit in find(text, words.TRACES):
        assert text[hit.start : hit.end] == hit.words


def test_a_long_text_is_read_to_its_end():
    """A plan of the longest kind, full of denials and demands: as often as once, twelve times."""
    once = "，".join(TRACES)
    assert len(find("，".join([once] * 12), words.TRACES)) == 12 * len(find(once, words.TRACES))


@pytest.mark.parametrize(
    ("field", "text", "code", "marked"),
    [
        ("content", "学生每天打卡", "R-CAM-19", (4, 6, "打卡")),
        ("method", "由企业冠名", "R-CAM-20", (3, 5, "冠名")),
        ("evaluation", "参与率95%", "R-CAM-21", (0, 3, "参与率")),
        ("evaluation", "纳入学校考核", "R-CAM-22", (0, 6, "纳入学校考核")),
        ("teacher_duties", "路口执勤", "R-CAM-23", (0, 4, "路口执勤")),
        ("plan", "活动后拍照上传", "R-CAM-19", (3, 5, "拍照")),
    ],
)
def test_the_words_are_marked_and_quoted(field, text, code, marked):
    (finding,) = found(**{"teacher_count": 1, "teacher_duties": "带队", field: text})
    (mark,) = finding.marks
    assert (finding.rule.code, finding.severity) == (code, Severity.WARN)
    assert (mark.field, mark.start, mark.end, mark.words) == (field, *marked)
    assert f"“{marked[2]}”" in finding.message
    assert finding.rule.quote


def test_every_word_is_quoted_once_and_six_at_most():
    text = "打卡、接龙、拍照、截图、录像、简报、留痕、打卡"
    (finding,) = found(content=text)
    assert finding.message.count("“打卡”") == 1
    assert "等 7 处" in finding.message
    assert len(finding.marks) == 8


@pytest.mark.parametrize("road", sorted(CAMPUS))
def test_every_campus_road_is_read(road):
    assert {"R-CAM-19", "R-CAM-20", "R-CAM-21", "R-CAM-22", "R-CAM-23"} <= {r.code for r in RULES_OF[road]}
    assert "R-CAM-19" in said(road, content="学生每天打卡")
