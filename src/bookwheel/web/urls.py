"""Every address of the site, VuFind's own where VuFind has one.

A record's id may hold slashes (%2F in the address): the tab is the last part only when it names one of ours.
"""

from django.conf import settings
from django.urls import include, path, re_path

from bookwheel.web import health
from bookwheel.web.catalog import views
from bookwheel.web.oai import views as oai
from bookwheel.web.sru import views as sru

_TABS = "Home|Description|Cite|Similar|Versions|Details"

_OF_ACCOUNTS = [
    path("", include(f"bookwheel.web.{room}.urls"))
    for room in ("account", "tags", "comments", "lists", "searches", "alerts", "ops")
]

urlpatterns = [
    # Before records: "AddTag" and its like are no part of a record's id.
    *(_OF_ACCOUNTS if settings.BOOKWHEEL.accounts else []),
    path("", views.home, name="home"),
    path("Search/Home", views.to_home),
    path("Search/Results", views.results, name="results"),
    path("Search/Versions", views.versions_of, name="versions"),
    path("", include("bookwheel.web.search.urls")),
    path("", include("bookwheel.web.export.urls")),
    path("", include("bookwheel.web.feeds.urls")),
    path("", include("bookwheel.web.machines.urls")),
    re_path(rf"^Record/(?P<record_id>[\s\S]+?)(?:/(?P<tab>{_TABS}))?\Z", views.record),
    path("", include("bookwheel.web.api.urls")),
    path("OAI/Server", oai.server),
    path("OAI/bookwheel_json.xsd", oai.json_schema),
    path("SRU", sru.server),
    path("health", health.health),
]

handler400 = "bookwheel.web.errors.bad_request"
handler403 = "bookwheel.web.errors.forbidden"
handler404 = "bookwheel.web.errors.not_found"
handler429 = "bookwheel.web.errors.too_many"
handler500 = "bookwheel.web.errors.server_error"
