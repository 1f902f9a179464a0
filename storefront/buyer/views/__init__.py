"""The account's own pages."""

from storefront.buyer.views.addresses import address_form, addresses, delete_address, make_usual
from storefront.buyer.views.data import data, erase
from storefront.buyer.views.home import account, order_again, orders
from storefront.buyer.views.letters import letters

__all__ = [
    "account",
    "address_form",
    "addresses",
    "data",
    "delete_address",
    "erase",
    "letters",
    "make_usual",
    "order_again",
    "orders",
]
