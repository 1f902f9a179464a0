"""Districts, crafts and states as JSON."""

from django.urls import reverse
from ninja import Schema
from pydantic import Field

from storefront.api.pagination import absolute
from storefront.atlas.models import Craft, District, DistrictProduct, State


class StateOut(Schema):
    """A state or union territory of India; `code` is what an address asks for."""

    code: str = Field(description="The GST code.", examples=["09"])
    iso: str = Field(examples=["IN-UP"])
    name: str


class DistrictOut(Schema):
    """One of the 75 districts. `tile_row` and `tile_column` place it on the tile map."""

    slug: str
    name: str
    url: str
    division: str
    headquarters: str
    latitude: float
    longitude: float
    tile_row: int
    tile_column: int


class ListedProduct(Schema):
    """What a district is listed for under One District One Product."""

    rank: int
    name: str
    family: str
    gi_name: str = Field(description="The registered geographical indication, if there is one.")


class DistrictDetail(DistrictOut):
    """A district with what it is listed for."""

    listed_products: list[ListedProduct]


class CraftOut(Schema):
    """A craft, and the family of materials it belongs to."""

    slug: str
    name: str
    url: str
    family: str


def state_out(state: State) -> StateOut:
    """Return a state as JSON."""
    return StateOut(code=state.code, iso=state.iso, name=state.name)


def district_out(district: District) -> DistrictOut:
    """Return a district as JSON."""
    return DistrictOut(
        slug=district.slug,
        name=district.name,
        url=absolute(reverse("district", args=[district.slug])),
        division=district.division,
        headquarters=district.headquarters,
        latitude=float(district.latitude),
        longitude=float(district.longitude),
        tile_row=district.tile_row,
        tile_column=district.tile_column,
    )


def district_detail(district: District, *, listed: list[DistrictProduct]) -> DistrictDetail:
    """Return a district with what it is listed for."""
    return DistrictDetail(
        **district_out(district).dict(),
        listed_products=[
            ListedProduct(rank=each.rank, name=each.name, family=each.family, gi_name=each.gi_name)
            for each in listed
        ],
    )


def craft_out(craft: Craft) -> CraftOut:
    """Return a craft as JSON."""
    return CraftOut(
        slug=craft.slug,
        name=craft.name,
        url=absolute(reverse("craft", args=[craft.slug])),
        family=craft.family,
    )
