"""Pages on which people take out what is theirs, put it back, and delete their account."""

from datetime import UTC, datetime

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from bookwheel.exports import EXPORTS
from bookwheel.web.account import belongings
from bookwheel.web.account.letters import goodbye
from bookwheel.web.account.views import owner
from bookwheel.web.library import library
from bookwheel.web.people.permissions import signed_in
from bookwheel.web.people.personal import kept_records

FORMATS = ("ris", "csv")
"""Formats in which the records of one's lists can be had."""


@require_safe
@signed_in
def take_out(request: HttpRequest) -> HttpResponseBase:
    """The page; with `?as=json` everything as one document, with `?as=ris` or `?as=csv` the records of all lists."""
    chosen = request.GET.get("as", "")
    if not chosen:
        return render(request, "account/take_out.html")
    person = owner(request)
    if chosen == "json":
        return _as_file(StreamingHttpResponse(belongings.take_out(person)), "application/json", "json")
    if chosen not in FORMATS:
        raise Http404
    export = EXPORTS[chosen]
    records = library().export_records(kept_records(person), export.name)
    return _as_file(StreamingHttpResponse(records), export.media_type, export.suffix)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def put_back(request: HttpRequest) -> HttpResponseBase:
    if request.method != "POST":
        return render(request, "account/put_back.html", {"mistake": ""})
    try:
        returned = belongings.put_back(owner(request), _document(request))
    except ValueError as error:
        return render(request, "account/put_back.html", {"mistake": str(error)}, status=400)
    count = sum(returned.new.values())
    messages.success(
        request, ngettext("%(count)s thing was put back.", "%(count)s things were put back.", count) % {"count": count}
    )
    if returned.unknown:
        left = gettext("Not known here and left out: %(kinds)s.") % {"kinds": ", ".join(returned.unknown)[:200]}
        messages.warning(request, left)
    return redirect("/MyResearch/Home")


def _document(request: HttpRequest) -> bytes:
    if int(request.META.get("CONTENT_LENGTH") or 0) > belongings.MOST_BYTES:
        raise ValueError(belongings.too_large())
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        raise ValueError(gettext("Choose the file that you took out."))
    content: bytes = file.read()
    return content


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@reauthentication_required  # type: ignore[untyped-decorator]
def delete(request: HttpRequest) -> HttpResponseBase:
    """Delete the account and all that is in it; only right after the owner has said once more who they are."""
    person = owner(request)
    if request.method != "POST" or request.POST.get("sure") != "yes":
        mistake = gettext("Tick the box to say that you are sure.") if request.method == "POST" else ""
        return render(request, "account/delete.html", {"person": person, "mistake": mistake})
    letter = goodbye(person, request)
    belongings.erase(person)
    logout(request)
    letter()
    return redirect("deleted")


@require_safe
def deleted(request: HttpRequest) -> HttpResponseBase:
    return render(request, "account/deleted.html")


def _as_file(response: StreamingHttpResponse, media_type: str, suffix: str) -> HttpResponseBase:
    response["Content-Type"] = media_type if "json" in media_type else f"{media_type}; charset=utf-8"
    response["Content-Disposition"] = f'attachment; filename="bookwheel-{datetime.now(UTC):%Y-%m-%d}.{suffix}"'
    return response
