"""A Django project of one view: what a page costs when the page costs nothing."""

import os

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.urls import path

# As long as a real list page, so that moving the bytes is counted too.
PAGE = ("<p>" + "craft " * 100 + "</p>\n") * 125


def page(request: HttpRequest) -> HttpResponse:
    """Return a page that is kept in memory."""
    return HttpResponse(PAGE)


urlpatterns = [path("page/", page), path("healthz", page)]

settings.configure(
    SECRET_KEY=os.environ["DJANGO_SECRET_KEY"],
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    MIDDLEWARE=[],
)
django.setup()
application = WSGIHandler()
