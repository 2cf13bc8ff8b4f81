from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from jianfu.kernel import fields

COUNT = fields.IntegerField(label="需教师人数", unit="人")
HOURS = fields.DecimalField(label="每班课时")
DAY = fields.ChineseDateField(label="开始日期")


def refusal(field, value):
    with pytest.raises(ValidationError) as caught:
        field.clean(value)
    return caught.value.messages


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("18", 18),
        ("18项", 18),
        ("１８ 项", 18),
        ("1,200", 1200),
        ("１，２００人次", 1200),
        ("18.0", 18),
        ("+3", 3),
        ("50%", 50),
        (" 0 ", 0),
    ],
)
def test_a_count_as_clerks_type_it(text, expected):
    assert COUNT.clean(text) == expected


@pytest.mark.parametrize(
    "text", ["十八", "18.5", "1e9", "12 13", "0x10", "项", "18项约数一下", "9" * 41, "١٨x"]
)
def test_what_is_no_count_is_refused_with_the_name_of_the_field(text):
    assert refusal(COUNT, text) == ["需教师人数要填整数，例如 18"]


def test_the_limits_of_a_count_are_what_the_database_holds():
    assert COUNT.clean("999999999") == 999_999_999
    assert refusal(COUNT, "1000000000") == ["需教师人数不能大于 999999999"]
    assert refusal(COUNT, "-1") == ["需教师人数不能小于 0"]
    assert fields.IntegerField(label="较上年减少", min_value=None).clean("-3") == -3


def test_an_empty_count_says_that_zero_is_an_answer():
    assert refusal(COUNT, "") == ["填写需教师人数，没有就填 0"]
    assert fields.IntegerField(label="数", required=False).clean("") is None


@pytest.mark.parametrize(
    ("text", "expected"), [("0.5", "0.5"), ("０．５课时", "0.5"), ("50％", "50"), ("3", "3")]
)
def test_a_quantity(text, expected):
    assert HOURS.clean(text) == Decimal(expected)


def test_a_quantity_out_of_shape():
    assert refusal(HOURS, "0.555") == ["每班课时最多 2 位小数"]
    assert refusal(HOURS, "NaN") == ["每班课时要填数字，例如 0.5"]
    assert refusal(HOURS, "1" * 13) == ["每班课时最多 12 位数字"]


def test_a_quantity_is_shown_without_idle_zeros():
    assert HOURS.prepare_value(Decimal("0.50")) == "0.5"
    assert HOURS.prepare_value(Decimal("100")) == "100"
    assert HOURS.prepare_value("一半") == "一半"


@pytest.mark.parametrize("text", ["2024年7月20日", "2024.7.20", "2024/7/20", "20240720", "２０２４-7-20"])
def test_a_day_as_offices_write_it(text):
    assert DAY.clean(text) == date(2024, 7, 20)


@pytest.mark.parametrize("text", ["2024年820日", "202478", "2024-2-30", "明天", "20", "2024年13月1日"])
def test_a_day_is_never_guessed(text):
    assert refusal(DAY, text) == ["开始日期要写成 2026年9月1日 这样的日期"]


def test_a_day_of_another_age_is_a_slip():
    assert DAY.clean("1949年10月1日") == date(1949, 10, 1)
    assert refusal(DAY, "1949年9月30日") == ["开始日期的年份不对：1949年"]
    assert refusal(DAY, "2200-1-1") == ["开始日期的年份不对：2200年"]


def test_a_day_is_shown_in_chinese_and_what_was_typed_stays():
    assert DAY.prepare_value(date(2026, 9, 1)) == "2026年9月1日"
    assert DAY.prepare_value("2024年820日") == "2024年820日"


@given(st.dates(date(1949, 10, 1), date(2199, 12, 31)))
def test_a_day_survives_its_own_form(day):
    assert DAY.clean(DAY.prepare_value(day)) == day
    assert not DAY.has_changed(day, DAY.prepare_value(day))


def test_the_length_of_words_is_counted_as_a_person_counts():
    box = fields.TextField(label="活动内容", rows=3, max_length=5)
    assert box.clean("一\r\n二\r\n三") == "一\n二\n三"
    assert refusal(box, "一二三四五六") == ["活动内容最多 5 字，现在是 6 字"]
    assert box.widget.attrs["rows"] == 3


@pytest.mark.parametrize("char", ["\x00", "\ud800"])
def test_what_no_database_holds_is_named_by_its_place(char):
    messages = refusal(fields.TextField(label="名称"), f"活动{char}")
    assert "名称里有不能保存的字符，删去后再提交" in messages


PHONE = fields.TextField(label="联系电话", max_length=50, validators=[fields.telephone])


@pytest.mark.parametrize(
    "typed",
    ["13800138000", "138 0013 8000", "023-55550123转8001", "（023）5555 0123", "110", "李老师13800138000"],
)
def test_telephones_are_written_as_people_like(typed):
    assert PHONE.clean(typed) == typed


@pytest.mark.parametrize(
    ("typed", "counted"), [("1380013800012", 13), ("１３８００１３８００", 10), ("023-5555、1380013", 7)]
)
def test_a_mobile_number_with_a_slip_is_told_its_digits(typed, counted):
    assert refusal(PHONE, typed) == [f"手机号是 11 位，现在是 {counted} 位，核对后重填"]


def test_choices_are_refused_by_name():
    choice = fields.ChoiceField(label="申报部门", choices=[("1", "团区委")])
    assert refusal(choice, "") == ["选择申报部门"]
    assert refusal(choice, "2") == ["所选的申报部门不在可选范围内，重新选择"]
    assert refusal(fields.MultipleChoiceField(label="学段", choices=[("p", "小学")]), []) == ["选择学段"]
    assert refusal(fields.BooleanField(label="已核对", required=True), "") == ["勾选“已核对”"]
    assert refusal(fields.FileField(label="应急预案"), None) == ["上传应急预案"]
