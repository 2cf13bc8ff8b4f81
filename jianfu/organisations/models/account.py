"""Accounts: by which a person enters, and what the person may do today."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models

from jianfu.kernel import dates
from jianfu.kernel.history import HistoricalRecords
from jianfu.organisations.querysets import Users
from jianfu.organisations.states import ADMINISTRATORS, STAFF, Role

from .membership import Membership
from .organisation import Organisation
from .person import Person


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
    def is_city_office(self) -> bool:
        """Reads what the districts of the same region filed; in a district the role alone opens nothing."""
        return self.has(Role.CITY_OFFICE) and self.person.district.is_city

    @property
    def is_staff(self) -> bool:
        """Django's word for "may enter the admin": the three administrators, nobody else."""
        return self.is_active and self.has(*ADMINISTRATORS)

    def has_perm(self, _perm: str, _obj: Any = None) -> bool:
        """Django's permission table is not used: see permissions.py of each app."""
        return False

    def has_module_perms(self, _app_label: str) -> bool:
        return self.is_staff
