"""The link by which an expert enters once without a password: issued by the office, used up by a press."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction

from approvals import permissions
from approvals.figures import LINK_HOURS
from approvals.models import ExpertLink
from jianfu.kernel import dates, trail
from jianfu.kernel.decisions import Decision, allow, refuse, require
from jianfu.kernel.policy import figure_value
from jianfu.kernel.workflow import locked
from jianfu.organisations.selectors import account_of, roles_of
from jianfu.organisations.services import open_account
from jianfu.organisations.states import Role


@dataclass(frozen=True)
class Issued:
    """The secret is known here and to whoever receives it; only its digest is kept."""

    link: ExpertLink
    secret: str


def issue_link(*, expert: Any, by: Any) -> Issued:
    """A new link; those given out before and not used end now. Raises `Refused`."""
    with transaction.atomic():
        person = locked(expert)
        require(permissions.may_issue_link(person, by))
        require(_may_enter(person))
        if account_of(person) is None:
            open_account(person=person, by=by)
        now = dates.now()
        hours = figure_value(LINK_HOURS, person.district_id, dates.today())
        ExpertLink.objects.filter(expert=person, used_at__isnull=True, expires_at__gt=now).update(
            expires_at=now
        )
        secret = secrets.token_urlsafe(24)
        link = ExpertLink.objects.create(
            expert=person,
            digest=digest_of(secret),
            issued_by=by,
            issued_at=now,
            expires_at=now + timedelta(hours=hours),
        )
        trail.record(
            action="expert_link.issued",
            target=person,
            by=by,
            data={"link": link.pk, "expires_at": link.expires_at.isoformat()},
        )
    return Issued(link, secret)


def use_link(*, secret: str) -> Any:
    """Whom the link lets in. Of two at once, one enters and the other is told. Raises `Refused`."""
    with transaction.atomic():
        link = ExpertLink.objects.select_for_update().filter(digest=digest_of(secret)).first()
        require(may_be_used(link))
        link.used_at = dates.now()
        link.save(update_fields=["used_at"])
        user = account_of(link.expert)
        trail.record(action="expert_link.used", target=link.expert, by=user, data={"link": link.pk})
    return user


def may_be_used(link: ExpertLink | None) -> Decision:
    """Why a link does not let in, and whom to call."""
    if link is None:
        return refuse("这个链接不对，可能没有复制完整。回到收到链接的地方整条复制，或请发链接的办公室重发")
    call = f"请{_office(link)}重发"
    if link.used_at:
        return refuse(f"这个链接已经用过了，每个链接只能用一次。{call}")
    if link.expires_at <= dates.now():
        return refuse(f"这个链接已经失效。{call}")
    return _may_enter(link.expert)


def _may_enter(person: Any) -> Decision:
    """An expert, and nothing else: a link is no second door to a colleague's account."""
    roles = roles_of(person, dates.today())
    if Role.EXPERT not in roles:
        return refuse(f"{person.name}现在不是专家委员会的专家")
    others = sorted(Role(role).label for role in roles - {Role.EXPERT})
    if others:
        return refuse(f"{person.name}还是{'、'.join(others)}，用自己的账号和密码登录，不用链接")
    account = account_of(person, active=False)
    if account is not None and not account.is_active:
        return refuse(f"{person.name}的账号已停用，由安全管理员启用后再发链接")
    return allow()


def _office(link: ExpertLink) -> str:
    person = link.issued_by.person
    phone = person.phone or person.district.contact_phone
    return f"领导小组办公室{person.name}（{phone}）" if phone else f"领导小组办公室{person.name}"


def digest_of(secret: str) -> str:
    return hashlib.new("sm3", secret.encode("utf-8", "replace")).hexdigest()
