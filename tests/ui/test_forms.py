from django import forms as django_forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import formset_factory

from jianfu.kernel import fields, forms
from jianfu.kernel.decisions import allow, refuse
from tests.ui.render import refused_option, render, thing


class Activity(forms.Form):
    title = fields.TextField(label="活动名称", help_text="写全称", max_length=10, carried="上年同名活动")
    teachers = fields.IntegerField(label="需教师人数", unit="人", required=False)
    way = fields.ChoiceField(
        label="开展方式", choices=[("a", "线上"), ("b", "线下")], widget=django_forms.RadioSelect
    )
    checked = fields.BooleanField(label="已核对", required=True)
    secret = django_forms.CharField(widget=django_forms.HiddenInput, required=False, label="编号")

    def clean(self):
        if self.cleaned_data.get("title") == "冲突":
            raise django_forms.ValidationError("同一天已有 2 项活动")


def test_a_field_says_what_it_is_and_whether_it_is_needed():
    shown = render("{{ form.title.as_field_group }}", form=Activity())
    assert '<label for="id_title">活动名称<span class="need need-yes">必填</span> </label>' in shown
    assert '<div class="hint" id="id_title_helptext">写全称</div>' in shown
    assert "已带出：上年同名活动" in shown
    assert 'aria-describedby="id_title_helptext"' in shown
    assert "aria-invalid" not in shown


def test_an_optional_field_with_its_unit():
    shown = render("{{ form.teachers.as_field_group }}", form=Activity())
    assert ">选填<" in shown
    assert ">人</span>" in shown
    assert 'inputmode="numeric"' in shown
    assert 'class="in-number"' in shown


def test_a_refused_field_is_tied_to_its_words():
    shown = render("{{ form.title.as_field_group }}", form=Activity({"title": "一二三四五六七八九十一"}))
    assert 'class="field bad"' in shown
    assert 'aria-invalid="true"' in shown
    assert 'aria-describedby="id_title_helptext id_title_error"' in shown
    assert 'id="id_title_error"><p class="message">错误：活动名称最多 10 字，现在是 11 字</p>' in shown
    assert 'value="一二三四五六七八九十一"' in shown


def test_a_group_of_choices_is_a_fieldset():
    shown = render("{{ form.way.as_field_group }}", form=Activity({}))
    assert '<fieldset class="field bad" aria-describedby="id_way_error">' in shown
    assert "<legend>开展方式" in shown


def test_one_box_to_tick_has_its_label_behind():
    shown = render("{{ form.checked.as_field_group }}", form=Activity())
    assert shown.index("<input") < shown.index("<label")


def test_the_whole_form_keeps_its_hidden_fields():
    shown = render("{{ form }}", form=Activity())
    assert 'type="hidden" name="secret"' in shown
    assert shown.count('class="field') == 4
    assert ">编号<" not in shown


def test_the_summary_leads_to_every_field():
    shown = render("{% error_summary form %}", form=Activity({"teachers": "x"}))
    assert "有 4 处需要修改" in shown
    assert 'role="alert" tabindex="-1" autofocus' in shown
    for target, words in {
        "id_title": "填写活动名称",
        "id_teachers": "需教师人数要填整数，例如 18",
        "id_way_0": "选择开展方式",
        "id_checked": "勾选“已核对”",
    }.items():
        assert f'<a href="#{target}">{words}</a>' in shown


def test_errors_of_the_whole_form_come_first_and_without_a_link():
    data = {"title": "冲突", "way": "a", "checked": "on"}
    assert "<li>同一天已有 2 项活动</li>" in render("{% error_summary form %}", form=Activity(data))


def test_the_summary_names_the_row_of_a_formset():
    rows = formset_factory(Activity, extra=0)
    data = {
        "form-TOTAL_FORMS": "2",
        "form-INITIAL_FORMS": "2",
        "form-MIN_NUM_FORMS": "0",
        "form-MAX_NUM_FORMS": "9",
    }
    data |= {
        "form-0-title": "甲",
        "form-0-way": "a",
        "form-0-checked": "on",
        "form-1-way": "a",
        "form-1-checked": "on",
    }
    shown = render("{% error_summary form rows %}", form=None, rows=rows(data))
    assert '<a href="#id_form-1-title">第 2 行：填写活动名称</a>' in shown
    assert "有 1 处需要修改" in shown
    assert "有 1 处" in render("{% error_summary rows %}", rows=rows({}))


def test_a_form_that_was_not_sent_has_no_summary():
    assert render("{% error_summary form %}", form=Activity()) == ""
    assert render("{% error_prefix form %}", form=Activity()) == ""
    assert render("{% error_prefix other form %}", other=None, form=Activity({})) == "错误："


def test_acts_are_buttons_and_refused_ones_say_why():
    options = [
        refused_option("pass_review", "同意，报领导小组", allow(), "primary"),
        refused_option("reject", "不予通过", refuse("论证意见还差 1 份", "R-CAM-07"), "danger"),
        {"label": "打印审批表", "url": "/print/"},
    ]
    shown = render("{% action_bar options %}", options=options)
    assert '<button class="btn btn-primary" type="submit" name="transition" value="pass_review">' in shown
    assert 'disabled title="论证意见还差 1 份（R-CAM-07）。" aria-describedby="act-1-why">不予通过' in shown
    assert '<li id="act-1-why">现在不能<b>不予通过</b>：论证意见还差 1 份（R-CAM-07）。</li>' in shown
    assert '<a class="btn btn-plain" href="/print/">打印审批表</a>' in shown
    assert 'value="reject"' not in shown


def test_the_opinion_offers_its_phrases():
    shown = render(
        '{% opinion_box "初审意见" value="拟同意。" phrases=phrases error="填写意见" required=True %}',
        phrases=["同意。"],
    )
    assert '<label for="id_note">初审意见<span class="need need-yes">必填' in shown
    assert 'aria-invalid="true" aria-describedby="id_note_error">拟同意。</textarea>' in shown
    assert 'data-phrases="id_note" hidden>常用语<button type="button">同意。</button>' in shown


def test_parts_of_a_form_that_cannot_begin_yet_are_no_links():
    tasks = [
        thing(label="一 基本情况", url="/a/", state="填写中", tone="blue", hint=""),
        thing(label="核对并提交", url="", state="", tone="", hint="暂不能提交：还有 3 步"),
    ]
    shown = render("{% task_list tasks %}", tasks=tasks)
    assert shown.count("<a ") == 1
    assert "tag-blue" in shown
    assert "暂不能提交：还有 3 步" in shown


def test_files_are_removed_by_a_form():
    files = [
        thing(
            name="方案.pdf",
            url="/f/1/",
            size=412 * 1024,
            kind="实施方案",
            when=None,
            who="",
            remove_url="/r/1/",
        )
    ]
    shown = render("{% attachments files %}", files=files)
    assert '<a href="/f/1/">方案.pdf</a>' in shown
    assert "412 KB" in shown
    assert 'method="post" action="/r/1/"' in shown
    assert "csrfmiddlewaretoken" in shown
    assert "没有附件" in render("{% attachments files %}", files=[])


def test_an_upload_that_is_empty_is_refused_by_name():
    class Upload(forms.Form):
        plan = fields.FileField(label="应急预案")

    form = Upload({}, {"plan": SimpleUploadedFile("预案.pdf", b"")})
    assert form.errors["plan"] == ["应急预案是空文件，换一个再上传"]
