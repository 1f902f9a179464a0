"""One index more on the library's table."""
