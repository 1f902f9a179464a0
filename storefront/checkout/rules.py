"""Days by which a seller sends a parcel."""

from datetime import date, timedelta

READY_STOCK_DAYS = 2
SUNDAY = 6


def dispatch_by(today: date, *, lead_days: int) -> date:
    """Return the day a seller promises to send by: two working days, or the making time."""
    if lead_days:
        return today + timedelta(days=lead_days)
    day, left = today, READY_STOCK_DAYS
    while left:
        day += timedelta(days=1)
        left -= day.weekday() != SUNDAY
    return day
