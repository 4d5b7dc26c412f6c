"""Tells Django of the tables of `searches`."""

from django.apps import AppConfig


class SearchesConfig(AppConfig):
    name = "bookwheel.web.searches"
    label = "searches"
