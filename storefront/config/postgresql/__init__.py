"""Django's database backend for PostgreSQL, with one habit of our own (see `base`)."""
