"""What a city's own deployment keeps of its districts: their public keys, and the years they reported."""

from __future__ import annotations

from django.core.validators import validate_slug
from django.db import models

from jianfu.kernel.history import HistoricalRecords
from jianfu.kernel.signing import fingerprint
from ledger.querysets import CityRows


class DistrictKey(models.Model):
    """公钥 of one district, by which its packages are recognised; ``code`` is the district's own."""

    city = models.ForeignKey("organisations.District", models.PROTECT, verbose_name="市", related_name="+")
    code = models.CharField("区县代码", max_length=30, validators=[validate_slug])
    name = models.CharField("区县名称", max_length=50)
    public_key = models.CharField("公钥", max_length=64)
    registered_by = models.ForeignKey(
        "organisations.Person", models.PROTECT, verbose_name="登记人", related_name="+"
    )
    registered_at = models.DateTimeField("登记时间")
    version = models.PositiveIntegerField(default=0)

    objects = CityRows.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "区县公钥"
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["city", "code"], name="district_key_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def district_id(self) -> int:
        return self.city_id

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.public_key)


class Submission(models.Model):
    """One edition of a district's year as it came in. Written once, never changed; the newest one counts.

    ``content`` is the package's ledger.json, checked against `ledger.services.package.SCHEMA`.
    """

    city = models.ForeignKey("organisations.District", models.PROTECT, verbose_name="市", related_name="+")
    key = models.ForeignKey(DistrictKey, models.PROTECT, verbose_name="区县", related_name="submissions")
    year = models.PositiveSmallIntegerField("年度")
    edition = models.PositiveIntegerField("版次")
    content = models.JSONField("内容")
    digest = models.CharField("SHA-256", max_length=64)
    received_by = models.ForeignKey(
        "organisations.Person", models.PROTECT, verbose_name="接收人", null=True, related_name="+"
    )
    received_at = models.DateTimeField("接收时间")

    objects = CityRows.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "区县报送"
        ordering = ["-year", "key", "-edition"]
        constraints = [
            models.UniqueConstraint(fields=["key", "year", "edition"], name="submission_edition_once")
        ]

    def __str__(self) -> str:
        return f"{self.key}{self.year}年台账"

    @property
    def district_id(self) -> int:
        return self.city_id
