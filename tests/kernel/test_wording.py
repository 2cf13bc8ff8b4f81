import pytest
from django import forms

from jianfu.kernel.wording import word


def test_messages_of_the_author_are_kept():
    field = forms.CharField(label="编号", error_messages={"required": "编号由办公室编"})
    word(field)
    assert field.error_messages["required"] == "编号由办公室编"
    assert field.error_messages["max_length"] == "编号最多 %(limit_value)d 字，现在是 %(show_value)d 字"


def test_a_label_with_a_percent_sign_does_not_break_the_sentence():
    field = forms.CharField(label="比例%{x}", max_length=1)
    word(field)
    with pytest.raises(forms.ValidationError) as caught:
        field.clean("ab")
    assert caught.value.messages == ["比例%（x）最多 1 字，现在是 2 字"]


def test_wording_twice_changes_nothing():
    field = forms.IntegerField(label="数量")
    word(field)
    first = dict(field.error_messages)
    word(field, "别的")
    assert field.error_messages == first


def test_every_message_of_every_kind_is_chinese():
    kinds = [forms.CharField, forms.IntegerField, forms.DecimalField, forms.DateField, forms.DateTimeField]
    for kind in [*kinds, forms.FileField, forms.BooleanField, forms.ChoiceField, forms.EmailField]:
        field = kind(label="数量")
        word(field)
        assert field.error_messages["required"].startswith(("填写", "选择", "上传", "勾选"))
        assert all("字段" not in str(words) for words in field.error_messages.values()), kind
