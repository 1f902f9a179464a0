"""Stock Oscar's addresses; its two lists are served by the ORM, see `views`."""

from django.apps import apps
from django.urls import include, path, re_path

from benchmarks.stock_oscar.views import AllProducts, Category, CategoryAtOnce

urlpatterns = [
    path("catalogue/", AllProducts.as_view()),
    re_path(
        r"^catalogue/category/(?P<category_slug>[\w-]+(/[\w-]+)*)_(?P<pk>\d+)/$",
        Category.as_view(),
    ),
    path("at-once/<int:pk>/", CategoryAtOnce.as_view()),
    path("", include(apps.get_app_config("oscar").urls[0])),
]
