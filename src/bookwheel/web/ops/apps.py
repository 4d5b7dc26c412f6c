"""Tells Django of the tables of `ops`."""

from django.apps import AppConfig


class OpsConfig(AppConfig):
    name = "bookwheel.web.ops"
    label = "ops"
