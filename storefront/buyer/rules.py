"""How many addresses one person keeps."""

MOST_ADDRESSES = 20
