"""The line of those that wait, and the few processes that serve it."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from jianfu.handouts.models import Handout
from jianfu.handouts.permissions import roles_of
from jianfu.handouts.states import HandoutState
from jianfu.handouts.workflow import HANDOUT
from jianfu.kernel import beside, dates

CALLED_ANEW = timedelta(seconds=20)  # a process that was sent for has begun by then, or never will


def call() -> None:
    """Send for a process for each free place, where somebody waits whom none was sent for just now."""
    now = dates.now()
    free = places_free()
    for handout in Handout.objects.in_line()[: max(free, 0)]:
        uncalled = Q(called_at__isnull=True) | Q(called_at__lt=now - CALLED_ANEW)
        if Handout.objects.filter(uncalled, pk=handout.pk).update(called_at=now):
            transaction.on_commit(lambda: beside.start("handouts", "work"))


def places_free() -> int:
    making = Handout.objects.filter(state=HandoutState.MAKING).count()
    return max(settings.JIANFU_EXPORTS_AT_ONCE, 1) - making


def next_one() -> Handout | None:
    """The first of the line, begun; None where nobody waits or no place is free.

    All that are on their way are locked first: of two processes that ask at once, the second one counts what
    the first has begun.
    """
    with transaction.atomic():
        rows = list(Handout.objects.pending().select_for_update().order_by("pk").values_list("pk", flat=True))
        first = Handout.objects.in_line().filter(pk__in=rows).select_related("owner__person").first()
        if first is None or places_free() <= 0:
            return None
        begun: Handout = HANDOUT.perform(first, "begin", by=first.owner)
        Handout.objects.filter(pk=begun.pk).update(roles=roles_of(first.owner))
    return begun
