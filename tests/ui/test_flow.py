from datetime import UTC, date, datetime

import pytest

from jianfu.kernel.calendar import Remaining
from tests.ui.render import render, thing

DUE = date(2026, 7, 11)
STEPS = [
    {"label": "部门申请", "state": "done", "when": date(2026, 7, 1), "who": "王建国"},
    {"label": "专家论证", "state": "returned", "when": None, "who": None},
    {"label": "区教委初审", "state": "current", "when": "限 7月11日", "who": "基教科 李敏"},
    {"label": "备案", "state": "todo"},
]


@pytest.mark.parametrize(
    ("days", "light", "words"),
    [(4, "g", "剩 4 天"), (2, "y", "剩 2 天"), (0, "y", "今天到期"), (-3, "r", "超期 3 天")],
)
def test_the_light_speaks(days, light, words):
    shown = render("{% light r %}", r=Remaining(DUE, days))
    assert f'class="light light-{light}"' in shown
    assert f">{words}<" in shown
    assert 'title="按工作日计算，限 2026年7月11日"' in shown


def test_no_limit_shows_words_or_nothing():
    assert "已办结" in render('{% light r "已办结" %}', r=None)
    assert render("{% light r %}", r=None) == ""


def test_a_tag_has_a_known_tone():
    assert render('{% status_tag "草稿" %}') == '<span class="tag tag-grey">草稿</span>'
    assert 'tag-grey"' in render('{% status_tag "草稿" "pink" %}')
    assert "&lt;b&gt;" in render('{% status_tag words "red" %}', words="<b>")


def test_the_badge_speaks_and_stays_small():
    assert "，6 项待办" in render("{% badge 6 %}")
    assert ">99+<" in render("{% badge 120 %}")
    assert render("{% badge 0 %}") == ""


def test_the_step_bar_is_an_ordered_list_with_one_present_step():
    bar = render("{% step_bar steps %}", steps=STEPS)
    assert bar.startswith('<ol class="steps" aria-label="办理流程">')
    assert bar.count('aria-current="step"') == 1
    for words in (
        '部门申请<span class="sr-only">，已完成',
        "，已退回",
        "，办理中",
        "，未开始",
        "7月1日 王建国",
    ):
        assert words in bar
    assert "None" not in bar


def test_mini_steps_say_where_the_matter_is():
    assert "区教委初审，第 3 步，共 4 步" in render("{% mini_steps steps %}", steps=STEPS)
    assert "部门申请，第 1 步，共 1 步" in render("{% mini_steps steps %}", steps=STEPS[:1])
    assert "第 1 步，共 0 步" in render("{% mini_steps steps %}", steps=[])


def test_the_record_says_who_when_what_and_how_long():
    entries = [
        thing(
            label="退回补正",
            who="周静",
            organisation="专家委员会",
            when=datetime(2026, 7, 2, 3, 20, tzinfo=UTC),
            note="请补充应急预案。\n<b>",
            tone="returned",
            took="3 个工作日",
        ),
        thing(label="提交申请", who="", organisation="", when=date(2026, 7, 1), note="", tone="", took=""),
    ]
    record = render("{% timeline entries %}", entries=entries)
    assert "专家委员会 周静，<time" in record
    assert "7月2日 11:20</time>，用时 3 个工作日" in record
    assert "请补充应急预案。<br>&lt;b&gt;" in record
    assert '<span class="muted"><time datetime="2026-07-01">7月1日</time></span>' in record


def wide_flags(rows, single=False):
    shown = render("{% descriptions rows single=single %}", rows=rows, single=single)
    return [part.startswith(' class="wide"') for part in shown.split("<dd")[1:]]


def test_no_line_of_the_facts_stays_half_empty():
    assert wide_flags([("甲", 1), ("乙", 2)]) == [False, False]
    assert wide_flags([("甲", 1), ("乙", 2, True), ("丙", 3)]) == [True, True, True]
    assert wide_flags([("甲", 1), ("乙", 2), ("丙", 3)]) == [False, False, True]
    assert wide_flags([("甲", 1)], single=True) == [False]


def test_a_blank_fact_is_shown_as_one_and_zero_is_none():
    shown = render("{% descriptions rows %}", rows=[{"label": "教师", "value": 0}, ("附件", "")])
    assert "<dd>0</dd>" in shown
    assert "未填" in shown


def test_the_matrix_has_heads_for_rows_and_columns():
    shown = render(
        "{% expert_matrix experts rows conclusion %}",
        experts=[thing(name="赵校长", organisation="实验小学"), thing(name="周教授", organisation="")],
        rows=[{"label": "主题", "cells": ["同意", ("有条件同意", "分学段")]}],
        conclusion=["准入", ""],
    )
    assert shown.count('scope="col"') == 3
    assert '<th scope="row">主题</th><td>同意</td>' in shown
    assert '有条件同意<span class="note">分学段</span>' in shown
    assert "<td>准入</td><td>未提交</td>" in shown


def test_changes_are_marked_in_words():
    rows = [thing(label="名称", old="甲", new="甲"), thing(label="日期", old="9月1日", new="9月2日")]
    shown = render('{% compare rows "第 1 版" "第 2 版" %}', rows=rows)
    assert shown.count(">改</span>") == 1
    assert "<del>9月1日</del>" in shown
    assert "<ins>9月2日</ins>" in shown
    assert "第 1 版" in shown
