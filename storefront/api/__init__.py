"""The shop as JSON for any other front end."""
