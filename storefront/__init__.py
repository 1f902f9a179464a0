"""The shop: one package per chapter of the business, read from the bottom up."""
