"""The API, put together: the shop's own routers and the pages'."""

from ninja import Router

from cms.api import router as pages
from storefront.api.door import ShopAPI, public
from storefront.api.reference import Reference
from storefront.api.routers import (
    basket,
    catalogue,
    checkout,
    orders,
    places,
    problems,
    search,
)

# The same for everybody, so that caches may keep it.
PUBLIC: tuple[Router, ...] = (
    places.router,
    catalogue.router,
    search.router,
    pages,
    problems.router,
)
# A guest's own, never kept.
PERSONAL: tuple[Router, ...] = (basket.router, checkout.router, orders.router)

api = ShopAPI(
    title="Zila",
    version="1",
    description="The crafts of Uttar Pradesh's 75 districts: look, fill a basket, order, pay.",
    urls_namespace="shop_api",
    docs=Reference(),
    docs_decorator=public,
)
for router in PUBLIC:
    router.add_decorator(public, mode="view")
    api.add_router("", router)
for router in PERSONAL:
    api.add_router("", router)
