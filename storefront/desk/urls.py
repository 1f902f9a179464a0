"""The seller desk's addresses; none of them names a seller."""

from django.urls import path

from storefront.desk.views import cancel, money, orders, products, questions, today

urlpatterns = [
    path("", today.today, name="desk"),
    path("switch/", today.switch, name="desk-switch"),
    path("orders/", orders.orders, name="desk-orders"),
    path("orders/<slug:number>/", orders.order, name="desk-order"),
    path("orders/<slug:number>/cancel/", cancel.cancel, name="desk-order-cancel"),
    path("money/", money.money, name="desk-money"),
    path("money/<int:payout_id>/", money.payout, name="desk-payout"),
    path("products/", products.products, name="desk-products"),
    path("products/<int:record_id>/", products.product, name="desk-product"),
    path("products/<int:record_id>/described/", products.describe, name="desk-product-describe"),
    path("products/<int:record_id>/measured/", products.measure, name="desk-product-measure"),
    path("questions/", questions.questions, name="desk-questions"),
    path("questions/<int:question_id>/", questions.question, name="desk-question"),
]
