"""`make run`: everything the shop needs, started in order, watched, and stopped together."""
