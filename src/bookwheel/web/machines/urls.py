"""Addresses that programs read, before those of records: "Linkset" is no part of a record's id."""

from django.urls import path, re_path

from bookwheel.web.machines import robots, views

urlpatterns = [
    re_path(r"^Record/(?P<record_id>[\s\S]+?)/As/(?P<name>[a-z_]+)\Z", views.form_of_record),
    re_path(r"^Record/(?P<record_id>[\s\S]+?)/Linkset\Z", views.linkset),
    path("unapi", views.unapi),
    path("resolve", views.resolve),
    path("OpenURL", views.openurl),
    path("Search/OpenSearch", views.opensearch),
    path("Search/Suggest", views.completions),
    path("sitemap.xml", views.sitemap_index),
    path("sitemap-<int:number>.xml", views.sitemap),
    path("robots.txt", robots.robots),
]
