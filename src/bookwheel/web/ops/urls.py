"""Addresses of the operators' pages; VuFind's administration begins at /Admin too."""

from django.urls import URLPattern, URLResolver, path

from bookwheel.web.ops import people_views, synonyms_views, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("Admin/Home", views.home),
    path("Admin/Sources", views.source_list),
    path("Admin/Sources/<path:name>", views.source),
    path("Admin/Quarantine", views.quarantine),
    path("Admin/Quarantine/<int:number>", views.piece),
    path("Admin/Quarantine/<int:number>/Bytes", views.piece_bytes),
    path("Admin/Jobs", views.job_list),
    path("Admin/Jobs/<path:name>", views.job),
    path("Admin/ChangeJob", views.change_job),
    path("Admin/Statistics", views.statistics_page),
    path("Admin/Missing", views.missing),
    path("Admin/Synonyms", synonyms_views.edit),
    path("Admin/Synonyms/Restore", synonyms_views.restore),
    path("Admin/People", people_views.people_list),
    path("Admin/People/<int:number>", people_views.change),
]
