"""Natural people, and what they were told by mail."""

from __future__ import annotations

from datetime import date

from django.db import models

from jianfu.kernel import dates
from jianfu.kernel.history import HistoricalRecords
from jianfu.kernel.names import mask_name
from jianfu.organisations.querysets import DistrictRows

from .district import District
from .organisation import Organisation


class Person(models.Model):
    """A natural person. Teachers are people too, and never need an account.

    ``identity_digest`` is the keyed digest of an identity number, so that the same person is recognised
    under two accounts; the number itself is never stored.
    """

    district = models.ForeignKey(District, models.PROTECT, verbose_name="区县", related_name="people")
    name = models.CharField("姓名", max_length=50)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="所在单位", null=True, blank=True, related_name="people"
    )
    title = models.CharField("职务", max_length=50, blank=True)
    phone = models.CharField("电话", max_length=50, blank=True)
    email = models.EmailField("邮箱", blank=True, help_text="待办提醒发到这里，留空就不发")
    identity_digest = models.CharField("身份识别码", max_length=64, null=True, blank=True, editable=False)  # noqa: DJ001 - unique where known, many unknown

    objects = DistrictRows.as_manager()
    history = HistoricalRecords(excluded_fields=["identity_digest"])

    class Meta:
        verbose_name = verbose_name_plural = "人员"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["district", "identity_digest"], name="person_once_in_a_district")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def trail_name(self) -> str:
        """王＊＊ and the number: teachers are people too, and a reader of the trail needs no more."""
        return f"{mask_name(self.name)}（{self.pk}）"

    def roles_between(self, first: date, last: date | None, *, except_pk: int | None = None) -> list[str]:
        """Every role held on any of the days, also as an agent: what must be able to stand together."""
        own = self.memberships.meeting(first, last).exclude(pk=except_pk).values_list("role", flat=True)
        lent = self.delegations.meeting(first, last).values_list("membership__role", flat=True)
        return [*own, *lent]


class DigestMail(models.Model):
    """待办提醒: that a person was told by mail of what waits, on a working day. Written before it is sent."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="digests")
    day = models.DateField("日期")
    matters = models.PositiveIntegerField("待办数")

    class Meta:
        verbose_name = verbose_name_plural = "待办提醒"
        ordering = ["-day"]
        constraints = [models.UniqueConstraint(fields=["person", "day"], name="digest_once_a_day")]

    def __str__(self) -> str:
        return f"{dates.chinese_date(self.day)} {self.person}"
