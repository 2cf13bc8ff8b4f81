"""Dated figures that what follows a listing is judged by, one module per noun."""
