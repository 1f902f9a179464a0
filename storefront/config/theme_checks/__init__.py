"""What can be wrong with a theme or a skin, found before a buyer does: `manage.py check_themes`."""
