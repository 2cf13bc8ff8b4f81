from datetime import date

import pytest
from django import forms as django_forms
from django.db import models
from django.template.loader import render_to_string
from django.test.utils import isolate_apps

from jianfu.kernel import fields, forms
from jianfu.kernel.decisions import refuse, require

with isolate_apps():

    class Activity(models.Model):
        title = models.CharField("活动名称", max_length=10)
        starts_on = models.DateField("开始日期")
        teachers = models.PositiveIntegerField("教师人数")
        difference = models.IntegerField("较上年减少", null=True, blank=True)
        hours = models.DecimalField("课时", max_digits=5, decimal_places=1)
        content = models.TextField("内容", max_length=20, blank=True)

        class Meta:
            app_label = "trial"


class ActivityForm(forms.ModelForm):
    class Meta(forms.ModelForm.Meta):
        model = Activity
        fields = ["title", "starts_on", "teachers", "difference", "hours", "content"]


def filled(**changes):
    given = {"title": "演练", "starts_on": "2026.9.1", "teachers": "3人", "difference": "-2", "hours": "0.5"}
    return ActivityForm({**given, **changes})


def test_the_columns_of_a_model_get_our_fields():
    form = filled()
    assert form.is_valid(), form.errors
    assert form.cleaned_data["starts_on"] == date(2026, 9, 1)
    assert (form.cleaned_data["teachers"], form.cleaned_data["difference"]) == (3, -2)
    assert isinstance(form.fields["hours"], fields.DecimalField)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("title", "", "填写活动名称"),
        ("title", "一二三四五六七八九十一", "活动名称最多 10 字，现在是 11 字"),
        ("title", "\ud800", "活动名称里有不能保存的字符，删去后再提交"),
        ("starts_on", "2024年820日", "开始日期要写成 2026年9月1日 这样的日期"),
        ("teachers", "-1", "教师人数不能小于 0"),
        ("hours", "0.55", "课时最多 1 位小数"),
    ],
)
def test_every_field_refuses_by_its_name(name, value, words):
    assert words in filled(**{name: value}).errors[name]


def test_a_long_box_counts_instead_of_cutting():
    assert "maxlength" not in str(filled()["content"]) + str(filled()["title"])
    assert 'data-limit="20"' in str(filled()["content"])


def test_the_browser_does_not_validate_in_its_own_language():
    assert " required" not in str(filled()["title"])


def test_how_many_fields_came_filled_in():
    class Prefilled(forms.Form):
        unit = fields.TextField(label="单位", carried="单位资料")
        name = fields.TextField(label="名称")

    assert Prefilled().carried_count == 1


def test_django_renders_forms_through_our_components():
    class Plain(django_forms.Form):
        name = django_forms.CharField(label="名称")

    assert 'class="need need-yes">必填' in str(Plain())
    assert render_to_string("components/field.html", {"field": Plain()["name"]}).count("<label") == 1


class NoteForm(forms.Form):
    note = fields.TextField(label="说明")


def test_what_is_refused_stands_on_the_form_beside_what_was_typed() -> None:
    form = NoteForm({"note": "已核对"})
    assert form.is_valid()
    with form.showing_refusals("note"):
        require(refuse("期限已过，请联系汇总人"))
    assert form.errors == {"note": ["期限已过，请联系汇总人"]}
    assert form["note"].value() == "已核对"


def test_nothing_but_a_refusal_is_caught() -> None:
    form = NoteForm({"note": "已核对"})
    with pytest.raises(ZeroDivisionError), form.showing_refusals():
        _ = 1 / 0
