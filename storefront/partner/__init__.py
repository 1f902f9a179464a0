"""Oscar's partner (we say seller), with tax identity, home district and stock that cannot be oversold."""
