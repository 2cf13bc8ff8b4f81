"""A proposal to take an entry off the list, the hearing of its department, and what was decided."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils import timezone

from jianfu.kernel.history import HistoricalRecords
from jianfu.kernel.steps import TakenStep
from whitelist.querysets import Removals
from whitelist.states import OPEN, RemovalGround, RemovalSource, RemovalState


class Removal(models.Model):
    """移出建议. ``reason`` and the source are read inside only; ``public_reason`` is what the department is
    told, and what the public reads once it is removed.

    ``department`` is empty where the unit is not one of the district's; it is then heard by letter.
    """

    district = models.ForeignKey("organisations.District", models.PROTECT, verbose_name="区县")
    entry = models.ForeignKey(
        "whitelist.Entry", models.PROTECT, verbose_name="白名单事项", related_name="removals"
    )
    department = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, verbose_name="部门", null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    ground = models.CharField("移出事由", max_length=20, choices=RemovalGround)
    reason = models.TextField("具体理由", max_length=500)
    public_reason = models.CharField("告知部门和公开的理由", max_length=300)
    source = models.CharField("来源", max_length=20, choices=RemovalSource, default=RemovalSource.OFFICE)
    reference = models.CharField("来源编号", max_length=60, blank=True)
    proposed_by = models.ForeignKey(
        "organisations.Person", models.PROTECT, verbose_name="提出人", related_name="+"
    )
    proposed_for = models.ForeignKey(
        "organisations.Person", models.PROTECT, verbose_name="被代理人", null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    created_at = models.DateTimeField("提出时间", default=timezone.now)
    hearing_number = models.CharField("听取意见函文号", max_length=60, blank=True)
    heard_from = models.DateField("发函日期", null=True, blank=True)
    answer_until = models.DateField("答复期限", null=True, blank=True)
    reply = models.TextField("部门意见", blank=True)
    replied_on = models.DateField("答复日期", null=True, blank=True)
    meeting_number = models.CharField("会议纪要文号", max_length=60, blank=True)
    decided_on = models.DateField("决定日期", null=True, blank=True)
    effective_on = models.DateField("移出生效日期", null=True, blank=True)
    mend_until = models.DateField("整改期限", null=True, blank=True)
    state = models.CharField("状态", max_length=20, choices=RemovalState, default=RemovalState.PROPOSED)
    state_entered_at = models.DateTimeField("进入本状态", default=timezone.now)
    due_on = models.DateField("本环节时限", null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    objects = Removals.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "移出建议"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry"], condition=models.Q(state__in=sorted(OPEN)), name="removal_one_open_an_entry"
            ),
            models.CheckConstraint(
                condition=~models.Q(state=RemovalState.REMOVED)
                | models.Q(effective_on__isnull=False, decided_on__isnull=False),
                name="removal_removed_on_a_day",
            ),
        ]
        indexes = [models.Index(fields=["district", "state", "due_on"], name="removal_waiting")]

    def __str__(self) -> str:
        return f"移出“{self.entry}”的建议"

    def get_absolute_url(self) -> str:
        return reverse("whitelist:removal_detail", args=[self.pk])

    @property
    def department_name(self) -> str:
        return self.department.name if self.department else self.entry.lead_name

    def spoke_for_the_department(self) -> set[int]:
        """The people who answered in the department's account, principals included."""
        steps = self.steps.filter(transition__in=["reply", "report_mending"])
        return {pk for pair in steps.values_list("person_id", "on_behalf_of_id") for pk in pair if pk}


class RemovalStep(TakenStep):
    """办理记录 of a removal."""

    removal = models.ForeignKey(Removal, models.CASCADE, related_name="steps")
    source = models.CharField("从", max_length=20, choices=RemovalState)
    target = models.CharField("到", max_length=20, choices=RemovalState)

    class Meta(TakenStep.Meta):
        verbose_name = verbose_name_plural = "移出办理记录"
