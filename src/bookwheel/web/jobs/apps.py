"""Tells Django of the tables of `jobs`."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "bookwheel.web.jobs"
    label = "jobs"
