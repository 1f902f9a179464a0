"""Named addresses of pages, so that the shop can link to them without knowing the CMS."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import path

from cms.feeds import atom_feed, feed, tag_feed
from cms.pages.base import BasePage
from cms.pages.collection import CollectionIndexPage, CollectionPage
from cms.pages.crafts import CraftIndexPage, CraftPage
from cms.pages.districts import DistrictIndexPage, DistrictPage
from cms.pages.home import HomePage
from cms.pages.makers import ArtisanIndexPage, ArtisanPage
from cms.pages.standard import FIRST, StandardPage
from cms.pages.stories import StoryIndexPage, StoryPage
from cms.reads import story_read
from cms.serving import show
from cms.tag_pages import tag_page


def _page(kind: type[BasePage], slug: str = "") -> Callable[..., HttpResponse]:
    def page(request: HttpRequest, slug: str = slug) -> HttpResponse:
        return show(request, kind, slug)

    return page


pages = [
    path("", _page(HomePage), name="home"),
    path("districts/", _page(DistrictIndexPage), name="districts"),
    path("districts/<slug:slug>/", _page(DistrictPage), name="district"),
    path("crafts/", _page(CraftIndexPage), name="crafts"),
    path("crafts/<slug:slug>/", _page(CraftPage), name="craft"),
    path("collections/", _page(CollectionIndexPage), name="collections"),
    path("collections/<slug:slug>/", _page(CollectionPage), name="collection"),
    path("makers/", _page(ArtisanIndexPage), name="makers"),
    path("makers/<slug:slug>/", _page(ArtisanPage), name="maker"),
    path("stories/", _page(StoryIndexPage), name="stories"),
    path("stories/feed/", feed, name="story-feed"),
    path("stories/feed/atom/", atom_feed, name="story-feed-atom"),
    path("stories/tag/<slug:slug>/", tag_page, name="story-tag"),
    path("stories/tag/<slug:slug>/feed/", tag_feed, name="story-tag-feed"),
    path("stories/<slug:slug>/", _page(StoryPage), name="story"),
    path("stories/<slug:slug>/read/", story_read, name="story-read"),
    *(path(f"{slug}/", _page(StandardPage, slug), name=slug) for slug in FIRST),
]
