"""Who is announced for today at the school gate: each share adds its lines to the answer.

A share reads what it tells from rows whose model it hands to `stamps.watch`, else an answer that was made
before stays for up to a minute.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from jianfu.kernel.registry import Registry

# (entry, today) → lines such as “14:00 云岭区第一小学，三年级”; units and times, never people.
Share = Callable[[Any, date], Iterable[str]]
visits: Registry[Share] = Registry()
