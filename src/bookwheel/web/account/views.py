"""Pages of one's own account that allauth has not: what there is, what others see, and which devices are signed in."""

from typing import Any, cast

from allauth.mfa.utils import is_mfa_enabled
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bookwheel.web.account.forms import ProfileForm
from bookwheel.web.account.providers import login_providers
from bookwheel.web.people.models import Person
from bookwheel.web.people.permissions import signed_in

YEAR_SECONDS = 365 * 24 * 3600


@require_safe
def moved(request: HttpRequest, to: str) -> HttpResponseBase:
    """Another of VuFind's addresses for the same page."""
    query = request.META.get("QUERY_STRING", "")
    return HttpResponseRedirect(f"{to}?{query}" if query else to)


@require_safe
@signed_in
def overview(request: HttpRequest) -> HttpResponseBase:
    return render(request, "account/overview.html", {"person": owner(request)})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def profile(request: HttpRequest) -> HttpResponseBase:
    person = owner(request)
    before = {"name": person.name, "language": person.language or settings.LANGUAGE_CODE}
    form = ProfileForm(request.POST if request.method == "POST" else None, initial=before)
    if request.method == "POST" and form.is_valid():
        person.name, person.language = form.cleaned_data["name"], form.cleaned_data["language"]
        person.save(update_fields=["name", "language"])
        messages.success(request, gettext("Your profile is kept."))
        response: HttpResponse = redirect("/MyResearch/Profile")
        language = form.cleaned_data["language"]
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, max_age=YEAR_SECONDS, samesite="Lax")
        return response
    return render(request, "account/profile.html", {"form": form, **_sign_in(person)})


@require_POST
@signed_in
def end_session(request: HttpRequest) -> HttpResponseBase:
    """End one of one's own sessions; of another person's there is nothing here."""
    number = request.POST.get("session", "")
    session = UserSession.objects.filter(user=owner(request), pk=int(number) if number.isdecimal() else 0).first()
    if session is None:
        raise Http404
    session.end()
    messages.success(request, gettext("The session is ended."))
    return redirect("usersessions_list")


def owner(request: HttpRequest) -> Person:
    """Who is signed in, behind `signed_in`."""
    return cast(Person, request.user)


def _sign_in(person: Person) -> dict[str, Any]:
    return {
        "person": person,
        "has_password": person.has_usable_password(),
        "has_second_factor": is_mfa_enabled(person),
        "sessions": UserSession.objects.filter(user=person).count(),
        "linked": SocialAccount.objects.filter(user=person).count(),
        "offers_providers": bool(login_providers()),
    }
