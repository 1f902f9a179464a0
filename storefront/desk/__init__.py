"""The seller desk: the own part of orders, stock and prices, on a phone."""
