"""Packing, sending and what happens at the buyer's door: the only code that moves parcels."""

from storefront.fulfilment.services.arriving import count_as_arrived, say_arrived
from storefront.fulfilment.services.door import collect, take_back
from storefront.fulfilment.services.parcels import (
    NotNow,
    ParcelRefused,
    close,
    deliver,
    pack,
    ship,
)

__all__ = [
    "NotNow",
    "ParcelRefused",
    "close",
    "collect",
    "count_as_arrived",
    "deliver",
    "pack",
    "say_arrived",
    "ship",
    "take_back",
]
