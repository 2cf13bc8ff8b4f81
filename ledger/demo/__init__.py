"""The ledger's part of the demonstration district, one module per noun."""
