"""Opening a district for real work: itself, its bureau, its sections, and the three administrators."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Model

from jianfu.kernel import trail
from jianfu.kernel.decisions import Decision, allow, refuse, require
from jianfu.organisations.models import District, Organisation, Person, User
from jianfu.organisations.states import Kind, Role

from .people import grant_role

# 责任科室 of the form of 000 (R8).
SECTIONS = (
    "督导室", "办公室", "基教科", "体卫艺科", "机关支部", "教育信息技术与服务中心",
    "组织人事科", "财务科", "审计科",
)  # fmt: skip
SECONDMENTS = "组织人事科"
# Paths beside the districts' public pages: the staff's own, and the list of inspections.
RESERVED_CODES = frozenset({"inspections", "office"})

_CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,29}")
LONGEST_NAME = 50

# Suffix of the user name → role. 三员: three people, none of whom does business.
ADMINISTRATORS = {
    "system": Role.SYSTEM_ADMINISTRATOR,
    "security": Role.SECURITY_ADMINISTRATOR,
    "audit": Role.AUDITOR,
}


@dataclass(frozen=True)
class Opened:
    """The district, and the only time that the passwords are seen: (user name, password, role)."""

    district: District
    accounts: tuple[tuple[str, str, Role], ...]


def open_district(
    *,
    code: str,
    name: str,
    bureau: str = "",
    region: str = "",
    phone: str = "",
    email: str = "",
    hours: str = "",
    address: str = "",
    with_sections: bool = False,
    is_city: bool = False,
) -> Opened:
    """A new district with an account for each administrator, who must change the password. All or nothing.

    Raises `Refused` where the code or name is taken or cannot be used.
    """
    with transaction.atomic():
        require(_usable(code, name))
        reached = {"contact_phone": phone, "contact_email": email, "contact_hours": hours}
        district = District(
            code=code, name=name, region=region, is_city=is_city, contact_address=address, **reached
        )
        require(_fits(district))
        district.save()
        home = Organisation(district=district, kind=Kind.BUREAU, name=bureau or f"{name}教育委员会")
        require(_fits(home))
        home.save()
        if with_sections:
            _add_sections(district, home)
        accounts = tuple(_administrator(home, suffix, role) for suffix, role in ADMINISTRATORS.items())
        trail.record(action="organisations.open_district", target=district, destination=code)
    return Opened(district, accounts)


def _fits(row: Model) -> Decision:
    """Nothing is longer than its column: one database would cut it off, another break."""
    decision = allow()
    for field in row._meta.concrete_fields:
        length, limit = len(str(getattr(row, field.attname) or "")), field.max_length
        if limit and length > limit:
            decision &= refuse(f"{field.verbose_name}最多 {limit} 字，现在是 {length} 字")
    return decision


def _usable(code: str, name: str) -> Decision:
    """The code stands in public addresses and in the administrators' user names."""
    if not _CODE.fullmatch(code):
        return refuse(f"代码“{code}”不能用：只用小写字母、数字和短横，最多 30 个，如 hechuan")
    if code in RESERVED_CODES:
        return refuse(f"代码“{code}”留给内部页面，请换一个")
    if not 1 <= len(name) <= LONGEST_NAME:
        return refuse(f"名称要有 1 至 {LONGEST_NAME} 字，现在是 {len(name)} 字")
    if District.objects.filter(code=code).exists():
        return refuse(f"代码“{code}”已有区县在用，请换一个")
    if District.objects.filter(name=name).exists():
        return refuse(f"名称“{name}”已经开通，不用再开")
    return allow()


def _add_sections(district: District, home: Organisation) -> None:
    for position, title in enumerate(SECTIONS, start=1):
        Organisation.objects.create(
            district=district,
            kind=Kind.SECTION,
            name=title,
            parent=home,
            position=position,
            handles_secondments=title == SECONDMENTS,
        )


def _administrator(home: Organisation, suffix: str, role: Role) -> tuple[str, str, Role]:
    """The person carries the role's name until the security administrator enters who it is."""
    person = Person.objects.create(district=home.district, name=role.label, organisation=home)
    grant_role(person=person, organisation=home, role=role, by=None)
    username, password = f"{home.district.code}-{suffix}", secrets.token_urlsafe(12)
    user = User.objects.create_user(username, password, person=person)
    user.must_change_password = True
    user.save()
    return username, password, role
