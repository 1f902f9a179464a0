"""Makers, sellers and products for tests, made by the shop's own services."""
