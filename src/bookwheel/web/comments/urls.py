"""Addresses of comments and ratings, VuFind's own where VuFind has one, and of the curators' page."""

from django.urls import URLPattern, URLResolver, path, re_path

from bookwheel.web.catalog.views import record
from bookwheel.web.comments import moderation_views, views

_RECORD = r"^Record/(?P<record_id>[\s\S]+?)"

urlpatterns: list[URLPattern | URLResolver] = [
    re_path(rf"{_RECORD}/UserComments\Z", record, {"tab": "UserComments"}),
    re_path(rf"{_RECORD}/AddComment\Z", views.add),
    re_path(rf"{_RECORD}/EditComment\Z", views.edit),
    re_path(rf"{_RECORD}/DeleteComment\Z", views.delete),
    re_path(rf"{_RECORD}/ReportComment\Z", views.report),
    re_path(rf"{_RECORD}/Rate\Z", views.rate),
    path("Admin/Moderation", moderation_views.moderation),
    path("Admin/Moderation/Comment", moderation_views.comment),
    path("Admin/Moderation/Tag", moderation_views.tag),
]
