"""What is asked beside the aggregates over a register's rows, in one query: it hangs on no row of theirs."""

from __future__ import annotations

from django.db.models import Exists, Subquery


class AnyOf(Exists):
    """Whether there is one of some rows. Nothing is counted for it: the first row that is found will do.

    A register that began later says nothing of a year, and no rows are not the number 0.
    """

    contains_aggregate = True


class OneOf(Subquery):
    """The value of the one row that is asked for; None where there is none."""

    contains_aggregate = True
