"""How many pieces there are, and who was promised how many."""
