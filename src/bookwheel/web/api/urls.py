"""Addresses of the API, and of the two documents that describe it."""

from django.urls import path

from bookwheel.web.api import views
from bookwheel.web.api.endpoints import ENDPOINTS

urlpatterns = [
    path("api", views.home),
    path("api/v1/openapi.json", views.openapi),
    *(path(f"api/v1/{name}", views.view(endpoint)) for name, endpoint in ENDPOINTS.items()),
]
