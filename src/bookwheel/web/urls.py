"""Every address of the site, VuFind's own where VuFind has one.

A record's id may hold slashes (%2F in the address): the tab is the last part only when it names one of ours.
"""

from django.urls import include, path, re_path

from bookwheel.web import health
from bookwheel.web.api import views as api
from bookwheel.web.catalog import views

urlpatterns = [
    path("", views.home, name="home"),
    path("Search/Home", views.to_home),
    path("Search/Results", views.results, name="results"),
    path("Search/Versions", views.versions_of, name="versions"),
    path("", include("bookwheel.web.search.urls")),
    re_path(r"^Record/(?P<record_id>[\s\S]+?)(?:/(?P<tab>Home|Description|Similar|Versions|Details))?\Z", views.record),
    path("api/v1/search", api.search),
    path("api/v1/record", api.record),
    path("robots.txt", health.robots),
    path("health", health.health),
]

handler400 = "bookwheel.web.errors.bad_request"
handler403 = "bookwheel.web.errors.forbidden"
handler404 = "bookwheel.web.errors.not_found"
handler500 = "bookwheel.web.errors.server_error"
