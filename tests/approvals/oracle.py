"""What the sources allow on each road, written from them and not from the tables of approvals/workflow."""

from __future__ import annotations

from approvals.states import Road
from jianfu.organisations.states import Role

APPLICANT, OFFICE, REVIEWER, LEADER = "applicant", "office", "reviewer", "leader"
PARTY, GOVERNMENT, SCHOOL, EXPERT = "party_office", "government_office", "school", "expert"
# The part that a role plays; what the office does excludes nothing.
PARTS = {
    Role.APPLICANT: APPLICANT,
    Role.PUBLICATION_CLERK: OFFICE,
    Role.FIRST_REVIEWER: REVIEWER,
    Role.LEADER: LEADER,
    Role.COMMITTEE: LEADER,
    Role.PARTY_OFFICE: PARTY,
    Role.GOVERNMENT_OFFICE: GOVERNMENT,
    Role.SCHOOL: SCHOOL,
}
_ARGUED = (
    ("submit", Role.APPLICANT),
    ("conclude", Role.PUBLICATION_CLERK),
    ("pass_review", Role.FIRST_REVIEWER),
    ("approve", Role.LEADER),
    ("file", Role.PUBLICATION_CLERK),
    ("publish", Role.PUBLICATION_CLERK),
)
# The order of each road as the sources tell it. A set is taken in either order.
ORDER = {
    Road.CAMPUS_ANNUAL: _ARGUED,
    Road.CAMPUS_SINGLE: _ARGUED,
    Road.CAMPUS_URGENT: (_ARGUED[0], *_ARGUED[2:]),
    Road.CAMPUS_EXEMPT: (_ARGUED[0], ("register", Role.PUBLICATION_CLERK), _ARGUED[-1]),
    Road.INSPECTION_PLAN: (_ARGUED[0], ("consent", Role.FIRST_REVIEWER)),
    Road.INSPECTION_SINGLE: (
        _ARGUED[0],
        ("consent", Role.FIRST_REVIEWER),
        {("party_review", Role.PARTY_OFFICE), ("government_review", Role.GOVERNMENT_OFFICE)},
        ("approve_item", Role.COMMITTEE),
        ("announce", Role.PUBLICATION_CLERK),
        ("record", Role.PUBLICATION_CLERK),
    ),
    Road.SURVEY: (_ARGUED[0], ("agree", Role.FIRST_REVIEWER)),
    Road.SECONDMENT_SHORT: (_ARGUED[0], ("agree", Role.FIRST_REVIEWER)),
    Road.SECONDMENT: (
        _ARGUED[0],
        ("school_agree", Role.SCHOOL),
        ("agree", Role.FIRST_REVIEWER),
        ("lend", Role.COMMITTEE),
        ("end", Role.SCHOOL),
    ),
}


def flat(step):
    return [step] if isinstance(step, tuple) else sorted(step)


# After which step nobody judges any more: no return, no refusal, no merger, no withdrawal.
LAST_JUDGED = {
    Road.CAMPUS_ANNUAL: "approve", Road.CAMPUS_SINGLE: "approve", Road.CAMPUS_URGENT: "approve",
    Road.CAMPUS_EXEMPT: "register", Road.INSPECTION_PLAN: "approve_in_plan",
    Road.INSPECTION_SINGLE: "approve_item", Road.SURVEY: "agree", Road.SECONDMENT_SHORT: "agree",
    Road.SECONDMENT: "lend",
}  # fmt: skip
UNREFUSABLE = {(Road.CAMPUS_ANNUAL, "conclude"), (Road.CAMPUS_SINGLE, "conclude")}  # experts do not reject
ALTERNATIVE = {"answer_from_data": "agree"}
NAMES = sorted(
    {
        "return_", "reject", "merge", "withdraw", "consent_directly", "answer_from_data", "renewed",
        "approve_in_plan", "announce_in_plan", "record_in_plan",
        *(name for order in ORDER.values() for step in order for name, _ in flat(step)),
    }
)  # fmt: skip


class Oracle:
    """What the sources allow, with the least memory that it takes."""

    def __init__(self, road):
        self.road, self.place, self.taken, self.ended = road, 0, set(), ""
        self.parts: dict[int, set[str]] = {}
        self.returned, self.opinions = False, 0

    def due(self):
        """The steps that may come next, by name."""
        order = ORDER[self.road]
        if self.ended or self.place >= len(order):
            return {}
        return {name: role for name, role in flat(order[self.place]) if name not in self.taken}

    def judged(self):
        """Handed in, and not yet past the last step that judges."""
        if self.ended or not self.place:
            return False
        names = [name for step in ORDER[self.road] for name, _ in flat(step)]
        last = LAST_JUDGED[self.road]
        due = self.due()
        if not due:  # arrived, or in the hands of its plan
            return last not in names
        return last not in names or names.index(last) >= min(names.index(name) for name in due)

    def others(self, person, part):
        return self.parts.get(person.pk, set()) - {part, OFFICE}

    def free(self, person, role):
        part = PARTS[role]
        return part == OFFICE or not self.others(person, part)

    def allows(self, name, person):
        roles = person.roles
        if name == "withdraw":
            return (self.judged() or self.returned) and Role.APPLICANT in roles
        if name in {"return_", "reject", "merge"}:
            return self.allows_no(name, person)
        due = self.due()
        wanted = ALTERNATIVE.get(name, name) if self.road == Road.SURVEY else name
        if wanted not in due or due[wanted] not in roles:
            return False
        if name == "conclude" and self.opinions < 3:
            return False
        return name == "end" or self.free(person, due[wanted])

    def allows_no(self, name, person):
        if not self.judged():
            return False
        due = self.due() or {"approve_in_plan": Role.PUBLICATION_CLERK}
        if name == "reject" and any((self.road, step) in UNREFUSABLE for step in due):
            return False
        held = [role for role in due.values() if role in person.roles]
        return any(self.free(person, role) for role in held)

    def take(self, name, person):
        name = ALTERNATIVE.get(name, name)
        if name in {"withdraw", "reject", "merge"}:
            self.ended = name
        role = {"withdraw": Role.APPLICANT}.get(name) or self.due().get(name)
        if name in {"return_", "reject", "merge"}:
            self._played_by_its_holder(person)
        elif role:
            self.parts.setdefault(person.pk, set()).add(PARTS[role])
        self._move(name)

    def _played_by_its_holder(self, person):
        """The first role of the step that the person holds: what the record names."""
        due = self.due() or {"approve_in_plan": Role.PUBLICATION_CLERK}
        order = (Role.PARTY_OFFICE, Role.GOVERNMENT_OFFICE)
        held = [role for role in (*order, *due.values()) if role in due.values() and role in person.roles]
        self.parts.setdefault(person.pk, set()).add(PARTS[held[0]])

    def _move(self, name):
        self.returned = name == "return_"
        if name == "return_":
            self.place, self.taken, self.opinions = 0, set(), 0
        elif not self.ended:
            self.taken.add(name)
            if not self.due():
                self.place, self.taken = self.place + 1, set()
