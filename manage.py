#!/usr/bin/env python
"""Run a management command, with the embedded PostgreSQL up for as long as it takes."""

import os
import sys

# These touch no database, so they start none.
WITHOUT_DATABASE = {"help", "version", "--help", "--version", "up", "collectstatic"}


def main() -> None:
    """Run the command that was asked for."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "storefront.config.settings")
    from django.core.management import execute_from_command_line

    command = sys.argv[1] if len(sys.argv) > 1 else "help"
    if command in WITHOUT_DATABASE:
        execute_from_command_line(sys.argv)
        return
    from storefront.config.database import available
    from storefront.config.embedded import EmbeddedError

    try:
        with available():
            execute_from_command_line(sys.argv)
    except EmbeddedError as error:
        sys.exit(f"Zila cannot start: {error}")


if __name__ == "__main__":
    main()
