"""What search engines read of the shop as a whole: who it is, and how to search in it."""

from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, gettext

from storefront.core.linked_data import absolute


def organization() -> dict[str, Any]:
    """Return the shop as somebody who can be written to."""
    return {
        "@type": "Organization",
        "name": gettext("Zila"),
        "url": absolute(reverse("home")),
        "logo": absolute(static("base/icon.svg")),
        "contactPoint": {
            "@type": "ContactPoint",
            "contactType": "customer service",
            "url": absolute(reverse("contact")),
            "areaServed": "IN",
            "availableLanguage": [code for code, _name in settings.LANGUAGES],
        },
    }


def website() -> dict[str, Any]:
    """Return the site with its search box."""
    return {
        "@type": "WebSite",
        "name": gettext("Zila"),
        "url": absolute(reverse("home")),
        "inLanguage": get_language(),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": absolute(reverse("search")) + "?q={search_term_string}",
            },
            "query-input": "required name=search_term_string",
        },
    }
