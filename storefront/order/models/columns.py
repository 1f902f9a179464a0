"""Columns for amounts and rates."""

from decimal import Decimal

from django.db import models


def percent() -> "models.DecimalField[Decimal | int, Decimal]":
    """Return a column for a rate in per cent, none at first."""
    return models.DecimalField(max_digits=5, decimal_places=2, default=0)


def rupees(verbose_name: str | None = None) -> "models.DecimalField[Decimal | int, Decimal]":
    """Return a column for an amount in rupees, none at first."""
    return models.DecimalField(verbose_name, max_digits=12, decimal_places=2, default=0)
