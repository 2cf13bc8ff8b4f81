"""Sign-ins, sign-outs and failures are events too."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import signals

from . import services


def signed_in(user: Any, **_kwargs: Any) -> None:
    services.record(action="account.signed_in", target=user, by=user)


def signed_out(user: Any, **_kwargs: Any) -> None:
    if user is not None:
        services.record(action="account.signed_out", target=user, by=user)


def sign_in_failed(credentials: dict[str, Any], **_kwargs: Any) -> None:
    """The name that was tried; never the password."""
    services.record(
        action="account.sign_in_failed", data={"username": str(credentials.get("username", ""))[:50]}
    )


def connect() -> None:
    signals.user_logged_in.connect(signed_in, dispatch_uid="audit.signed_in")
    signals.user_logged_out.connect(signed_out, dispatch_uid="audit.signed_out")
    signals.user_login_failed.connect(sign_in_failed, dispatch_uid="audit.sign_in_failed")
