"""How fast the shop is, beside stock Oscar, on the same machine in the same run."""
