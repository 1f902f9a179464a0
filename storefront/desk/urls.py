"""The seller desk's addresses; none of them names a seller."""

from django.urls import path

from storefront.desk import views

urlpatterns = [
    path("", views.today, name="desk"),
    path("switch/", views.switch, name="desk-switch"),
    path("orders/", views.orders, name="desk-orders"),
    path("orders/<slug:number>/", views.order, name="desk-order"),
    path("products/", views.products, name="desk-products"),
    path("products/<int:record_id>/", views.product, name="desk-product"),
]
