import pytest
from django.contrib.auth.models import AnonymousUser

from jianfu.organisations.models import District, Membership, Organisation, Person, PolicyValue, User
from jianfu.organisations.states import Role


@pytest.mark.parametrize("model", [District, Organisation, Person, Membership, User, PolicyValue])
def test_one_s_own_district_and_nothing_of_another(world, stranger_world, model):
    mine, theirs = world.user(Role.SYSTEM_ADMINISTRATOR), stranger_world.user(Role.SYSTEM_ADMINISTRATOR)
    for place in (world, stranger_world):
        PolicyValue.objects.create(
            district=place.district, code="X", value="1", effective_from="2026-01-01", document="甲"
        )
    visible = set(model.objects.visible_to(mine).values_list("pk", flat=True))
    foreign = set(model.objects.visible_to(theirs).values_list("pk", flat=True))
    assert visible
    assert foreign
    assert not visible & foreign
    assert not model.objects.visible_to(AnonymousUser()).exists()
