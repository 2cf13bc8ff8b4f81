"""Statistics of a year's applications: what was asked for, what became of it, where it took how long.

Every figure carries its definition; the same tables are the page, its charts and the workbook.
"""

from .tables import TABLES, Table, tables_of

__all__ = ["TABLES", "Table", "tables_of"]
