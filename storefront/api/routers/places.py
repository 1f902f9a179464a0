"""Where things come from: districts, crafts and states."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router

from storefront.api.pagination import Listed, Paging, page_of
from storefront.api.schemas.place import (
    CraftOut,
    DistrictDetail,
    DistrictOut,
    StateOut,
    craft_out,
    district_detail,
    district_out,
    state_out,
)
from storefront.atlas.models import Craft, District, State

router = Router(tags=["Places"])


@router.get("/districts", response=Listed[DistrictOut])
def districts(request: HttpRequest, paging: Paging) -> Listed[DistrictOut]:
    """List the 75 districts, by slug."""
    page = page_of(District.objects.all(), by=("slug",), paging=paging, request=request)
    items = [district_out(row) for row in page.rows]
    return Listed(items=items, next=page.next, prev=page.prev)


@router.get("/districts/{slug:slug}", response=DistrictDetail)
def district(request: HttpRequest, slug: str) -> DistrictDetail:
    """Tell of a district, and what it is listed for under One District One Product."""
    found = get_object_or_404(District, slug=slug)
    return district_detail(found, listed=list(found.listed_products.order_by("rank")))


@router.get("/crafts", response=Listed[CraftOut])
def crafts(request: HttpRequest, paging: Paging) -> Listed[CraftOut]:
    """List the crafts, by slug."""
    page = page_of(Craft.objects.all(), by=("slug",), paging=paging, request=request)
    return Listed(items=[craft_out(row) for row in page.rows], next=page.next, prev=page.prev)


@router.get("/crafts/{slug:slug}", response=CraftOut)
def craft(request: HttpRequest, slug: str) -> CraftOut:
    """Tell of a craft."""
    return craft_out(get_object_or_404(Craft, slug=slug))


@router.get("/states", response=Listed[StateOut])
def states(request: HttpRequest, paging: Paging) -> Listed[StateOut]:
    """List the states and union territories, by the code that an address asks for."""
    page = page_of(State.objects.all(), by=("code",), paging=paging, request=request)
    return Listed(items=[state_out(row) for row in page.rows], next=page.next, prev=page.prev)
