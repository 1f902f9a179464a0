"""Where things come from and go to: districts, crafts, states and PIN codes."""
