"""The seller desk's addresses."""

urlpatterns: list = []
