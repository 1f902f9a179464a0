"""All kinds of pages, for Django to find."""

from cms.correspondents import Correspondent
from cms.draft_links import DraftLink
from cms.festivals import Festival
from cms.navigation import Navigation
from cms.pages.collection import CollectionIndexPage, CollectionPage
from cms.pages.crafts import CraftIndexPage, CraftPage
from cms.pages.districts import DistrictIndexPage, DistrictPage
from cms.pages.home import HomePage
from cms.pages.makers import ArtisanIndexPage, ArtisanPage
from cms.pages.standard import StandardPage
from cms.pages.stories import StoryIndexPage, StoryPage, StoryProduct
from cms.reads import StoryReads
from cms.shown_people import ShownPerson, StoryPerson
from cms.tags import Tag

__all__ = [
    "ArtisanIndexPage",
    "ArtisanPage",
    "CollectionIndexPage",
    "CollectionPage",
    "Correspondent",
    "CraftIndexPage",
    "CraftPage",
    "DistrictIndexPage",
    "DistrictPage",
    "DraftLink",
    "Festival",
    "HomePage",
    "Navigation",
    "ShownPerson",
    "StandardPage",
    "StoryIndexPage",
    "StoryPage",
    "StoryPerson",
    "StoryProduct",
    "StoryReads",
    "Tag",
]
