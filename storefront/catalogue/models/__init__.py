"""Products, those who make them, and what they are chosen by."""

from storefront.catalogue.models.choices import Colour, GiRight, Material
from storefront.catalogue.models.makers import Artisan
from storefront.catalogue.models.product import (
    AttributeOption,
    AttributeOptionGroup,
    Category,
    Option,
    Product,
    ProductAttribute,
    ProductAttributeValue,
    ProductCategory,
    ProductCategoryHierarchy,
    ProductClass,
    ProductImage,
    ProductQuerySet,
    ProductRecommendation,
)

__all__ = [
    "Artisan",
    "AttributeOption",
    "AttributeOptionGroup",
    "Category",
    "Colour",
    "GiRight",
    "Material",
    "Option",
    "Product",
    "ProductAttribute",
    "ProductAttributeValue",
    "ProductCategory",
    "ProductCategoryHierarchy",
    "ProductClass",
    "ProductImage",
    "ProductQuerySet",
    "ProductRecommendation",
]
