"""The purchase: orders are placed, and the addresses that a person keeps for the next one."""

from storefront.checkout.services.addresses import (
    TooManyAddresses,
    delete_address,
    make_usual,
    save_address,
)
from storefront.checkout.services.placing import (
    BasketHasProblems,
    BasketIsEmpty,
    CannotDeliver,
    Placed,
    Ticket,
    TotalChanged,
    place_once,
    place_order,
)

__all__ = [
    "BasketHasProblems",
    "BasketIsEmpty",
    "CannotDeliver",
    "Placed",
    "Ticket",
    "TooManyAddresses",
    "TotalChanged",
    "delete_address",
    "make_usual",
    "place_once",
    "place_order",
    "save_address",
]
