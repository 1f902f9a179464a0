"""What is asked of the index and of the vocabulary."""

from storefront.search.queries.results import NOTHING, Found, find
from storefront.search.queries.suggestions import suggested
from storefront.search.queries.terms import vocabulary

__all__ = ["NOTHING", "Found", "find", "suggested", "vocabulary"]
