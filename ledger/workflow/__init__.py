"""The tables of the ledger app, and nothing else."""

from .form import LEDGER, ROW
from .intake import INTAKE
from .problem import PROBLEM

__all__ = ["INTAKE", "LEDGER", "PROBLEM", "ROW"]
