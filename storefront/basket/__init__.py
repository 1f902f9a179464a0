"""Oscar's basket, with an unguessable token and a version."""
