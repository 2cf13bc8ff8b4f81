import pytest
from django.urls import reverse

from jianfu.audit import services
from jianfu.audit.models import Event
from jianfu.organisations.states import Role


def test_the_auditor_reads_their_own_district_and_can_change_nothing(world, stranger_world, client):
    own = services.record(action="test.own", target=world.district)
    foreign = services.record(action="test.foreign", target=stranger_world.district)
    client.force_login(world.user(Role.AUDITOR))
    page = client.get(reverse("admin:audit_event_changelist")).content.decode()
    assert "test.own" in page
    assert "test.foreign" not in page
    assert client.get(reverse("admin:audit_event_change", args=[own.pk])).status_code == 200
    assert client.post(reverse("admin:audit_event_change", args=[own.pk]), {"note": "x"}).status_code == 403
    assert client.get(reverse("admin:audit_event_change", args=[foreign.pk])).status_code == 302
    assert client.get(reverse("admin:audit_event_add")).status_code == 403


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.AUDITOR])
def test_nobody_else_reads_the_trail(world, client, role):
    user = world.user(role)
    client.force_login(user)
    assert client.get(reverse("admin:audit_event_changelist")).status_code in {302, 403}
    assert not Event.objects.visible_to(user).exists()
