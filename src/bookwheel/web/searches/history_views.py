"""The page of the history: of this browser for everybody, and of the account for those who want it."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from bookwheel.web.people.permissions import person_of, signed_in, to_sign_in
from bookwheel.web.search import views as search_views
from bookwheel.web.searches import history
from bookwheel.web.searches.addresses import HISTORY
from bookwheel.web.searches.kept import query_at


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """A stranger's history is in the browser alone. `?require_login` is VuFind's."""
    person = person_of(request)
    if person is None:
        if "require_login" in request.GET:
            return HttpResponseRedirect(to_sign_in(request).headers["Location"])
        return search_views.history(request)
    wanted = history.is_wanted(person)
    context = {
        "wanted": wanted,
        "past": history.past_views(person, timezone.now()) if wanted else [],
        "days": settings.BOOKWHEEL.history_days,
    }
    return render(request, "searches/history.html", context)


@signed_in
@require_POST
def wish(request: HttpRequest) -> HttpResponse:
    """Begin the history, or end it and forget all."""
    person = person_of(request)
    wanted = request.POST.get("wanted") == "1"
    if person is not None:
        history.want(person, wanted)
        done = (
            gettext("Your searches are remembered from now on.") if wanted else gettext("Your searches are forgotten.")
        )
        messages.success(request, done)
    return HttpResponseRedirect(HISTORY)


@signed_in
@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    """Forget one search, `number`, or with "all" every one."""
    person, number = person_of(request), request.POST.get("number", "")
    is_number = number.isascii() and number.isdecimal() and len(number) < 19
    if person is not None and (is_number or number == "all"):
        history.forget(person, None if number == "all" else int(number))
        messages.success(request, gettext("Forgotten."))
    return HttpResponseRedirect(HISTORY)


@require_POST
def remember(request: HttpRequest) -> HttpResponse:
    """What the script of a result page sends, for a reader who wants a history; for others nothing happens."""
    person = person_of(request)
    if person is not None:
        total = request.POST.get("total", "")
        is_number = total.isascii() and total.isdecimal() and len(total) < 19
        query = query_at(request.POST.get("address", ""))
        history.remember(person, query, int(total) if is_number else None, timezone.now())
    return HttpResponse(status=204)
