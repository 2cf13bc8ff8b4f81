"""What the process beside the server does: make one file after the other, as long as somebody waits."""

from __future__ import annotations

import contextlib
import hashlib
import logging
import tempfile
import time
from collections.abc import Callable
from typing import IO, Any

from django.core.files import File
from django.db import OperationalError, transaction

from jianfu.handouts.models import Handout
from jianfu.handouts.states import HandoutState
from jianfu.handouts.workflow import HANDOUT
from jianfu.kernel import beside, dates
from jianfu.kernel.decisions import Refused
from jianfu.kernel.documents.text import DocumentTooLarge

from . import line
from .ordering import KEPT, export_for

PAUSE = 0.5  # seconds between two notes of progress
LONGEST = 900  # seconds for one file
CHUNK = 1024 * 1024
UNMADE = "生成时出了问题，没有留下文件。已记录，请联系技术人员"
log = logging.getLogger(__name__)


class Stopped(Exception):  # noqa: N818  somebody took it back, which is no error
    """The handout is not being made any more."""


def work() -> int:
    """Make what waits, until nobody does; returns how many."""
    made = 0
    while (handout := line.next_one()) is not None:
        beside.end_in(LONGEST)
        _make(handout)
        made += 1
    return made


def _make(handout: Handout) -> None:
    by = type(handout.owner).objects.select_related("person").get(pk=handout.owner_id)
    try:
        with tempfile.TemporaryFile() as out:
            facts = export_for(handout.kind, handout.about, by).write(out, _noting(handout))
            _keep(handout, out, dict(facts), by)
    except Stopped:
        return
    except (Refused, DocumentTooLarge) as refused:
        _fail(handout, str(refused), by)
    except Exception:
        log.exception("handout %s", handout.pk)
        _fail(handout, UNMADE, by)


def _noting(handout: Handout) -> Callable[[int], None]:
    """Keeps how far it has come where the page can see it, and learns there whether it was taken back."""
    said_at = [time.monotonic()]
    going_on = Handout.objects.filter(pk=handout.pk, state=HandoutState.MAKING, version=handout.version)

    def note(done: int) -> None:
        if time.monotonic() - said_at[0] < PAUSE:
            return
        said_at[0] = time.monotonic()
        with contextlib.suppress(OperationalError):  # a busy database is told the next time
            if not going_on.update(done=done, beat_at=dates.now()):
                raise Stopped

    return note


def _keep(handout: Handout, out: IO[bytes], facts: dict[str, Any], by: Any) -> None:
    """The whole file in its place, and only then the state that lets it be handed out."""
    size, digest = _measured(out)
    storage, field = handout.file.storage, handout._meta.get_field("file")
    name = storage.save(field.generate_filename(handout, ""), File(out))
    now = dates.now()
    try:
        with transaction.atomic():
            Handout.objects.filter(pk=handout.pk).update(
                file=name, size=size, digest=digest, facts=facts, expires_at=now + KEPT, taken_at=None
            )
            HANDOUT.perform(handout, "finish", by=by, expected_version=handout.version, data={"size": size})
    except BaseException as error:
        storage.delete(name)
        if isinstance(error, Refused):
            raise Stopped from None
        raise
    Handout.objects.filter(pk=handout.pk).update(done=handout.whole)


def _measured(out: IO[bytes]) -> tuple[int, str]:
    out.seek(0)
    digest = hashlib.sha256()
    size = 0
    while piece := out.read(CHUNK):
        digest.update(piece)
        size += len(piece)
    out.seek(0)
    return size, digest.hexdigest()


def _fail(handout: Handout, words: str, by: Any) -> None:
    with contextlib.suppress(Refused):
        HANDOUT.perform(handout, "fail", by=by, note=words[:500], expected_version=handout.version)
