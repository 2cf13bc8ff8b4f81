import pytest
import tablib

from jianfu.organisations.models import Person
from jianfu.organisations.resources import PersonResource
from jianfu.organisations.states import Role

HEAD = ("姓名", "所在单位", "职务", "电话", "邮箱")


def imported(world, *rows):
    keeper = world.user(Role.SYSTEM_ADMINISTRATOR)
    return PersonResource(user=keeper).import_data(tablib.Dataset(*rows, headers=HEAD))


def test_people_come_in_with_their_address(world):
    answer = imported(
        world, ("王喆", "实验小学", "校长", "023-0555", " wz@example.cn "), ("李敏", "", "", "", "")
    )
    assert not answer.has_errors()
    assert not answer.invalid_rows
    assert Person.objects.get(name="王喆").email == "wz@example.cn"
    assert Person.objects.get(name="李敏").email == ""


@pytest.mark.parametrize("address", ["wz", "wz@", "王喆@例子", "a@b.cn, c@d.cn"])
def test_what_is_no_address_is_said(world, address):
    answer = imported(world, ("王喆", "", "", "", address))
    words = str(
        [row.error for row in answer.invalid_rows] + [e.error for _, es in answer.row_errors() for e in es]
    )
    assert f"邮箱“{address}”的写法不对" in words
    assert not Person.objects.filter(name="王喆").exists()
