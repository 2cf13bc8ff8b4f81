"""The papers that the rules of this app cite: the kernel's, under the name that its modules use."""

from jianfu.kernel.papers import (
    DAWUKOU,
    HECHUAN,
    HEILONGJIANG,
    MINISTRY,
    OWN,
    SAMPLE,
    SINCE,
    WULONG,
    Facts,
    known,
)

__all__ = [
    "DAWUKOU",
    "HECHUAN",
    "HEILONGJIANG",
    "MINISTRY",
    "OWN",
    "SAMPLE",
    "SINCE",
    "WULONG",
    "Facts",
    "known",
]
