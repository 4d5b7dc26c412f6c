"""Addresses of `searches`: VuFind's where VuFind has one."""

from django.urls import URLPattern, URLResolver, path

from bookwheel.web.searches import history_views, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("MyResearch/SaveSearch", views.save_search),
    path("MyResearch/Searches", views.searches),
    path("MyResearch/Searches/Export", views.export),
    path("MyResearch/Searches/<int:number>", views.search),
    path("MyResearch/Searches/<int:number>/Change", views.change),
    path("MyResearch/Searches/<int:number>/Delete", views.delete),
    path("MyResearch/EditSchedule", views.to_searches),
    path("MyResearch/ScheduleSearch", views.to_searches),
    path("MyResearch/Unsubscribe", views.to_searches),
    path("Search/History", history_views.page),
    path("Search/History/Wish", history_views.wish),
    path("Search/History/Forget", history_views.forget),
    path("Search/History/Remember", history_views.remember),
]
