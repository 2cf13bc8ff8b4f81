"""Registers read back in from files. One module per noun."""
