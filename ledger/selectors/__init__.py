"""What other apps and pages may read of the ledger."""
