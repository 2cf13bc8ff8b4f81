"""监测分析: one question a table, the answer in its title; the same tables are the page and the workbooks.

Every row comes through ``visible_to``; each table costs the same queries however many rows there are.
"""

from .tables import Bar, Line, Table
from .year import TABLES, dashboard

__all__ = ["TABLES", "Bar", "Line", "Table", "dashboard"]
