"""Tells Django of the tables of `lists`."""

from django.apps import AppConfig


class ListsConfig(AppConfig):
    name = "bookwheel.web.lists"
    label = "lists"
