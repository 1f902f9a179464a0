"""
Oscar's two lists without a search server.

Its own views of them are Haystack's, and with the `simple` backend, the one that needs no server,
they show nothing at all. These ask the database instead, with Oscar's own queryset, and show
Oscar's own templates.
"""

from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.views.generic import ListView
from oscar.apps.catalogue.models import Category as CategoryModel
from oscar.apps.catalogue.models import Product


class AllProducts(ListView):
    """The whole catalogue, newest first; Oscar's home page."""

    template_name = "oscar/catalogue/browse.html"
    paginate_by = settings.OSCAR_PRODUCTS_PER_PAGE

    def get_queryset(self) -> QuerySet[Product]:
        """Return what may be browsed."""
        return Product.objects.browsable().order_by("-date_created", "-pk")

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """Add the products, as search results are: each with its product inside."""
        context = super().get_context_data(**more)
        loaded = self.loaded([product.pk for product in context["object_list"]])
        products = [SimpleNamespace(object=product) for product in loaded]
        return context | {"products": products, "summary": "All products"}

    def loaded(self, numbers: list[int]) -> Iterable[Product]:
        """Load the products one by one, as Haystack does for Oscar, whatever the backend."""
        whole = Product.objects.browsable().base_queryset()
        return (whole.get(pk=number) for number in numbers)


class Category(AllProducts):
    """A category with those below it."""

    template_name = "oscar/catalogue/category.html"

    @cached_property
    def category(self) -> CategoryModel:
        """Return the category asked for."""
        return get_object_or_404(CategoryModel, pk=self.kwargs["pk"])

    def get_queryset(self) -> QuerySet[Product]:
        """Return the products of the category."""
        categories = self.category.get_descendants_and_self()
        return super().get_queryset().filter(categories__in=categories).distinct()

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """Add the category."""
        return super().get_context_data(**more) | {"category": self.category}


class CategoryAtOnce(Category):
    """The same as a site would have it that found the slow place: all products in one go."""

    def loaded(self, numbers: list[int]) -> Iterable[Product]:
        """Load all products together."""
        found = Product.objects.browsable().base_queryset().in_bulk(numbers)
        return [found[number] for number in numbers]
