"""Digests as pages, and the ends of alerts, which need nobody to sign in."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bookwheel.web.alerts import sending
from bookwheel.web.alerts.addresses import unsubscribe_address
from bookwheel.web.alerts.digest_page import digest_page
from bookwheel.web.alerts.models import Digest
from bookwheel.web.alerts.subscribing import stop
from bookwheel.web.alerts.tokens import ending, token_for_all
from bookwheel.web.library import library
from bookwheel.web.people.permissions import person_of, signed_in
from bookwheel.web.searches.addresses import ALL
from bookwheel.web.searches.shown import digests_visible_to


@signed_in
@require_safe
def digest(request: HttpRequest, number: int) -> HttpResponse:
    """All records of a digest, some on a page."""
    given = request.GET.get("page", "1")
    page = int(given) if given.isascii() and given.isdecimal() and len(given) < 8 else 1
    return render(request, "alerts/digest_page.html", {"page": digest_page(library(), _digest(request, number), page)})


@signed_in
@require_POST
def try_again(request: HttpRequest, number: int) -> HttpResponse:
    """Send a refused digest once more."""
    sending.try_again(_digest(request, number), timezone.now())
    messages.success(request, gettext("The mail will be sent again shortly."))
    return HttpResponseRedirect(ALL)


@csrf_exempt  # The signed token is the permission; programs for mail send this form by themselves (RFC 8058).
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows a button, POST ends the alert, or all of a person's. No session plays a part."""
    end = ending(token)
    if end is None:
        raise Http404
    alerts = list(end.alerts().defer("baseline"))
    if request.method == "POST":
        with transaction.atomic():
            for alert in alerts:
                stop(alert)
    person = alerts[0].search.person if alerts else None
    context = {
        "is_done": request.method == "POST" or not alerts,
        "names": [alert.search.name for alert in alerts],
        "is_all": end.kind == "all",
        "address": unsubscribe_address(token),
        "address_of_all": unsubscribe_address(token_for_all(person)) if person else "",
    }
    response = render(request, "alerts/unsubscribe.html", context)
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _digest(request: HttpRequest, number: int) -> Digest:
    person = person_of(request)
    found = digests_visible_to(person).filter(pk=number).first() if person else None
    if found is None:
        raise Http404
    return found
