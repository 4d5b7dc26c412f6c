"""Tells Django of the tables of `comments`."""

from django.apps import AppConfig


class CommentsConfig(AppConfig):
    name = "bookwheel.web.comments"
    label = "comments"
