"""Small files in var/ that the launcher reads at its next start, however the last one ended."""

import json
from pathlib import Path
from typing import Any


def read_notes(file: Path) -> dict[str, Any]:
    """Return what the file holds; nothing, if it is missing or a power cut has emptied it."""
    try:
        kept = json.loads(file.read_bytes())
    except (FileNotFoundError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}


def write_notes(file: Path, notes: dict[str, Any]) -> None:
    """Write the file; a killed start leaves the old one or the new one, nothing half."""
    fresh = file.with_suffix(".new")
    fresh.write_text(json.dumps(notes, indent=1))
    fresh.replace(file)
