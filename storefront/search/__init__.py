"""Oscar's search, with Haystack taken out: products, makers and stories in one index."""
