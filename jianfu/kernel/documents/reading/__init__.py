"""Files from outside (.xlsx, .docx tables, .csv) as plain cells, read in a process of its own with limits.

book = reading.read(file, "台账.xlsx")       # FileRefused: one Chinese sentence for a person
for sheet in book.shown: sheet.text(3, 2), sheet.cell(3, 2), sheet.merged, sheet.comments
values.whole(sheet.cell(3, 2), unit="项")    # values.Unreadable: what is wrong with the cell, and the remedy
"""

from .cells import Book, Cell, FileRefused, Merged, Sheet, letter
from .limits import DEFAULT, Limits
from .process import read

__all__ = ["DEFAULT", "Book", "Cell", "FileRefused", "Limits", "Merged", "Sheet", "letter", "read"]
