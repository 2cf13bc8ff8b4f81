from django import forms as django_forms
from django.core.paginator import Paginator

from jianfu.kernel import fields, forms
from tests.ui.render import render, thing


class Search(forms.Form):
    q = fields.TextField(label="查找", required=False)
    state = fields.ChoiceField(label="环节", required=False, choices=[("", "全部环节"), ("s", "区教委初审")])
    mine = fields.BooleanField(label="只看我科室")
    since = fields.ChineseDateField(label="不早于", required=False, help_text="")


def test_the_pager_counts_and_keeps_the_search():
    page = Paginator(range(64), 20).page(2)
    shown = render("{% pager page %}", "/?q=消防&page=2&sort=-due", page=page)
    assert "共 64 条，第 2/4 页" in shown
    assert 'href="?q=%E6%B6%88%E9%98%B2&amp;sort=-due&amp;page=1" rel="prev"' in shown
    assert "page=3" in shown
    assert "page=4" in shown


def test_the_only_page_has_no_links():
    assert "<a" not in render("{% pager page %}", page=Paginator([1], 20).page(1))


def test_a_sorted_head_says_its_direction_and_turns():
    head = '{% sort_header "时限" "due" css="num" %}'
    assert 'aria-sort="ascending"><a href="?sort=-due">' in render(head, "/?sort=due&page=3")
    assert 'aria-sort="descending"><a href="?sort=due">' in render(head, "/?sort=-due")
    plain = render(head, "/")
    assert "aria-sort" not in plain
    assert 'class="num"' in plain
    assert "按此列排序" in plain


def test_filters_in_use_are_chips_that_take_themselves_away():
    path = "/?q=消防&state=s&mine=on&tab=all&page=2"
    shown = render("{% filter_line form %}", path, form=Search({"q": "消防", "state": "s", "mine": "on"}))
    assert "查找：消防" in shown
    assert "环节：区教委初审" in shown
    assert "只看我科室：是" in shown
    assert "不早于：" not in shown
    assert 'href="?q=%E6%B6%88%E9%98%B2&amp;mine=on&amp;tab=all"' in shown
    assert '<input type="hidden" name="tab" value="all">' in shown
    assert 'href="?tab=all">清除筛选' in shown


def test_without_a_filter_there_is_nothing_to_clear():
    shown = render("{% filter_line form %}", form=Search())
    assert "清除筛选" not in shown
    assert 'role="search"' in shown
    assert '<label for="id_q">查找 <input' in shown


def test_a_filter_that_cannot_be_read_says_so():
    shown = render("{% filter_line form %}", "/?since=2024年820日", form=Search({"since": "2024年820日"}))
    assert "错误：不早于要写成 2026年9月1日 这样的日期" in shown


def test_a_search_word_is_never_markup():
    shown = render("{% filter_line form %}", "/?q=<script>", form=Search({"q": "<script>"}))
    assert "<script>" not in shown


def test_links_keep_the_rest_of_the_address():
    assert render("{% query_with tab='done' page=None %}", "/?q=a&page=2") == "?q=a&amp;tab=done"


def test_tabs_tell_which_is_open():
    items = [
        thing(label="待办", url="?", active=True, count=0),
        thing(label="已办", url="?tab=done", active=False),
    ]
    shown = render("{% tabs items %}", items=items)
    assert shown.count('aria-current="page"') == 1
    assert "待办 0" in shown
    assert ">已办</a>" in shown


def test_an_empty_list_says_what_to_do():
    shown = render(
        '{% empty_state "没有找到“反诈”相关的申请" "已在本学期 64 项中查找。" "/new/" "新建申请" %}'
    )
    assert "没有找到" in shown
    assert '<a class="btn btn-primary" href="/new/">新建申请</a>' in shown


def test_figures_are_links_only_where_they_lead_somewhere():
    shown = render(
        "{% kpi_tiles tiles %}",
        tiles=[{"value": 2, "label": "已超期", "tone": "red", "url": "?"}, {"value": 0, "label": "已办"}],
    )
    assert '<a class="kpi kpi-red" href="?"><b>2</b>已超期</a>' in shown
    assert '<div class="kpi"><b>0</b>已办</div>' in shown


def test_the_bulk_bar_counts_and_sums():
    shown = render(
        '{% bulk_bar "同意所选" value="approve" opinion=True opinion_value="同意。" sums=sums %}',
        sums=[thing(label="合计", unit="课时", key="hours")],
    )
    assert '<strong role="status">已选 <span data-bulk-count>0</span> 项</strong>' in shown
    assert 'data-bulk-sum="hours">0</span> 课时' in shown
    assert 'name="transition" value="approve">同意所选' in shown
    assert 'name="note" value="同意。"' in shown


def test_progress_has_its_numbers():
    shown = render('{% progress "导出" 860 2000 "已写 860/2,000 行，约剩 20 秒" "/stop/" %}')
    assert "<span>导出：</span><span data-progress-words>已写 860/2,000 行，约剩 20 秒</span>" in shown
    bar = '<progress role="progressbar" aria-label="导出" value="860" max="2000" aria-valuetext="已写'
    assert bar in shown
    assert "已完成 860/2,000" in render('{% progress "导出" 860 2000 %}')


def test_long_text_opens_without_a_script():
    assert "<details" in render("{% clamp text %}", text="督" * 40)
    assert render("{% clamp text %}", text="短") == "短"
    assert render("{% clamp text %}", text=None) == ""


def test_a_notice_escapes_what_it_says():
    assert (
        render("{% notice text 'warning' %}", text="<b>") == '<p class="notice notice-warning">&lt;b&gt;</p>'
    )


def test_choices_of_plain_fields_are_named_too():
    class Plain(django_forms.Form):
        kind = django_forms.IntegerField(label="年度", required=False)

    assert "年度：2026" in render("{% filter_line form %}", "/?kind=2026", form=Plain({"kind": "2026"}))
