"""Tags for the templates of all chapters."""
