"""Zila as one of the two shops: how it is filled, what is asked of it, how one buys in it."""
