"""Tells Django of the tables of `tags`."""

from django.apps import AppConfig


class TagsConfig(AppConfig):
    name = "bookwheel.web.tags"
    label = "tags"
