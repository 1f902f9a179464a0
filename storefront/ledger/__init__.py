"""The shop's books: every rupee that came, went or is owed, in double entry."""
