"""What leaves the ledger as a file. One module per noun."""
