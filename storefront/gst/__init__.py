"""Goods and services tax on one line, in plain Python."""
