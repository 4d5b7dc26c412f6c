"""Addresses of feeds and of what is new, VuFind's own where VuFind has one."""

from django.urls import path

from bookwheel.web.feeds import views

urlpatterns = [
    path("Search/Feed", views.feed),
    path("Search/NewItem", views.new_items),
]
