"""What is asked of the index and of the vocabulary."""

from storefront.search.queries.products import RANKED
from storefront.search.queries.results import NOTHING, Found, find
from storefront.search.queries.suggestions import Suggested, suggested
from storefront.search.queries.terms import vocabulary

__all__ = ["NOTHING", "RANKED", "Found", "Suggested", "find", "suggested", "vocabulary"]
