"""The shop's money under random schedules and crashes, with the real services and PostgreSQL."""
