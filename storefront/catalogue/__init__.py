"""Oscar's catalogue, with district, craft, maker, tax facts, two languages and the image library."""
