"""Ordering a file, making it beside the server, keeping it for some days."""

from .delivering import deliver
from .ordering import order

__all__ = ["deliver", "order"]
