"""Small true things to test with: a district, its organisations, and one person with an account per role."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from typing import Any

from jianfu.organisations.models import District, Organisation, Person, User
from jianfu.organisations.services import grant_role
from jianfu.organisations.states import Kind, Role, SchoolStage

_serial = count(1)

# Where each role sits in the small district.
_SEATS = {
    Role.APPLICANT: "department",
    Role.EXPERT: "panel",
    Role.FIRST_REVIEWER: "section",
    Role.LEADER: "leading_group",
    Role.PARTY_OFFICE: "party_office",
    Role.GOVERNMENT_OFFICE: "government_office",
    Role.COMMITTEE: "committee",
    Role.PUBLICATION_CLERK: "leading_group",
    Role.SECTION_CLERK: "section",
    Role.LEDGER_OFFICE: "office",
    Role.SCHOOL: "school",
    Role.COMPLAINT_HANDLER: "bureau",
    Role.SYSTEM_ADMINISTRATOR: "bureau",
    Role.SECURITY_ADMINISTRATOR: "bureau",
    Role.AUDITOR: "bureau",
    Role.CITY_OFFICE: "bureau",
}


@dataclass
class World:
    """``world.user(Role.LEADER)`` is the leader's account, made when first asked for."""

    district: District
    places: dict[str, Organisation]
    users: dict[str, User] = field(default_factory=dict)

    def place(self, name: str) -> Organisation:
        return self.places[name]

    def user(self, role: Role, *, place: str = "", key: str = "") -> User:
        """One account per role; another ``key`` is another person in that role."""
        name = key or role
        if name not in self.users:
            organisation = self.places[place or _SEATS[role]]
            # Experts come from units of their own; the panel itself is nobody's employer.
            home = self.places["university"] if role == Role.EXPERT and not place else organisation
            person = add_person(self.district, organisation=home)
            grant_role(person=person, organisation=organisation, role=role, by=None)
            self.users[name] = add_account(person)
        return self.users[name]


def add_person(district: District, *, name: str = "", organisation: Any = None) -> Person:
    return Person.objects.create(
        district=district,
        name=name or f"张喆{next(_serial)}",
        organisation=organisation,
        phone="023-55550101",
    )


def add_account(person: Person) -> User:
    return User.objects.create_user(f"user{next(_serial)}", "correct-horse-9", person=person)


def build_world(code: str = "yunling", name: str = "云岭区") -> World:
    district = District.objects.create(
        code=code, name=name, contact_phone="023-55550000", contact_email="jianfu@example.cn"
    )

    def place(kind: Kind, title: str, **more: Any) -> Organisation:
        return Organisation.objects.create(district=district, kind=kind, name=title, **more)

    bureau = place(Kind.BUREAU, f"{name}教育委员会")
    places = {
        "bureau": bureau,
        "section": place(Kind.SECTION, "基教科", parent=bureau),
        "other_section": place(Kind.SECTION, "体卫艺科", parent=bureau),
        "office": place(Kind.SECTION, "办公室", parent=bureau),
        "personnel": place(Kind.SECTION, "组织人事科", parent=bureau, handles_secondments=True),
        "supervision": place(Kind.SECTION, "督导室", parent=bureau),
        "school": place(Kind.SCHOOL, "实验小学", stage=SchoolStage.PRIMARY),
        "other_school": place(Kind.SCHOOL, "长坝中学", stage=SchoolStage.JUNIOR),
        "department": place(Kind.DEPARTMENT, "区消防救援支队"),
        "other_department": place(Kind.DEPARTMENT, "区公安分局"),
        "party_office": place(Kind.DEPARTMENT, "区委办公室"),
        "government_office": place(Kind.DEPARTMENT, "区政府办公室"),
        "committee": place(Kind.DEPARTMENT, "区委督查室"),
        "university": place(Kind.DEPARTMENT, "师范学院"),
        "leading_group": place(Kind.LEADING_GROUP, "区委教育工作领导小组"),
        "panel": place(Kind.PANEL, "社会事务进校园专家委员会"),
    }
    return World(district, places)
