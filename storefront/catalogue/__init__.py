"""Oscar's catalogue, with district, craft, maker, tax facts and two languages."""
