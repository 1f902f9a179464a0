"""Every address of the shop."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

urlpatterns = []
