"""What search engines read of the shop, its stories and its makers."""

from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.timezone import localtime
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


def article(story: Any) -> dict[str, Any]:
    """Return a story as search engines read it; what its page does not say is left out."""
    face = story.face()
    found: dict[str, Any] = {
        "@type": "Article",
        "headline": story.title,
        "description": story.told(),
        "url": absolute(story.address),
        "inLanguage": story.locale.language_code,
        "author": organization(),
        "publisher": organization(),
        "contentLocation": {"@type": "Place", "name": story.district.name},
        "isAccessibleForFree": True,
    }
    if story.craft:
        found["about"] = {"@type": "Thing", "name": story.craft.name}
    if face:
        found["image"] = [absolute(face.large)]
    if story.first_published_at:
        found["datePublished"] = localtime(story.first_published_at).isoformat()
    if story.last_published_at:
        found["dateModified"] = localtime(story.last_published_at).isoformat()
    return found


def person(page: Any) -> list[dict[str, Any]]:
    """Return a maker as search engines read it; nobody is told that a demonstration is real."""
    maker, face = page.artisan, page.face()
    if maker.is_demonstration:
        return []
    found: dict[str, Any] = {
        "@type": "Person",
        "name": page.title,
        "url": absolute(page.address),
        "description": page.told(),
        "jobTitle": maker.craft.name,
        "homeLocation": {"@type": "Place", "name": maker.town or maker.district.name},
    }
    if face:
        found["image"] = absolute(face.large)
    return [found]


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
