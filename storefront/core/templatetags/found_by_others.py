"""What search engines and messengers read of a page."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils.safestring import SafeString

from storefront.core.linked_data import absolute, as_script, breadcrumb_list

register = template.Library()
register.filter("absolute", absolute)


@register.simple_tag
def linked_data(data: Mapping[str, Any]) -> SafeString:
    """Write schema.org data into the page."""
    return as_script(data)


@register.simple_tag
def breadcrumb_data(items: Iterable[Mapping[str, str]]) -> SafeString:
    """Write the way back up into the page, as search engines read it."""
    return as_script(breadcrumb_list(items))
