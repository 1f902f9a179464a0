"""What payments can be told from the command line."""
