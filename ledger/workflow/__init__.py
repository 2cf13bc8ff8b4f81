"""The tables of the ledger app, and nothing else."""

from .form import LEDGER, ROW
from .problem import PROBLEM

__all__ = ["LEDGER", "PROBLEM", "ROW"]
