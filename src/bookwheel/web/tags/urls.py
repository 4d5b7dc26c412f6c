"""Addresses of tags, VuFind's own where VuFind has one."""

from django.urls import URLPattern, URLResolver, path, re_path

from bookwheel.web.tags import feed, record_views, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("Tag/Home", views.found),
    path("Tag/Feed", feed.feed),
    path("Browse/Tag", views.cloud),
    path("MyResearch/Tags", views.own),
    path("MyResearch/Tags/Change", views.change_own),
    re_path(r"^Record/(?P<record_id>[\s\S]+?)/AddTag\Z", record_views.add_tag),
    re_path(r"^Record/(?P<record_id>[\s\S]+?)/RemoveTag\Z", record_views.remove_tag_of_record),
]
