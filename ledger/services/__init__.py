"""The writers of this app; a module a noun."""
