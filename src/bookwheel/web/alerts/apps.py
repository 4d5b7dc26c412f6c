"""Tells Django of the tables of `alerts`."""

from django.apps import AppConfig


class AlertsConfig(AppConfig):
    name = "bookwheel.web.alerts"
    label = "alerts"
