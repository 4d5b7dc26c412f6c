"""Tells Django of the people's tables."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "bookwheel.web.people"
    label = "people"
