"""Oscar's partner (we say seller), with tax identity and stock that cannot be oversold."""
