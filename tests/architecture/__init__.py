"""The shape of the house, checked: budgets, words, directions (design.md §2, contract of the team)."""
