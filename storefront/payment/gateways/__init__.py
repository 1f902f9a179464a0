"""The ways money can come in; each a module behind one protocol."""
