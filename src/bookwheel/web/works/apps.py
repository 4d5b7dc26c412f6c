"""Tells Django of the table of works."""

from django.apps import AppConfig


class WorksConfig(AppConfig):
    name = "bookwheel.web.works"
    label = "works"
