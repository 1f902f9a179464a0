"""Named addresses of pages, so that the shop can link to them without knowing the CMS."""

from django.http import HttpRequest, HttpResponse
from django.urls import path
from wagtail.views import serve


def _at(prefix: str):
    def page(request: HttpRequest, slug: str = "") -> HttpResponse:
        return serve(request, f"{prefix}/{slug}/" if slug else f"{prefix}/" if prefix else "")

    return page


pages = [
    path("", _at(""), name="home"),
    path("districts/", _at("districts"), name="districts"),
    path("districts/<slug:slug>/", _at("districts"), name="district"),
    path("crafts/", _at("crafts"), name="crafts"),
    path("crafts/<slug:slug>/", _at("crafts"), name="craft"),
    path("makers/", _at("makers"), name="makers"),
    path("makers/<slug:slug>/", _at("makers"), name="maker"),
    path("stories/", _at("stories"), name="stories"),
    path("stories/<slug:slug>/", _at("stories"), name="story"),
    path("help/", _at("help"), name="help"),
]
