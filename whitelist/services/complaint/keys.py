"""After a rotation everything is sealed anew by the newest key, so that the old one can be thrown away."""

from __future__ import annotations

import base64
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from jianfu.kernel import sealing
from jianfu.kernel.workflow import locked
from whitelist.models import Complaint, ComplaintEvidence, ComplaintMessage


def seal_anew() -> int:
    """Every value and picture that an older key sealed; returns how many. May be broken off and run again."""
    count = 0
    for complaint in Complaint.objects.order_by("pk").iterator(200):
        count += _columns(complaint)
    for message in ComplaintMessage.objects.select_related("complaint").order_by("pk").iterator(200):
        sealed = _renewed(message.complaint, message.body, "message")
        if sealed:
            ComplaintMessage.objects.filter(pk=message.pk).update(body=sealed)
            count += 1
    for picture in ComplaintEvidence.objects.select_related("complaint").order_by("pk").iterator(50):
        count += _picture(picture)
    return count


def _columns(complaint: Complaint) -> int:
    """Not a change of the complaint: its history, which never held the sealed words, is not written."""
    with transaction.atomic():
        fresh: Any = locked(complaint)
        sealed = {name: _renewed(fresh, getattr(fresh, name), name) for name in ("story", "identity", "tied")}
        changed = {name: value for name, value in sealed.items() if value}
        if changed:
            Complaint.objects.filter(pk=fresh.pk).update(**changed)
    return len(changed)


def _renewed(complaint: Complaint, sealed: str, what: str) -> str:
    if not sealed or sealing.is_sealed_by_newest(base64.b64decode(sealed)):
        return ""
    return complaint.sealed(complaint.opened(sealed, what), what)


def _picture(picture: ComplaintEvidence) -> int:
    about = f"complaint.evidence.{picture.complaint.token}"
    with picture.file.open("rb") as stream:
        sealed = stream.read()
    if sealing.is_sealed_by_newest(sealed):
        return 0
    former, storage = picture.file.name, picture.file.storage
    picture.file.save("x", ContentFile(sealing.seal_bytes(sealing.unseal_bytes(sealed, about), about)))
    storage.delete(former)
    return 1
