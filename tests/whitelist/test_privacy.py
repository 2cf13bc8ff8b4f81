import pytest

from whitelist.privacy import HIDDEN, publishable, reaches_a_person


@pytest.mark.parametrize(
    "words",
    [
        "13800138000",
        "138 0013 8000",
        "138-0013-8000",
        "+86 13800138000",
        "１３８００１３８０００",
        "023-55550123",
        "(023)55550123",
        "0571 8765432",
        "50010119900101123X",
        "zhang.wei@yunling.example",
        "zhang＠yunling.example",
    ],
)
def test_what_reaches_a_person_is_taken_out(words):
    assert reaches_a_person(f"请联系{words}。")
    assert publishable(f"请联系{words}。") == f"请联系{HIDDEN}。"


@pytest.mark.parametrize(
    "words",
    [
        "110",
        "12345",
        "2026年9月1日",
        "18600名学生",
        "云教领〔2026〕6号",
        "100000000元",
        "JXY20260001",
        "1234567890123",
    ],
)
def test_other_numbers_stay(words):
    assert not reaches_a_person(words)
    assert publishable(f"见{words}。") == f"见{words}。"


def test_several_are_taken_out_and_the_rest_stays_in_place():
    text = "甲13800138000乙 023-55550123丙"
    assert publishable(text) == f"甲{HIDDEN}乙 {HIDDEN}丙"


def test_names_of_the_people_in_charge_are_masked():
    assert (
        publishable("由马骁同志带队，欧阳娜娜讲解。", ["马骁", "欧阳娜娜", ""])
        == "由马＊＊同志带队，欧阳＊＊讲解。"
    )
