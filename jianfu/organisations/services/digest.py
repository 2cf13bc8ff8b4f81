"""待办提醒: claiming a day before the mail goes out, so that nobody is told twice."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from jianfu.organisations.models import DigestMail, Person


def claim_digest(*, person: Person, day: date, matters: int) -> bool:
    """True for the one caller who may write to the person on that day; safe when two ask at once."""
    with transaction.atomic():
        _, made = DigestMail.objects.get_or_create(person=person, day=day, defaults={"matters": matters})
    return made


def release_digest(*, person: Person, day: date) -> None:
    """The mail could not be sent: the next run tries again."""
    DigestMail.objects.filter(person=person, day=day).delete()
