"""What people would like to have: wish lists, and letters when a piece is back."""
