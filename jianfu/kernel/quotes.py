"""Titles in Chinese quotation marks."""


def quoted(title: object) -> str:
    """In quotation marks; those inside become single ones (GB/T 15834)."""
    return f"“{str(title).replace('“', '‘').replace('”', '’')}”"
