"""Forms of this app; a module a noun."""
