"""Lists and chosen records as files: every format and citation style the exports have, streamed as they come."""

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from bookwheel.web.export.download import citation_style, streamed
from bookwheel.web.export.menu import export_named, formats
from bookwheel.web.library import library
from bookwheel.web.lists.asked import asked_of
from bookwheel.web.lists.gathering import MOST_CHOSEN, chosen_ids
from bookwheel.web.lists.seeing import seen
from bookwheel.web.people.permissions import person_of


@require_safe
def whole_list(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """A list as a file, in the order and as narrowly as its page shows it; without a format, a page that offers them.

    Records that are gone have nothing to export, and are left out.
    """
    token = request.GET.get("token", "")
    reading_list = seen(person_of(request), public_id, token)
    asked = asked_of(request)
    export = export_named(request.GET.get("style", ""))
    if export is None:
        context = {
            "list": reading_list,
            "back": asked.address(reading_list, token),
            "address": request.path,
            "kept": [(name, value) for name, value in request.GET.items() if name not in ("style", "citation", "page")],
            "formats": formats(),
            "styles": library().styles.values(),
        }
        return _ours(render(request, "lists/export.html", context))
    style = citation_style(request.GET.get("citation", ""))
    ids = list(asked.items(reading_list).values_list("work__record_id", flat=True))
    pieces = library().export_records(ids, export.name, style)
    return _ours(streamed(request, pieces, export, reading_list.title))


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def chosen(request: HttpRequest) -> HttpResponseBase:
    """Chosen records or a book bag as a file. A form is sent for their number alone: nothing is changed by it."""
    if request.method == "POST":
        export = export_named(request.POST.get("style", ""))
        if export is None:
            raise Http404
        style = citation_style(request.POST.get("citation", ""))
        pieces = library().export_records(chosen_ids(request), export.name, style)
        return _ours(streamed(request, pieces, export, "records"))
    context = {
        "ids": chosen_ids(request),
        "source": request.GET.get("from", ""),
        "most": MOST_CHOSEN,
        "formats": formats(),
        "styles": library().styles.values(),
    }
    return _ours(render(request, "lists/carry.html", context))


def _ours(response: HttpResponseBase) -> HttpResponseBase:
    """What is chosen, and what is in a list, is kept by no cache between here and the reader."""
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
