"""Each block of a story: for readers, in the editors' preview, and as JSON."""
