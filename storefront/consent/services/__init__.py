"""Writing into the ledger, and letting the shop follow it."""

from storefront.consent.services.following import follow_all
from storefront.consent.services.ledger import (
    NothingToWithdraw,
    Terms,
    agree,
    make_up,
    withdraw,
)
from storefront.consent.services.papers import PaperRefused, add_paper
from storefront.consent.services.people import PersonFacts, add_person, enter
from storefront.consent.services.showing import follow

__all__ = [
    "NothingToWithdraw",
    "PaperRefused",
    "PersonFacts",
    "Terms",
    "add_paper",
    "add_person",
    "agree",
    "enter",
    "follow",
    "follow_all",
    "make_up",
    "withdraw",
]
