"""The only clock: now, and today in India."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

INDIA = ZoneInfo("Asia/Kolkata")


def now() -> datetime:
    """Return the present moment, aware of its zone."""
    return timezone.now()


def today() -> date:
    """Return the day it is in India."""
    return now().astimezone(INDIA).date()


def clock_text(moment: datetime) -> str:
    """Return the time of day in India, for people: 14:05."""
    return f"{moment.astimezone(INDIA):%H:%M}"
