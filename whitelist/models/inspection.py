"""督查检查评比考核清单 as it stood at one moment: a version that follows approvals' plan."""

from __future__ import annotations

from django.db import models

from whitelist.states import LineChange


class InspectionLine(models.Model):
    """One line of a version, in the words that were public then (`approvals.selectors.INSPECTION_COLUMNS`).

    The plan stays approvals' own; this is what it said, so that an older version can still be read.
    """

    release = models.ForeignKey("whitelist.Release", models.PROTECT, related_name="inspection_lines")
    position = models.PositiveIntegerField("次序")
    single = models.BooleanField("一事一报", default=False)
    cells = models.JSONField("各栏", default=list)
    change = models.CharField("变化", max_length=20, choices=LineChange)

    class Meta:
        verbose_name = verbose_name_plural = "清单事项"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["release", "position"], name="inspection_position_once_a_release")
        ]

    def __str__(self) -> str:
        return f"{self.position} {self.cells[1] if len(self.cells) > 1 else ''}"
