"""Addresses of the pages that help to search, VuFind's own where VuFind has one."""

from django.conf import settings
from django.urls import path, re_path

from bookwheel.web.search import views

urlpatterns = [
    path("suggest", views.suggest),
    path("AJAX/JSON", views.ajax),
    path("Browse/Home", views.browse_home),
    path("Alphabrowse/Home", views.alphabrowse),
    path("Search/FacetList", views.facet_list),
    path("Search/Advanced", views.advanced),
    # With accounts the page has two parts: `searches` has it then.
    *([] if settings.BOOKWHEEL.accounts else [path("Search/History", views.history)]),
    path("Search/Why", views.why),
    path("Help/Home", views.help_home),
    path("Browse/<str:name>", views.browse_by),
    path("Author/Home", views.author),
    path("Author/Search", views.author),
    re_path(r"^Record/(?P<record_id>[\s\S]+?)/Explain\Z", views.explain),
]
