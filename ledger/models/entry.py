"""What people fill in: 落实情况 as entries (R4, R5), and the blanks of 重点监测数据 (R6, A9)."""

from __future__ import annotations

from django.db import models

from jianfu.kernel.indicators import TEXT_LIMIT, Value
from ledger.states import AchievementKind, BlankKind, ValueSource
from ledger.wording import number_words

from .ledger import LedgerRow


class Achievement(models.Model):
    """One thing done, or one refused because it did not meet the requirements."""

    row = models.ForeignKey(LedgerRow, models.CASCADE, verbose_name="台账任务", related_name="entries")
    kind = models.CharField("类别", max_length=10, choices=AchievementKind, default=AchievementKind.HELD)
    name = models.CharField("名称", max_length=200)
    quantity = models.DecimalField("数量", max_digits=12, decimal_places=2, null=True, blank=True)
    unit = models.CharField("单位", max_length=10, blank=True)
    ratio = models.DecimalField("比例", max_digits=5, decimal_places=2, null=True, blank=True)
    outcome = models.TextField("成效", blank=True)
    position = models.PositiveSmallIntegerField("排序", default=0)
    # The record that proposed it, so that it is not proposed again; the words are the writer's all the same.
    drafted_from = models.CharField("起草出处", max_length=100, blank=True, editable=False)
    section = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, verbose_name="填报科室", null=True, related_name="+"
    )
    written_by = models.ForeignKey(
        "organisations.Person", models.PROTECT, verbose_name="填报人", related_name="+"
    )

    class Meta:
        verbose_name = verbose_name_plural = "落实情况"
        ordering = ["row", "position", "pk"]

    def __str__(self) -> str:
        return self.name


class BlankValue(models.Model):
    """One blank of a row and what stands in it; made with the row, empty at first.

    ``counted`` (``computed``, or ``computed_text`` of a text) is what the records said when the value was
    last saved; ``source`` is empty while the blank is. A value counted by the system bears nobody's name
    until a person reports the row.
    """

    row = models.ForeignKey(LedgerRow, models.CASCADE, verbose_name="台账任务", related_name="blanks")
    code = models.CharField("代码", max_length=20)
    name = models.CharField("名称", max_length=100)
    kind = models.CharField("类型", max_length=10, choices=BlankKind, default=BlankKind.INTEGER)
    unit = models.CharField("计量单位", max_length=10, blank=True)
    compares = models.CharField("与上年相减的填空代码", max_length=20, blank=True)
    remark = models.CharField("口径", max_length=300, blank=True)
    position = models.PositiveSmallIntegerField("排序", default=0)
    number = models.IntegerField("数值", null=True, blank=True)
    text = models.CharField("文字", max_length=TEXT_LIMIT, blank=True)
    source = models.CharField("来源", max_length=10, choices=ValueSource, blank=True)
    computed = models.IntegerField("系统计算值", null=True, blank=True)
    computed_text = models.CharField("系统列出的文字", max_length=TEXT_LIMIT, blank=True)
    override_reason = models.CharField("改动说明", max_length=200, blank=True)
    confirmed_by = models.ForeignKey(
        "organisations.Person", models.PROTECT, verbose_name="确认人", null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField("确认时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "重点监测数据"
        ordering = ["row", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["row", "code"], name="blank_code_once_a_row")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def is_text(self) -> bool:
        return self.kind == BlankKind.TEXT

    @property
    def is_filled(self) -> bool:
        return bool(self.text) if self.is_text else self.number is not None

    @property
    def value(self) -> Value:
        """What stands in the blank: a number, a text, or None."""
        return (self.text or None) if self.is_text else self.number

    @value.setter
    def value(self, value: Value) -> None:
        if self.is_text:
            self.text = str(value or "").strip()
        else:
            self.number = value

    @property
    def counted(self) -> Value:
        return (self.computed_text or None) if self.is_text else self.computed

    @counted.setter
    def counted(self, value: Value) -> None:
        if self.is_text:
            self.computed_text = str(value or "")
        else:
            self.computed = value

    @property
    def follows_register(self) -> bool:
        """Nobody has typed here: the records fill it."""
        return self.source in {"", ValueSource.COMPUTED, ValueSource.INCOMPARABLE}

    @property
    def is_settled(self) -> bool:
        """Nothing is missing here: filled, or a difference that has nothing to compare itself with."""
        return self.is_filled or self.source == ValueSource.INCOMPARABLE

    @property
    def is_overruled(self) -> bool:
        """Filled with something else than the records say."""
        return self.is_filled and self.counted is not None and self.value != self.counted

    @property
    def words(self) -> str:
        """What is printed in the blank; nothing when it is empty, — where there is nothing to compare."""
        if self.source == ValueSource.INCOMPARABLE and not self.is_filled:
            return "—"
        return self.text if self.is_text else number_words(self.number)
