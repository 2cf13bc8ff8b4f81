"""A decision is truthy, or it holds every reason why not, in words a person can act on.

The same object disables a button and becomes its tooltip, the form error, the 403 page and the
expectation of a test; a refusal is never re-worded on its way to the screen.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from .clauses import worded


@dataclass(frozen=True)
class Refusal:
    """One reason: what is wrong, the limit, and what to do next.

    ``code`` is the rule's code (``R-CAM-03``), ``clause`` the place in the source document; both are
    printed behind the sentence when given, so that a refusal can be looked up.
    """

    message: str
    code: str = ""
    clause: str = ""

    def __str__(self) -> str:
        reference = "，".join(part for part in (self.code, worded(self.clause)) if part)
        return f"{self.message}（{reference}）" if reference else self.message

    def about(self, what: str) -> Refusal:
        """The same reason, led by which of several things it is about."""
        return replace(self, message=f"{what}：{self.message}")


class Decision:
    """Yes, or every reason why not. ``a & b`` collects the reasons of both."""

    __slots__ = ("refusals",)

    def __init__(self, *refusals: Refusal) -> None:
        self.refusals = refusals

    def __bool__(self) -> bool:
        return not self.refusals

    def __and__(self, other: Decision) -> Decision:
        seen = dict.fromkeys((*self.refusals, *other.refusals))
        return Decision(*seen)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Decision) and self.refusals == other.refusals

    def __hash__(self) -> int:
        return hash(self.refusals)

    def __repr__(self) -> str:
        return f"Decision({self.text or '是'})"

    def about(self, what: str) -> Decision:
        """Every reason led by what it is about (``第 3 项``), where one act concerns several things."""
        return Decision(*(refusal.about(what) for refusal in self.refusals))

    @property
    def reasons(self) -> list[str]:
        return [str(refusal) for refusal in self.refusals]

    @property
    def text(self) -> str:
        return "".join(reason if reason.endswith("。") else f"{reason}。" for reason in self.reasons)


class Refused(Exception):  # noqa: N818 - the word of the field: a service refuses, it does not err
    """Raised by services and ``Workflow.perform``; carries the whole decision."""

    def __init__(self, decision: Decision) -> None:
        self.decision = decision
        super().__init__(decision.text)


class Conflicted(Refused):
    """Somebody else was faster: the row changed since the person looked at it."""


def allow() -> Decision:
    return Decision()


def refuse(message: str, code: str = "", clause: str = "") -> Decision:
    return Decision(Refusal(message, code, clause))


def require(decision: Decision) -> None:
    """Raise `Refused` unless the decision is yes."""
    if not decision:
        raise Refused(decision)
