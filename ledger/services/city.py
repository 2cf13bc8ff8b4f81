"""At the city: registering a district's public key, and receiving what it reported."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from jianfu.kernel import dates, trail
from jianfu.kernel.decisions import Refused, refuse, require
from jianfu.kernel.signing import fingerprint, is_public_key
from jianfu.kernel.workflow import locked, save_tracked
from ledger.models import DistrictKey, Submission
from ledger.permissions import city as permissions

from .package_reading import read_package


def register_key(*, code: str, name: str, public_key: str, by: Any) -> DistrictKey:
    """The key of a district, or its new one; what was received under the old one stays. Raises `Refused`."""
    require(permissions.may_read_city(by))
    if not is_public_key(public_key):
        raise Refused(refuse("公钥应是 44 个字符的 Base64，请把区县给的公钥整行复制过来"))
    with transaction.atomic():
        city = locked(by.person.district)
        key = DistrictKey.objects.filter(city=city, code=code).first() or DistrictKey(city=city, code=code)
        key.name, key.public_key = name, public_key
        key.registered_by, key.registered_at = by.person, dates.now()
        save_tracked(key, by=by, reason="登记公钥")
        told = {"code": code, "fingerprint": fingerprint(public_key)}
        trail.record(action="city.key_registered", target=key, by=by, data=told)
    return key


def receive(*, data: bytes, city: Any, by: Any = None) -> Submission:
    """Verify and keep one package; ``by`` None is the command line. Raises `Refused` with one sentence; a
    refused one leaves nothing."""
    if by is not None:
        require(permissions.may_read_city(by))
    with transaction.atomic():
        city = locked(city)
        found = read_package(data, lambda code: DistrictKey.objects.filter(city=city, code=code).first())
        content = found.content
        _require_newer(found.key, content["year"], content["edition"])
        submission = Submission.objects.create(
            city=city,
            key=found.key,
            year=content["year"],
            edition=content["edition"],
            content=content,
            digest=found.digest,
            received_by=by.person if by else None,
            received_at=dates.now(),
        )
        told = {"year": submission.year, "edition": submission.edition, "sha256": submission.digest}
        trail.record(action="city.received", target=submission, by=by, data=told)
    return submission


def _require_newer(key: DistrictKey, year: int, edition: int) -> None:
    newest = key.submissions.filter(year=year).order_by("-edition").first()
    if newest is None or edition > newest.edition:
        return
    words = "这一版已经收过" if edition == newest.edition else f"已经收过更新的第 {newest.edition} 版"
    raise Refused(refuse(f"{key.name}{year}年台账第 {edition} 版：{words}，没有再收"))
