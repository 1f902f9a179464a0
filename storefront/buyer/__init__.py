"""What is a buyer's own: the account's pages, addresses, consent and their data."""
