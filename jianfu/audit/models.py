"""The append-only, hash-chained record of what was done; nothing else lives here."""

from __future__ import annotations

from django.db import models

from jianfu.kernel.trail_words import action_words

from .querysets import Events

NO_DISTRICT = 0  # the chain of what belongs to no district


class Chain(models.Model):
    """The head of one district's chain (``key`` is the district's id, or `NO_DISTRICT`).

    Its row lock makes writers of one district queue, so that every event has one predecessor.
    """

    key = models.BigIntegerField(primary_key=True)
    length = models.PositiveBigIntegerField(default=0)
    head = models.CharField(max_length=64, default="")


class Event(models.Model):
    """Who did what to which row, when, from what to what and why. Rows never change (triggers)."""

    chain_key = models.BigIntegerField()
    position = models.PositiveBigIntegerField()
    at = models.DateTimeField("时间")
    actor_id = models.BigIntegerField("账号", null=True)
    person_id = models.BigIntegerField("人员编号", null=True)
    actor_name = models.CharField("办理人", max_length=50)
    organisation_name = models.CharField("单位", max_length=100)
    action = models.CharField("动作", max_length=60)
    target_type = models.CharField("对象类别", max_length=60)
    target_id = models.CharField("对象编号", max_length=40)
    target_name = models.CharField("对象", max_length=200)
    source = models.CharField("从", max_length=40)
    destination = models.CharField("到", max_length=40)
    note = models.TextField("理由")
    data = models.JSONField("细节", default=dict)
    previous = models.CharField("前一条", max_length=64)
    digest = models.CharField("摘要", max_length=64)

    objects = Events.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "审计记录"
        ordering = ["chain_key", "position"]
        constraints = [
            models.UniqueConstraint(fields=["chain_key", "position"], name="one_event_at_a_position")
        ]
        indexes = [
            models.Index(fields=["target_type", "target_id", "position"]),
            models.Index(fields=["chain_key", "-at"]),
        ]

    def __str__(self) -> str:
        return f"{self.chain_key}-{self.position} {action_words(self.action)}"
