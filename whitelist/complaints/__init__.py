"""What complaints stand on besides the layers: figures, kinship, receipts, sealing, papers, statistics."""
