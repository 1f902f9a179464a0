"""Oscar's order, with seller orders, frozen tax per line and an unguessable link."""
