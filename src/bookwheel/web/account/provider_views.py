"""The way to a provider and back. One that does not answer, or not as it should, is told as that."""

import logging
from functools import wraps

from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect import views
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from bookwheel.web.people.permissions import View

log = logging.getLogger("bookwheel.web")


def _told(view: View[[str]]) -> View[[str]]:
    @wraps(view)
    def telling(request: HttpRequest, /, provider_id: str) -> HttpResponseBase:
        try:
            return view(request, provider_id)
        except (OSError, OAuth2Error, ValueError, KeyError) as error:
            # What it says of itself cannot be had (what `requests` raises is an OSError), is no JSON, or names no way.
            log.warning("[login.%s] cannot be used: %s: %s", provider_id, type(error).__name__, error)
            return render(request, "socialaccount/authentication_error.html", status=503)

    return telling


there = _told(views.login)
back = _told(views.callback)
