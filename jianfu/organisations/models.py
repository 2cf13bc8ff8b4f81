"""Who there is: districts, their organisations, natural people, their accounts and roles."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse

from jianfu.kernel import dates
from jianfu.kernel.history import HistoricalRecords
from jianfu.kernel.names import mask_name

from .querysets import Delegations, DistrictRows, Districts, Memberships, Users
from .rules import may_hold_together
from .states import ADMINISTRATORS, STAFF, UNDELEGABLE, Kind, Role, SchoolStage


class District(models.Model):
    """One 区县. Everything else hangs on one, and never sees another's rows."""

    code = models.SlugField("代码", max_length=30, unique=True)
    name = models.CharField("名称", max_length=50, unique=True)
    region = models.CharField("所属市", max_length=50, blank=True)
    contact_phone = models.CharField("监督电话", max_length=50, blank=True)
    contact_email = models.CharField("监督邮箱", max_length=100, blank=True)
    filing_body = models.CharField("备案机关", max_length=100, default="市委教育工作领导小组")

    objects = Districts.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "区县"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name

    @property
    def district_id(self) -> int:
        """Itself: whatever asks a row for its district may ask the district too."""
        return self.pk


class Organisation(models.Model):
    """单位: a section of the bureau, a school, a department, a town, the leading group, the panel."""

    district = models.ForeignKey(District, models.PROTECT, verbose_name="区县", related_name="organisations")
    kind = models.CharField("类别", max_length=20, choices=Kind)
    name = models.CharField("名称", max_length=100)
    short_name = models.CharField("简称", max_length=30, blank=True)
    aliases = models.CharField("别名", max_length=200, blank=True, help_text="用顿号分开")
    parent = models.ForeignKey(
        "self", models.PROTECT, verbose_name="上级单位", null=True, blank=True, related_name="children"
    )
    stage = models.CharField("学段", max_length=20, choices=SchoolStage, blank=True)
    phone = models.CharField("电话", max_length=50, blank=True)
    handles_secondments = models.BooleanField("负责抽调借用登记", default=False)
    is_active = models.BooleanField("在用", default=True)
    position = models.PositiveSmallIntegerField("排序", default=0)

    objects = DistrictRows.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "单位"
        ordering = ["position", "name"]
        constraints = [
            models.UniqueConstraint(fields=["district", "name"], name="organisation_name_once_in_a_district")
        ]

    def __str__(self) -> str:
        return self.short_name or self.name

    def clean(self) -> None:
        if self.parent_id and self.parent.district_id != self.district_id:
            raise ValidationError({"parent": "上级单位要在同一区县内"})


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


class UserManager(BaseUserManager.from_queryset(Users)):
    def get_queryset(self) -> Users:
        """With the person and their unit, which every page prints: one query instead of three."""
        return super().get_queryset().select_related("person__organisation")

    def create_user(self, username: str, password: str | None, *, person: Person) -> User:
        user = self.model(username=username, person=person)
        user.set_password(password)
        user.save()
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.select_related("person__district").get(username=username)


class User(AbstractBaseUser):
    """An account. It belongs to a natural person; one person may have several accounts."""

    username = models.CharField(
        "用户名",
        max_length=50,
        unique=True,
        validators=[RegexValidator(r"^[\w.-]+$", "用户名只能用文字、数字、点和短横")],
        error_messages={"unique": "这个用户名已有人用，请换一个"},
    )
    person = models.ForeignKey(Person, models.PROTECT, verbose_name="人员", related_name="accounts")
    is_active = models.BooleanField("启用", default=True)
    must_change_password = models.BooleanField("下次登录须改密码", default=False)

    objects = UserManager()
    history = HistoricalRecords(excluded_fields=["password", "last_login"])

    USERNAME_FIELD = "username"

    class Meta:
        verbose_name = verbose_name_plural = "账号"
        ordering = ["username"]

    def __str__(self) -> str:
        return self.person.name

    def get_short_name(self) -> str:
        return self.person.name

    @property
    def district_id(self) -> int:
        return self.person.district_id

    @property
    def organisation(self) -> Organisation | None:
        return self.person.organisation

    @cached_property
    def memberships(self) -> list[Membership]:
        """The roles in force today; one query for the life of this instance (one request).

        Own ones first, then those held as somebody's agent, each of which knows ``on_behalf_of``.
        """
        if not self.is_active:
            return []
        rows = Membership.objects.held_by(self.person_id, dates.today())
        found = list(rows.select_related("organisation", "person"))
        for row in found:
            row.on_behalf_of = None if row.person_id == self.person_id else row.person
        return sorted(found, key=lambda row: row.on_behalf_of is not None)

    def has(self, *roles: str) -> bool:
        """Does the person hold any of the roles today?"""
        return any(row.role in roles for row in self.memberships)

    def organisation_ids(self, *roles: str) -> set[int]:
        """The organisations in which the person holds any of the roles today."""
        return {row.organisation_id for row in self.memberships if row.role in roles}

    @property
    def is_district_staff(self) -> bool:
        return self.has(*STAFF)

    @property
    def is_staff(self) -> bool:
        """Django's word for "may enter the admin": the three administrators, nobody else."""
        return self.is_active and self.has(*ADMINISTRATORS)

    def has_perm(self, _perm: str, _obj: Any = None) -> bool:
        """Django's permission table is not used: see permissions.py of each app."""
        return False

    def has_module_perms(self, _app_label: str) -> bool:
        return self.is_staff


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


class PolicyValue(models.Model):
    """A district's own value of a policy figure, from a day on, with the document that says so."""

    district = models.ForeignKey(District, models.CASCADE, verbose_name="区县", related_name="policy_values")
    code = models.CharField("参数", max_length=50)
    value = models.CharField("取值", max_length=200)
    effective_from = models.DateField("自")
    document = models.CharField("依据文件和文号", max_length=200)

    objects = DistrictRows.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "政策参数"
        ordering = ["code", "-effective_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["district", "code", "effective_from"], name="policy_value_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.value}"


class CalendarDay(models.Model):
    """A day on which work differs from the Monday-to-Friday week: a holiday, or a 调休 working day."""

    day = models.DateField("日期", unique=True)
    is_workday = models.BooleanField("上班", default=False)
    name = models.CharField("说明", max_length=30)

    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "节假日与调休"
        ordering = ["-day"]

    def __str__(self) -> str:
        return f"{dates.chinese_date(self.day)} {self.name}"
