"""What holds of every kind of page."""
