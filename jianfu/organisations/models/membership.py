"""Roles: held by oneself, or lent to an agent."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse

from jianfu.kernel import dates
from jianfu.kernel.history import HistoricalRecords
from jianfu.organisations.querysets import Delegations, Memberships
from jianfu.organisations.rules import may_hold_together
from jianfu.organisations.states import UNDELEGABLE, Role

from .organisation import Organisation
from .person import Person


class Membership(models.Model):
    """A role that a person holds in an organisation from a day until a day."""

    person = models.ForeignKey(Person, models.CASCADE, verbose_name="人员", related_name="memberships")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="单位", related_name="memberships"
    )
    role = models.CharField("角色", max_length=30, choices=Role)
    category = models.CharField("专家类别", max_length=30, blank=True)
    since = models.DateField("自", default=dates.today)
    until = models.DateField("至", null=True, blank=True)

    objects = Memberships.as_manager()
    history = HistoricalRecords()

    # Set by `User.memberships` on a role that the user holds as this person's agent.
    on_behalf_of: Person | None = None

    class Meta:
        verbose_name = verbose_name_plural = "任职"
        ordering = ["person", "role"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="membership_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.organisation} {self.get_role_display()}"

    @property
    def is_delegable(self) -> bool:
        return self.role not in UNDELEGABLE

    def clean(self) -> None:
        if not (self.person_id and self.organisation_id and self.role):
            return
        if self.person.district_id != self.organisation.district_id:
            raise ValidationError({"organisation": "单位要与人员在同一区县内"})
        if self.until and self.since and self.until < self.since:
            raise ValidationError({"until": "结束日期要在开始日期或以后"})
        since = max(self.since, dates.today())
        others = self.person.roles_between(since, self.until, except_pk=self.pk)
        decision = may_hold_together([self.role, *others])
        if not decision:
            raise ValidationError({"role": decision.reasons})


class Delegation(models.Model):
    """代理: an agent holds the principal's role from a day until a day, besides the principal.

    It gives nothing that the principal does not hold himself on the day (`Delegations.in_force`).
    """

    membership = models.ForeignKey(
        Membership, models.PROTECT, verbose_name="被代理的任职", related_name="delegations"
    )
    agent = models.ForeignKey(Person, models.PROTECT, verbose_name="代理人", related_name="delegations")
    since = models.DateField("自")
    until = models.DateField("至")
    reason = models.CharField("事由", max_length=100)
    created_at = models.DateTimeField("办理时间", default=dates.now, editable=False)
    revoked_at = models.DateTimeField("提前结束", null=True, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = Delegations.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "代理"
        ordering = ["-since", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__gte=models.F("since")), name="delegation_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="delegation_has_a_reason"),
        ]
        indexes = [models.Index(fields=["agent", "until"])]

    def __str__(self) -> str:
        return f"{self.agent}代{self.membership.person}（{self.membership.get_role_display()}）"

    def get_absolute_url(self) -> str:
        return reverse("organisations:delegation_list")

    @property
    def principal(self) -> Person:
        return self.membership.person

    @property
    def trail_name(self) -> str:
        return f"{self.agent.trail_name}代{self.principal.trail_name}"
