"""Packing, sending and what happens at the buyer's door: the only code that moves parcels."""

from storefront.fulfilment.services.door import collect, take_back
from storefront.fulfilment.services.parcels import (
    NotNow,
    ParcelRefused,
    close,
    deliver,
    pack,
    ship,
)

__all__ = ["NotNow", "ParcelRefused", "close", "collect", "deliver", "pack", "ship", "take_back"]
