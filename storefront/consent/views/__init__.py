"""The ledger in the editors' back office."""
