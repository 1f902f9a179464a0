"""The pages: Wagtail keeps the words; it reads the shop and never writes to it."""
