"""Uploaded pictures, for a shop that has no other server in front of it."""

import errno

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.static import serve

# A rendition's name says what it is of; a changed picture gets another name.
KEEP = "public, max-age=604800"


def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """
    Return an uploaded file.

    Raises:
        Http404: there is none, or none can have so long a name.
    """
    try:
        response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    except OSError as error:
        if error.errno != errno.ENAMETOOLONG:
            raise
        raise Http404 from error
    response["Cache-Control"] = KEEP
    return response
