"""Files that nobody is to find at the address they had."""

import logging
import secrets
from functools import partial
from pathlib import PurePath
from typing import Any

from django.core.files import File
from django.db import transaction

logger = logging.getLogger(__name__)


def hide(file: Any) -> None:
    """
    Give the file of a model's field a name that nobody knows; whoever calls this saves the field.

    Nothing is at the old address once the transaction is through. A file that is lost stays so.
    """
    old, storage = file.name, file.storage
    if not storage.exists(old):
        return
    with storage.open(old) as content:
        file.save(f"{secrets.token_hex(16)}{PurePath(old).suffix}", File(content), save=False)
    transaction.on_commit(partial(storage.delete, old))
    logger.info("off show: %s", storage.url(old))
