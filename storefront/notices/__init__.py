"""Letters to people, sent in the background after the change is saved."""
