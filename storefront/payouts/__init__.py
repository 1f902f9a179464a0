"""Paying sellers: what can be paid, batches that two persons see, what the bank did."""
