"""The API, put together."""

from ninja import NinjaAPI

api = NinjaAPI(title="Zila", version="1", urls_namespace="shop_api")
