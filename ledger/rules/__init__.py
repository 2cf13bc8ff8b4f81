"""Citable policy rules: plain values in, sentences out. One module per noun."""
