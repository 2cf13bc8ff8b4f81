from django.urls import reverse

from jianfu.audit.models import Event
from jianfu.organisations.states import Role


def actions():
    return list(
        Event.objects.filter(action__startswith="account.").order_by("pk").values_list("action", flat=True)
    )


def test_sign_in_and_sign_out_are_events(world, client):
    user = world.user(Role.LEADER)
    client.post(reverse("sign_in"), {"username": user.username, "password": "correct-horse-9"})
    client.post(reverse("sign_out"))
    assert actions() == ["account.signed_in", "account.signed_out"]


def test_a_wrong_password_is_an_event_without_the_password(world, client):
    client.post(reverse("sign_in"), {"username": "nobody", "password": "hunter2-secret"})
    assert actions() == ["account.sign_in_failed"]
    event = Event.objects.get(action="account.sign_in_failed")
    assert event.data == {"username": "nobody"}
