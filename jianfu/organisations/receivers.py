"""What follows a change of master data."""

from typing import Any

from django.db import transaction

from . import selectors


def forget_cached(**_kwargs: Any) -> None:
    """Now, for this transaction, and again when others can see the change."""
    selectors.forget_cached()
    transaction.on_commit(selectors.forget_cached)
