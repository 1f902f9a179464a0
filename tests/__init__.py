"""The shop's tests; the folders mirror the code."""
