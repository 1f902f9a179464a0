"""Oscar's checkout, replaced: place the order first, then take the money."""
