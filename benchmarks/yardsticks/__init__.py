"""What the machine can do at most: a view that does nothing, and a file."""
