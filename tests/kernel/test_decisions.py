import pytest

from jianfu.kernel.decisions import Decision, Refusal, Refused, allow, refuse, require


def test_yes_is_true_and_says_nothing():
    assert allow()
    assert allow().reasons == []
    assert allow().text == ""


def test_a_refusal_prints_its_rule_and_clause():
    decision = refuse("不得收费", "R-CAM-05", "003 第9条")
    assert not decision
    assert decision.reasons == ["不得收费（R-CAM-05，黑龙江减负工作清单第9条）"]
    assert str(Refusal("不得收费")) == "不得收费"


def test_both_reasons_are_collected_once_and_in_order():
    first, second = refuse("甲"), refuse("乙")
    assert (first & second & first).reasons == ["甲", "乙"]
    assert (allow() & second).reasons == ["乙"]
    assert (first & second).text == "甲。乙。"


def test_sentences_do_not_end_twice():
    assert refuse("已经有句号。").text == "已经有句号。"


def test_require_raises_with_the_whole_decision():
    require(allow())
    with pytest.raises(Refused, match="甲。乙。") as caught:
        require(refuse("甲") & refuse("乙"))
    assert caught.value.decision == Decision(Refusal("甲"), Refusal("乙"))


def test_every_reason_is_led_by_what_it_is_about_and_keeps_its_rule():
    both = refuse("不得收费", "R-CAM-05", "003 第9条") & refuse("填写监督电话")
    assert both.about("第 3 项").reasons == [
        "第 3 项：不得收费（R-CAM-05，黑龙江减负工作清单第9条）",
        "第 3 项：填写监督电话",
    ]
    assert both.reasons[1] == "填写监督电话"


def test_yes_stays_yes_whatever_it_is_about():
    assert allow().about("第 3 项") == allow()
