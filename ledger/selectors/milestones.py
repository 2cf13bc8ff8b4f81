"""Where the year stands in its dated plan: ticked by a person, proven by records, open or late."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from approvals.selectors import cleaned_up_plan, published_plans
from jianfu.kernel.calendar import Remaining
from jianfu.kernel.dates import chinese_date
from jianfu.organisations import selectors as organisations
from ledger.models import Ledger, LedgerRow, Milestone
from ledger.states import REPORTED
from whitelist.selectors import first_release


@dataclass(frozen=True)
class Proof:
    """A record that shows the thing done: which, when where that is known, and its page."""

    words: str
    on: date | None
    url: str


def _published_list(ledger: Ledger) -> Proof | None:
    plan = published_plans(ledger.district_id).filter(year=ledger.year).first()
    return Proof(f"{plan}已公布", plan.published_on, plan.get_absolute_url()) if plan else None


def _cleaned_up(ledger: Ledger) -> Proof | None:
    found = cleaned_up_plan(ledger.district_id, ledger.year)
    if found is None:
        return None
    plan, count, cleaned_on = found
    return Proof(f"{plan}：上年 {count} 项都有清理意见", cleaned_on, plan.get_absolute_url())


def _secondments_checked(ledger: Ledger) -> Proof | None:
    """The rows of the self-check are reported: a person has answered for them."""
    rows = LedgerRow.objects.filter(ledger=ledger, milestones__code="secondments").order_by("number")
    found = list(rows)
    if not found or any(row.state not in REPORTED for row in found):
        return None
    numbers = "、".join(str(row.number) for row in found)
    return Proof(f"第 {numbers} 项已填报", None, found[0].get_absolute_url())


def _listed(ledger: Ledger) -> Proof | None:
    release = first_release(ledger.district_id, ledger.year)
    if release is None:
        return None
    return Proof(f"{release}已公布", release.published_on, reverse("whitelist:public_list"))


PROOFS: dict[str, Callable[[Ledger], Proof | None]] = {
    "inspection-list": _published_list,
    "clean-up": _cleaned_up,
    "secondments": _secondments_checked,
    "whitelist": _listed,
}


@dataclass(frozen=True)
class Standing:
    """A milestone on a day."""

    milestone: Milestone
    proof: Proof | None
    remaining: Remaining | None

    @property
    def is_done(self) -> bool:
        return self.milestone.done_on is not None or self.proof is not None

    @property
    def done_on(self) -> date | None:
        return self.milestone.done_on or (self.proof.on if self.proof else None)

    @property
    def words(self) -> str:
        """2026年8月18日，黄海燕登记, without a name where the records prove it. Late is said."""
        if self.done_on is None:
            return ""
        day = chinese_date(self.done_on)
        late = self.done_on > self.milestone.due_on
        by = f"，{self.milestone.done_by}登记" if self.milestone.done_on else ""
        return day + (f"，晚于{chinese_date(self.milestone.due_on)}" if late else "") + by


def standings(milestones: Iterable[Milestone], on: date) -> list[Standing]:
    """Each with what proves it; a register is asked only for what no person has ticked."""
    work = organisations.work_calendar()
    return [_standing(milestone, on, work) for milestone in milestones]


def _standing(milestone: Milestone, on: date, work: Any) -> Standing:
    ask = PROOFS.get(milestone.code) if milestone.done_on is None else None
    proof = ask(milestone.ledger) if ask else None
    done = proof is not None or milestone.done_on is not None
    return Standing(milestone, proof, None if done else work.remaining(milestone.due_on, on))


def plan_of(ledger: Ledger, user: Any, on: date) -> list[Standing]:
    """The whole plan of the year, by day."""
    return standings(Milestone.objects.visible_to(user).filter(ledger=ledger).for_list(), on)


def waiting(user: Any, on: date) -> list[Standing]:
    """What the office has to see to: near or late, and proven by nothing."""
    near = Milestone.objects.waiting_for(user, on).select_related("ledger__district")
    return [standing for standing in standings(near, on) if not standing.is_done]


def following(plan: Iterable[Standing]) -> Standing | None:
    """The one that is next, or the longest overdue."""
    return next((standing for standing in plan if not standing.is_done), None)
