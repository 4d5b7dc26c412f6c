"""Addresses of `lists`, VuFind's where VuFind has one."""

from django.urls import URLPattern, URLResolver, path, re_path

from bookwheel.web.lists import bag, carrying, editing, feed, saving, sharing, views

_OF_FAVORITES = (
    *("MyList", "EditList", "DeleteList", "DeleteFavorite", "Edit"),
    *("Bulk", "BulkExport", "Export"),
)
"""VuFind's pages of favourites, beside those that are here under the same address."""

urlpatterns: list[URLPattern | URLResolver] = [
    # Reading
    path("MyResearch/Favorites", views.favorites),
    path("MyResearch/MyList/<str:public_id>", views.show),
    path("MyResearch/MyList/<str:public_id>/History", views.history),
    path("MyResearch/MyList/<str:public_id>/Export", carrying.whole_list),
    path("MyResearch/MyList/<str:public_id>/Feed", feed.feed),
    path("List/Browse", views.public),
    # Changing
    path("MyResearch/EditList/<str:public_id>", editing.edit),
    path("MyResearch/DeleteList/<str:public_id>", editing.delete),
    path("MyResearch/MyList/<str:public_id>/Items", editing.several),
    path("MyResearch/MyList/<str:public_id>/Item", editing.one),
    path("MyResearch/MyList/<str:public_id>/Remove", editing.remove_one),
    # Sharing
    path("MyResearch/MyList/<str:public_id>/Sharing", sharing.sharing),
    path("MyResearch/MyList/<str:public_id>/Join", sharing.join),
    path("MyResearch/MyList/<str:public_id>/Leave", sharing.leave),
    # Saving
    re_path(r"^Record/(?P<record_id>[\s\S]+?)/Save\Z", saving.record),
    path("MyResearch/BulkSave", saving.several),
    path("MyResearch/SaveAll", saving.search),
    # The book bag, and what was chosen
    path("Cart/Home", bag.home),
    path("Cart/Titles", bag.titles),
    path("Cart/Export", carrying.chosen),
    # VuFind's further addresses
    path("Cart", views.elsewhere),
    path("Cart/<str:_rest>", views.elsewhere),
    *(path(f"MyResearch/{name}", views.elsewhere) for name in _OF_FAVORITES),
    path("Search/Bulk", views.elsewhere),
    path("List", views.elsewhere),
    path("List/Home", views.elsewhere),
]
