"""The ways to pay; each a module behind one protocol."""
