"""A handout from its order to its end, as the pages and the clock see it."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction

from jianfu.handouts.models import Handout, key_of, stored_as
from jianfu.handouts.permissions import may_act, may_take
from jianfu.handouts.states import KEPT_DAYS, HandoutState
from jianfu.handouts.workflow import HANDOUT
from jianfu.kernel import dates, exports, trail
from jianfu.kernel.decisions import Refused, refuse, require
from jianfu.kernel.exports import Export
from jianfu.kernel.workflow import save_tracked

from . import line

KEPT = timedelta(days=KEPT_DAYS)
SILENT = timedelta(seconds=60)  # a process that lives says so every second or two
FORGOTTEN = timedelta(days=1)
AT_MOST = 5  # of one person, waiting or being made
DIED = "生成到一半程序停了，没有留下文件。重新生成一次"
GONE = "要导出的内容已经看不到了，没有生成"


def export_for(kind: str, about: Mapping[str, str], by: Any) -> Export:
    """What would be made for the person now. Raises `Refused`."""
    maker = exports.makers.get(kind)
    export = maker(about, by) if maker else None
    if export is None:
        raise Refused(refuse(GONE))
    return export


def order(*, kind: str, about: Mapping[str, str], by: Any) -> Handout:
    """Have the file made beside the server. What is already on its way for the person is not begun twice."""
    export = export_for(kind, about, by)
    key = key_of(kind, about)
    clear_expired()
    settle()
    handout = _on_its_way(key, by) or _created(kind, about, key, export, by)
    line.call()
    return Handout.objects.get(pk=handout.pk)


def _on_its_way(key: str, by: Any) -> Handout | None:
    return Handout.objects.pending().filter(owner=by, key=key).first()


def _created(kind: str, about: Mapping[str, str], key: str, export: Export, by: Any) -> Handout:
    if Handout.objects.pending().filter(owner=by).count() >= AT_MOST:
        words = f"已有 {AT_MOST} 份导出在排队或生成，最多 {AT_MOST} 份。等一份完成，或在导出中心取消一份"
        raise Refused(refuse(words))
    now = dates.now()
    handout = Handout(
        district_id=by.district_id,
        owner=by,
        kind=kind,
        about=dict(about),
        key=key,
        ordered_at=now,
        state_entered_at=now,
        **_told(export),
    )
    try:
        with transaction.atomic():
            save_tracked(handout, by=by, reason="导出")
            trail.record(action="handout.order", target=handout, by=by, data={"file": export.extension})
    except IntegrityError:  # ordered twice at the same moment
        found = _on_its_way(key, by)
        if found is None:
            raise
        return found
    return handout


def _told(export: Export) -> dict[str, Any]:
    return {
        "title": export.title[:150],
        "extension": export.extension,
        "measure": export.measure,
        "stages": list(export.stages),
        "total": export.total,
    }


def cancel(*, handout: Handout, by: Any) -> Handout:
    """The process that makes it learns of it the next time it says how far it is."""
    return HANDOUT.perform(handout, "cancel", by=by)


def again(*, handout: Handout, by: Any) -> Handout:
    """Another attempt at the same, with what the person may see now."""
    require(may_act(handout, by))
    export = export_for(handout.kind, handout.about, by)
    if found := _on_its_way(handout.key, by):
        return found
    with transaction.atomic():
        fresh = HANDOUT.perform(handout, "again", by=by)
        Handout.objects.filter(pk=fresh.pk).update(**_told(export))
    line.call()
    return Handout.objects.get(pk=fresh.pk)


def take(*, handout: Handout, by: Any) -> Any:
    """The open file, if the person may still have it; each time an event. Raises `Refused`."""
    if handout.state != HandoutState.READY:
        raise Refused(
            refuse(f"这份文件现在是“{handout.get_state_display()}”，不能下载。到导出中心看它的进展")
        )
    require(may_take(handout, by))
    export = export_for(handout.kind, handout.about, by)
    try:
        file = handout.file.open("rb")
    except FileNotFoundError:
        raise Refused(refuse("这份文件已经不在了。删除后重新导出")) from None
    with transaction.atomic():
        Handout.objects.filter(pk=handout.pk).update(taken_at=dates.now())
        exports.note(export, {**handout.facts, "sha256": handout.digest}, by=by, target=handout)
    return file


def discard(*, handout: Handout, by: Any) -> Handout:
    return _without_file(handout, "discard", by=by)


def settle() -> None:
    """Those whose process has died say so."""
    for handout in Handout.objects.silent_since(dates.now() - SILENT).select_related("owner__person"):
        with contextlib.suppress(Refused):
            HANDOUT.perform(handout, "fail", by=handout.owner, note=DIED)


def clear_expired() -> int:
    """Delete the files whose days are over; returns how many."""
    cleared = 0
    for handout in Handout.objects.due(dates.now())[:100]:
        with contextlib.suppress(Refused):
            _without_file(handout, "expire", by=None)
            cleared += 1
    return cleared


def sweep() -> int:
    """Delete what no handout knows: the file of a process that died between writing it and saying so."""
    storage = Handout._meta.get_field("file").storage
    folder = stored_as(Handout(), "").partition("/")[0]
    names = storage.listdir(folder)[1] if storage.exists(folder) else []
    known = set(Handout.objects.exclude(file="").values_list("file", flat=True))
    lost = [name for each in names if (name := f"{folder}/{each}") not in known]
    old = [name for name in lost if storage.get_modified_time(name) < dates.now() - FORGOTTEN]
    for name in old:
        storage.delete(name)
    return len(old)


def _without_file(handout: Handout, transition: str, *, by: Any) -> Handout:
    with transaction.atomic():
        fresh = HANDOUT.perform(handout, transition, by=by)
        storage, name = fresh.file.storage, fresh.file.name
        Handout.objects.filter(pk=fresh.pk).update(file="")
        if name:
            transaction.on_commit(lambda: storage.delete(name))
    return fresh
