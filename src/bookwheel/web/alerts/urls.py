"""Addresses of `alerts`."""

from django.urls import URLPattern, URLResolver, path

from bookwheel.web.alerts import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("Alerts/Digest/<int:number>", views.digest),
    path("Alerts/Digest/<int:number>/TryAgain", views.try_again),
    path("Alerts/Unsubscribe/<str:token>", views.unsubscribe),
]
