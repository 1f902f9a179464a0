"""Django's connection to PostgreSQL, which need not prove that it lives between two requests."""

import time
from typing import Any

from django.db.backends.postgresql import base

# If the server was started again within so short a time, one request fails as those do that
# were under way; Django then connects anew.
TRUSTED_SECONDS = 1.0


class DatabaseWrapper(base.DatabaseWrapper):
    """
    Django's own, without a `SELECT 1` ahead of a request that follows closely on another.

    On a busy shop these were a fifteenth of what a page costs.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._answered_at = 0.0

    def close_if_unusable_or_obsolete(self) -> None:
        """Note when a request ends that used the connection: Django calls this around each."""
        if self.health_check_done and not self.errors_occurred:
            self._answered_at = time.monotonic()
        super().close_if_unusable_or_obsolete()

    def close_if_health_check_failed(self) -> None:
        """Ask whether the server still answers, unless it did just now."""
        if time.monotonic() - self._answered_at < TRUSTED_SECONDS:
            self.health_check_done = True
        super().close_if_health_check_failed()
