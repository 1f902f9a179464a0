"""Uploaded pictures, for a shop that has no other server in front of it."""

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.views.static import serve

# A rendition's name says what it is of; a changed picture gets another name.
KEEP = "public, max-age=604800"


def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Return an uploaded file."""
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    response["Cache-Control"] = KEEP
    return response
