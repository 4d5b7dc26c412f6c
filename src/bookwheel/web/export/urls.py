"""Addresses of downloads, before those of records: "Export" is no part of a record's id."""

from django.urls import path, re_path

from bookwheel.web.export import views

urlpatterns = [
    path("Search/Export", views.search),
    re_path(r"^Record/(?P<record_id>[\s\S]+?)/Export\Z", views.record),
]
